"""A form that came too late or was opened as a page: nobody lands on an empty answer."""

import pytest
from django.test import Client

from members.models import User
from members.permissions import Actor
from tests import stage as scene

pytestmark = pytest.mark.django_db

POST_ONLY = "/test-staff/composition/import/apply/"
FROM = "/test-staff/composition/versions/"


def client_of(person: Actor, language: str = "kk") -> Client:
    client = Client()
    client.force_login(person.person)
    User.objects.filter(pk=person.person.pk).update(language=language)
    return client


@pytest.mark.parametrize(
    ("path", "referrer", "expected"),
    [
        pytest.param("/test-staff/people/1/invite/", f"http://testserver{FROM}", FROM, id="ours"),
        pytest.param(
            "/test-staff/people/1/invite/", "http://other.example/x/", "/test-staff/", id="of-another-site"
        ),
        pytest.param("/test-staff/people/1/invite/", "", "/test-staff/", id="none"),
        pytest.param("/me/", "", "/", id="outside-a-staff"),
    ],
)
def test_a_form_sent_after_the_session_ended_comes_back_to_its_page(
    path: str, referrer: str, expected: str
) -> None:
    scene.set_stage()
    answer = Client().post(path, headers={"Referer": referrer} if referrer else {})
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={expected}")


def test_a_page_opened_without_a_session_comes_back_to_itself() -> None:
    answer = Client().get("/test-staff/journal/?page=2")
    assert answer["Location"] == "/accounts/login/?next=/test-staff/journal/%3Fpage%3D2"


@pytest.mark.parametrize(
    ("language", "sentence"), [("kk", "Мұнда оқитын ештеңе жоқ"), ("ru", "Здесь нечего читать")]
)
def test_an_address_for_forms_opened_as_a_page_says_so(language: str, sentence: str) -> None:
    page = client_of(scene.set_stage().secretary, language).get(POST_ONLY)
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert sentence in page.content.decode()


def test_the_secretary_is_not_sent_to_the_secretary() -> None:
    stage = scene.set_stage()
    stage.secretary.person.refresh_from_db()
    place = scene.placed(stage, "analyst").places[0]
    path = f"/test-staff/people/places/{place.pk}/end/"
    sentence = "хатшыға қоңырау шалыңыз"
    asked = client_of(stage.head).get(path)
    assert (asked.status_code, sentence in asked.content.decode()) == (403, True)
    secretary = client_of(stage.secretary)
    secretary.post(path)
    answer = secretary.get(path)
    assert (answer.status_code, sentence in answer.content.decode()) == (409, False)
