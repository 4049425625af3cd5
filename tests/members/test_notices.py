"""Notices: each once, sent afterwards, retried with growing pauses, never twice by doubt."""

import smtplib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from members import notices
from members.models import Notice
from members.notices import Message, to_user
from members.states import Mail
from tests import stage as scene
from tests.stage import MORNING

pytestmark = pytest.mark.django_db

MESSAGE = Message("Тақырып", "Тема", "Мәтін", "Текст", "/kostanay/")


class Refusing(BaseEmailBackend):
    """A mail server that takes no letter."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:  # noqa: ARG002 - Django's signature
        raise smtplib.SMTPServerDisconnected("the server is away")


def tell(stage: scene.Stage, key: str = "test:1", count: int = 3) -> None:
    people = [to_user(person.user) for person in stage.people[:count] if person.user]
    notices.send(stage.staff, "test", key, MESSAGE, people, now=MORNING)


def test_a_key_tells_each_person_once() -> None:
    stage = scene.set_stage()
    tell(stage)
    tell(stage, count=4)
    assert Notice.objects.count() == 4


def test_letters_go_out_in_the_language_of_the_person(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    stage = scene.set_stage()
    assert stage.head.user is not None
    stage.head.user.language = "ru"
    stage.head.user.save()
    tell(stage, count=2)
    assert notices.deliver(now=MORNING) == 2
    letters = {letter.to[0]: letter for letter in mail.outbox}
    russian = letters[stage.head.user.email]
    assert "Тема" in russian.subject
    assert "Текст" in russian.body
    assert "Мәтін" in letters["deputy_head2@test-staff.example"].body
    assert "/kostanay/" in russian.body


def test_a_sent_letter_is_not_sent_again(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tell(scene.set_stage())
    assert [notices.deliver(now=MORNING), notices.deliver(now=MORNING)] == [3, 0]


def test_a_server_away_puts_the_letter_back_with_growing_pauses(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    stage = scene.set_stage()
    tell(stage, count=1)
    now, pauses = MORNING, []
    for _attempt in range(4):
        notices.deliver(now=now)
        notice = Notice.objects.get()
        pauses.append(notice.available_at - now)
        now = notice.available_at
    assert pauses == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=8)]
    assert Notice.objects.get().error == "the server is away"


def test_after_ten_tries_it_is_shown_as_not_delivered(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    stage = scene.set_stage()
    tell(stage, count=1)
    now = MORNING
    for _attempt in range(12):
        notices.deliver(now=now)
        now = max(now, Notice.objects.get().available_at)
    assert (Notice.objects.get().mail, Notice.objects.get().attempts) == (Mail.FAILED, 10)
    assert notices.letters_stuck(stage.staff, now=now).count() == 1


def test_a_letter_left_in_sending_is_never_repeated_by_itself(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tell(scene.set_stage(), count=1)
    Notice.objects.update(mail=Mail.SENDING, claimed_at=MORNING)
    notices.deliver(now=MORNING + timedelta(minutes=11))
    assert Notice.objects.get().mail == Mail.UNCLEAR
    assert mail.outbox == []


def test_a_subject_stays_one_line(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    stage = scene.set_stage()
    hostile = Message("Т\r\nBcc: x@y.example", "Т", "М", "М", "/")
    notices.send(stage.staff, "test", "hostile", hostile, [to_user(stage.head.user)], now=MORNING)  # type: ignore[arg-type]
    notices.deliver(now=MORNING)
    assert mail.outbox[0].subject.endswith("Т Bcc: x@y.example")
    assert mail.outbox[0].bcc == []
