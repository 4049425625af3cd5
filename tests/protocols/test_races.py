"""Signing against editing, signing twice, making documents twice, filing while signing: real threads."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from members.models import Notice
from protocols import actions
from protocols.models import Edition, Protocol, ProtocolDocument, Signature
from protocols.states import State
from regulation.verdicts import Refused
from tests import stage as scene
from tests.protocols import life
from tests.protocols.life import AFTERNOON

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


def at_once(*calls: Callable[[], Any]) -> list[str]:
    """Run the calls in threads of their own, started together; return "done" or the reason of each."""
    results = [""] * len(calls)
    barrier = Barrier(len(calls))

    def run(number: int, call: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            call()
            results[number] = "done"
        except Refused as refusal:
            results[number] = refusal.verdict.reason
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number, call)) for number, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_many_signatures_one_is_made() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    results = at_once(*[lambda: life.sign(protocol, stage.head)] * 6)
    assert Counter(results) == {"done": 1, "already_signed": 5}
    assert Signature.objects.count() == 2
    assert Notice.objects.filter(event="protocol.signed").count() == len(stage.people)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_what_is_signed_is_what_was_read_whoever_comes_first(_round: int) -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    item = protocol.items.get()
    signing, editing = at_once(
        lambda: life.sign(protocol, stage.head),
        lambda: life.save(item, stage, heard_kk="соңғы сәттегі түзету"),
    )
    protocol, text = life.fresh(protocol), protocol.items.get().heard_kk
    if protocol.state == State.SIGNED:
        assert (signing, editing, text) == ("done", "already_signed", item.heard_kk)
    else:
        assert (editing, text) == ("done", "соңғы сәттегі түзету")
        assert signing in {"not_sent_yet", "protocol_changed"}
        assert Signature.objects.count() == 0


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_an_opinion_is_in_the_document_or_marked_as_late(_round: int) -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    item = protocol.meeting.items.get()
    at_once(
        lambda: life.sign(protocol, stage.head),
        lambda: actions.file_dissent(item, text="Жоқ", proposal="", by=stage.member, now=AFTERNOON),
    )
    opinion = item.dissents.get()
    edition = Edition.objects.filter(protocol=protocol).current().get()
    assert opinion.after_signing == (edition.state == "signed")
    assert len(edition.facts["opinions"]) == (not opinion.after_signing)


def test_documents_made_twice_at_once_are_kept_once() -> None:
    stage = scene.set_stage()
    protocol = life.sent(stage)
    edition = protocol.editions.get()
    results = at_once(*[lambda: actions.render_documents(edition.pk, now=AFTERNOON)] * 2)
    assert results == ["done", "done"]
    assert ProtocolDocument.objects.count() == 2
    assert Notice.objects.filter(event="protocol.to_sign").count() == 1


def test_one_protocol_of_many_presses() -> None:
    stage = scene.set_stage()
    meeting = scene.ended(stage)
    results = at_once(*[lambda: actions.draw_up(meeting, by=stage.secretary, now=AFTERNOON)] * 4)
    assert Counter(results) == {"done": 1, "already_drawn_up": 3}
    assert Protocol.objects.count() == 1
