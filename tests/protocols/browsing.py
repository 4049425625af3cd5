"""What tests of protocol pages share: a person's browser and the addresses."""

import html

from django.test import Client

from members.permissions import Actor

MEETING = "/test-staff/meetings/1-2026/"
PROTOCOL = f"{MEETING}protocol/"


def client_of(person: Actor, language: str = "kk") -> Client:
    """Return the browser of a person who reads in `language`."""
    assert person.user is not None
    type(person.user).objects.filter(pk=person.user.pk).update(language=language)
    client = Client()
    client.force_login(person.user)
    return client


def page(person: Actor, path: str, language: str = "kk") -> str:
    """Return the text of a page that the person may open."""
    response = client_of(person, language).get(path)
    assert response.status_code == 200
    return html.unescape(response.content.decode())
