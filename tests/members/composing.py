"""A draft of the composition brought to the point where a test begins."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members import facts
from members.actions import composition as actions
from members.actions import versions
from members.models import Composition
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


def approve(stage: Stage, version: Composition, *, by: Actor | None = None) -> Composition:
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
