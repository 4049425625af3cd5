"""Who came in, who failed, who went out and who was refused stands in the log, without addresses of mail."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests import stage as scene
from tests.stage import PASSWORD, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def stage() -> Stage:
    return scene.set_stage()


def test_signing_in_and_out_failures_and_refusals_are_logged(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="members.access")
    client, person = Client(REMOTE_ADDR="192.0.2.7"), stage.member.person
    login = reverse("account_login")
    client.post(login, {"login": person.email, "password": "not it at all"})
    client.post(login, {"login": "nobody@example.test", "password": "not it at all"})
    client.post(login, {"login": person.email, "password": PASSWORD})
    client.get("/test-staff/people/")
    client.post(reverse("account_logout"))
    lines = [record.getMessage() for record in caplog.records if record.name == "members.access"]
    who = f"user={person.pk} ip=192.0.2.7"
    assert lines == [
        f"sign-in failed {who}",
        "sign-in failed user=- ip=192.0.2.7",
        f"signed in {who}",
        f"refused {who} reason=not_your_role path=/test-staff/people/",
        f"signed out {who}",
    ]
