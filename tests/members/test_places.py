"""Places without a seat: given, ended at once, and what each of them lets a person see."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from members import actions
from members.models import JournalEntry, Notice, Place, User
from members.permissions import Actor
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return scene.set_stage()


def client_of(actor: Actor) -> Client:
    return scene.signed_in(actor)


def refused_with(act: object, **fields: object) -> str:
    with pytest.raises(Refused) as refusal:
        act(**fields)
    return refusal.value.verdict.reason


FORM = {"email": "Zhana@Example.test", "name": "Ж. Жаңа", "role": "auditor", "since": "2026-01-12"}


def test_the_secretary_gives_a_place_and_the_person_is_invited(stage: Stage) -> None:
    answer = client_of(stage.secretary).post("/test-staff/people/place/", FORM)
    place = Place.objects.get()
    assert answer["Location"] == "/test-staff/people/"
    assert (place.user.email, place.role, place.since) == ("zhana@example.test", "auditor", date(2026, 1, 12))
    acts = list(JournalEntry.objects.order_by("sequence").values_list("act", flat=True))
    assert acts == ["person.invited", "place.granted"]
    assert list(Notice.objects.values_list("event", "email")) == [("invitation", "zhana@example.test")]


MISTAKES = [
    pytest.param({"role": "agency"}, id="agency-without-organisation"),
    pytest.param({"role": "secretary"}, id="a-seat-is-no-place"),
    pytest.param({"email": "none"}, id="no-address"),
    pytest.param({"until": "2025-01-01"}, id="ends-before-it-begins"),
    pytest.param({"name": "820101300123"}, id="an-iin"),
]


@pytest.mark.parametrize("typed", MISTAKES)
def test_a_mistake_is_told_and_nothing_is_given(stage: Stage, typed: dict[str, str]) -> None:
    page = client_of(stage.secretary).post("/test-staff/people/place/", FORM | typed)
    assert (page.status_code, Place.objects.count(), Notice.objects.count()) == (200, 0, 0)


def test_the_same_place_is_not_given_twice(stage: Stage) -> None:
    client = client_of(stage.secretary)
    for _each in range(2):
        client.post("/test-staff/people/place/", FORM)
    assert Place.objects.count() == 1


def test_a_place_that_ends_is_over_at_once_and_signs_out(stage: Stage) -> None:
    auditor = scene.placed(stage, "auditor")
    client = client_of(auditor)
    assert client.get("/test-staff/").status_code == 200
    actions.end_place(auditor.places[0], by=stage.secretary, now=timezone.now())
    assert client.get("/test-staff/")["Location"].startswith("/accounts/login/")
    assert Place.objects.get().until == timezone.localdate() - timedelta(days=1)


def test_who_has_a_seat_besides_stays_signed_in(stage: Stage) -> None:
    today = timezone.localdate()
    place = Place.objects.create(staff=stage.staff, user=stage.member.person, role="analyst", since=today)
    client = client_of(stage.member)
    actions.end_place(place, by=stage.secretary, now=timezone.now())
    # What began today has lasted no day: the journal keeps that it was.
    assert (client.get("/test-staff/").status_code, Place.objects.count()) == (200, 0)
    assert JournalEntry.objects.latest("sequence").object_id == place.pk


def test_who_may_not_end_a_place_and_which_is_over(stage: Stage) -> None:
    place, now = scene.placed(stage, "analyst").places[0], timezone.now()
    own = Place.objects.create(
        staff=stage.staff, user=stage.secretary.person, role="analyst", since=date(2026, 1, 1)
    )
    assert refused_with(actions.end_place, place=place, by=stage.head, now=now) == "not_your_role"
    assert refused_with(actions.end_place, place=own, by=stage.secretary, now=now) == "own_access"
    actions.end_place(place, by=stage.secretary, now=now)
    assert refused_with(actions.end_place, place=place, by=stage.secretary, now=now) == "place_is_over"


def test_people_page_says_how_far_the_sign_in_is(stage: Stage) -> None:
    actions.invite(stage.member.person, stage.staff, by=stage.secretary, now=timezone.now())
    page = client_of(stage.secretary).get("/test-staff/people/").content.decode()
    assert page.count('id="person-') == 16
    assert page.count("/withdraw/") == 1
    assert "/withdraw/" not in client_of(stage.head).get("/test-staff/people/").content.decode()


def test_people_page_asks_the_same_number_of_questions(
    stage: Stage, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    client = client_of(stage.secretary)
    counts = []
    for role in ("analyst", "auditor"):
        scene.placed(stage, role)
        with django_assert_max_num_queries(40) as captured:
            client.get("/test-staff/people/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def factor_of(user: User) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


def test_a_lost_second_factor_is_reset_told_and_recorded(stage: Stage) -> None:
    user, client = stage.head.person, client_of(stage.head)
    factor_of(user)
    actions.reset_second_factor(user, recognised="in_person", by=stage.secretary, now=timezone.now())
    entry = JournalEntry.objects.latest("sequence")
    assert Authenticator.objects.count() == 0
    assert client.get("/test-staff/")["Location"].startswith("/accounts/login/")
    assert (entry.act, entry.data["recognised"]) == ("person.second_factor_reset", "in_person")
    assert list(Notice.objects.values_list("event", "email")) == [("second_factor_reset", user.email)]


def test_whose_factor_is_not_reset(stage: Stage) -> None:
    def reason(user: User, by: Actor = stage.secretary) -> str:
        act = actions.reset_second_factor
        return refused_with(act, user=user, recognised="by_phone", by=by, now=timezone.now())

    stranger = User.objects.create(email="stranger@example.test", name="Б. Бөтен")
    for user in (stage.secretary.person, stranger):
        factor_of(user)
    assert reason(stage.secretary.person) == "own_access"
    assert reason(stranger) == "no_post"
    assert reason(stage.member.person) == "no_second_factor"
    assert reason(stage.member.person, stage.head) == "not_your_role"


def test_resetting_asks_the_secretary_who_it_is(stage: Stage) -> None:
    factor_of(stage.head.person)
    path = f"/test-staff/people/{stage.head.person.pk}/second-factor/"
    client = Client()
    client.force_login(stage.secretary.person)
    answer = client.post(path, {"recognised": "in_person"})
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert Authenticator.objects.count() == 1


SECTIONS = [
    ("controller", {"meetings", "decisions", "kpi"}),
    ("agency", {"meetings", "decisions", "kpi"}),
    ("analyst", {"decisions", "kpi"}),
    ("auditor", {"meetings", "decisions", "kpi"}),
    ("invited", {"meetings"}),
]


@pytest.mark.parametrize(("role", "sections"), SECTIONS)
def test_the_navigation_shows_what_may_be_opened(stage: Stage, role: str, sections: set[str]) -> None:
    organisation = stage.organisations[5] if role == "agency" else None
    page = client_of(scene.placed(stage, role, organisation=organisation)).get("/test-staff/")
    shown = {
        each
        for each in ("meetings", "decisions", "kpi")
        if f'href="/test-staff/{each}/"' in str(page.content)
    }
    assert shown == sections
