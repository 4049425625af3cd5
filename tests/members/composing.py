"""A draft of the composition brought to the point where a test begins."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members import facts
from members.actions import composition as actions
from members.actions import versions
from members.models import Composition, Seat
from members.permissions import Actor
from members.states import Role
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import DAY, MORNING, Stage

START = date(2025, 11, 1)
NEXT = date(2027, 1, 1)
BEFORE = date(2026, 12, 31)


def draft(stage: Stage, *, begins: date = NEXT) -> Composition:
    """Return a draft copied from the version in force that begins on `begins`."""
    version = actions.start_composition(stage.staff, by=stage.secretary, now=MORNING, today=DAY)
    return versions.edit_act(
        version, act_number="7", act_date=DAY, in_force_from=begins, by=stage.secretary, now=MORNING
    )


def add_seat(stage: Stage, version: Composition, **more: Any) -> Seat:
    """Put a seat at the end of the draft, by the form as it was just opened."""
    act = fields(stage, **more) | {"seen": facts.body_hash(version), "by": stage.secretary, "now": MORNING}
    return actions.add_seat(version, **act)


def approve(stage: Stage, version: Composition, *, by: Actor | None = None) -> Composition:
    """Approve a draft as it was read, its last seat at another level, so that something changes."""
    last = version.seats.filter(composition__approved_at=None).order_by("order").last()
    if last is not None:
        version.seats.filter(pk=last.pk).update(rank="deputy" if last.rank == "first" else "first")
    return actions.approve_composition(
        version, seen=facts.content_hash(version), by=by or stage.secretary, now=MORNING
    )


def reason(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.verdict.reason


def fields(stage: Stage, **more: Any) -> dict[str, Any]:
    start = {"role": Role.MEMBER, "office_kk": "жаңа", "office_ru": "новый", "votes": True}
    rest = {"by_agreement": False, "rank": "", "consent_number": "", "consent_date": None}
    return start | rest | {"organisation": stage.organisations[0]} | more


def pdf(name: str = "act.pdf", content: bytes = scene.PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
