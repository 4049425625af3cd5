"""What is done about the regulation: its parameters are drafted, then approved by an act (clause 11)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from members import policies
from members.actions import versions
from members.actions.versions import draft_of, latest_of, lock_versions, locked_draft, record
from members.facts import body_hash
from members.models import Regulation, Staff
from members.permissions import EDIT_REGULATION, Actor
from regulation.procedure import Procedure

DEFAULTS = Procedure().as_dict()


@transaction.atomic
def start_regulation(staff: Staff, *, by: Actor, now: datetime, today: date) -> Regulation:
    """Start a draft with the parameters of the latest version and return it. Raises Refused."""
    EDIT_REGULATION.require(by, staff.pk)
    lock_versions(staff)
    policies.may_start_draft(draft_of(Regulation, staff)).or_raise()
    former = latest_of(Regulation, staff)
    draft = Regulation.objects.create(
        staff=staff,
        in_force_from=versions.first_day(former, today=today),
        parameters=former.parameters if former else {},
    )
    record("drafted", draft, by=by, now=now)
    return draft


@transaction.atomic
def set_parameters(
    version: Regulation, *, seen: str, parameters: Mapping[str, object], by: Actor, now: datetime
) -> Regulation:
    """Set the parameters of a draft; only what departs from the defaults is stored. Raises Refused.

    `seen` is the `facts.body_hash` of the draft when the form was opened.
    ValueError for what no procedure can be (`Procedure.from_dict`).
    """
    draft = locked_draft(version, by)
    policies.is_body_as_seen(seen, body_hash(draft)).or_raise()
    wanted = Procedure.from_dict(parameters).as_dict()
    draft.parameters = {name: value for name, value in wanted.items() if value != DEFAULTS[name]}
    draft.save()
    record("parameters_set", draft, by=by, now=now, parameters=draft.parameters)
    return draft


@transaction.atomic
def approve_regulation(version: Regulation, *, seen: str, by: Actor, now: datetime) -> Regulation:
    """Record that the akimat approved the draft; the former version closes the day before. Raises Refused.

    Planned meetings go over to the version in force on their day by the sweep, at the latest when
    registration begins; from then on a meeting keeps its own.
    """
    draft = locked_draft(version, by)
    draft, _former = versions.approve(draft, seen=seen, by=by, now=now)
    record("approved", draft, by=by, now=now, **versions.act_facts(draft), parameters=draft.parameters)
    return draft
