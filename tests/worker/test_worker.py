"""A real Celery worker on the tests' database and broker: letters leave, what slept is caught up, once."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from meetings import actions
from meetings.models import Meeting, Pack
from meetings.states import PackState
from members.models import Notice
from members.states import Mail
from regulation.terms import quarter_bounds, quarter_of
from staff_portal import tasks
from tests import stage as scene
from tests.real_worker import Worker, wait_until

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def waiting() -> int:
    return Notice.objects.exclude(mail=Mail.SENT).count()


def planned(stage: scene.Stage, *, days: int) -> Meeting:
    """Return a meeting in so many days of the real clock, of which everybody has been told already."""
    meeting = scene.planned(stage, day=timezone.localdate() + timedelta(days=days))
    Notice.objects.all().delete()
    return meeting


def letters(folder: Path) -> int:
    ids = ("Message-ID: <notice-", "Message-ID: <digest-")
    texts = [file.read_text(errors="replace") for file in folder.iterdir()]
    return sum(text.count(each) for text in texts for each in ids)


def test_a_letter_leaves_right_after_the_act(worker: Worker, mail_folder: Path) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    meeting = planned(stage, days=30)
    actions.submit_agenda(meeting, by=stage.secretary, now=timezone.now())
    wait_until(lambda: Notice.objects.exists() and not waiting(), what="the letters to be sent")
    assert letters(mail_folder) == 3  # the head and two deputies


def test_a_worker_that_slept_tells_once_what_is_still_true(worker: Worker, mail_folder: Path) -> None:
    worker.stop()
    stage = scene.set_stage(today=timezone.localdate())
    # The material was due three days ago; all four reminders before that are over, the lateness is true.
    today = timezone.localdate()
    # Not in the next quarter: the state of this one would be told besides.
    left = (quarter_bounds(quarter_of(today))[1] - today).days
    planned(stage, days=min(2, left))
    for _beat in range(5):
        tasks.sweep.delay()
    assert not Notice.objects.exists()
    worker.start()
    wait_until(lambda: letters(mail_folder) == 1, what="the urgent letter to be sent")
    events = list(Notice.objects.values_list("event", flat=True))
    assert sorted(events) == ["material.late"] * 3 + ["pack.due"]
    # The lateness waits for the letter of the working day; let its hour come.
    Notice.objects.filter(in_digest=True).update(available_at=timezone.now())
    tasks.sweep.delay()
    tasks.sweep.delay()
    wait_until(lambda: not waiting(), what="the late letters to be sent")
    assert letters(mail_folder) == len(events)


def test_a_worker_killed_with_letters_in_hand_loses_and_repeats_none(
    worker: Worker, mail_folder: Path
) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    worker.kill()
    meetings = [scene.planned(stage, day=timezone.localdate() + timedelta(days=30 + n)) for n in range(4)]
    for meeting in [planned(stage, days=34), *meetings]:
        actions.submit_agenda(meeting, by=stage.secretary, now=timezone.now())
    worker.start()
    wait_until(lambda: letters(mail_folder) > 0, what="the first letter")
    worker.kill()
    worker.start()
    tasks.sweep.delay()
    wait_until(lambda: not Notice.objects.filter(mail=Mail.WAITING).exists(), what="the rest of the letters")
    # One letter may have been on its way: it is shown as being sent, never sent again by itself.
    on_its_way = Notice.objects.filter(mail=Mail.SENDING).count()
    assert on_its_way <= 1
    assert 15 - on_its_way <= letters(mail_folder) <= 15


def test_a_pack_is_made_by_the_worker_and_one_it_slept_through_by_the_sweep(worker: Worker) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    meeting = scene.approved(stage, day=timezone.localdate() + timedelta(days=30))
    actions.dispatch(meeting, by=stage.secretary, now=timezone.now())
    actions.ask_for_pack(meeting, language="kk", by=stage.member, now=timezone.now())
    wait_until(lambda: Pack.objects.filter(state=PackState.READY).exists(), what="the pack")
    worker.stop()
    long_ago = timezone.now() - timedelta(minutes=5)
    asked = actions.ask_for_pack(meeting, language="ru", by=stage.member, now=long_ago)
    # The worker died over it a while ago.
    Pack.objects.filter(pk=asked.pk).update(claimed_at=long_ago - timedelta(minutes=10))
    worker.start()
    tasks.sweep.delay()
    wait_until(lambda: Pack.objects.filter(state=PackState.READY).count() == 2, what="the forgotten pack")
