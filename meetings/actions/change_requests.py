from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from meetings import letters, permissions, policies
from meetings.actions.changes import prepare_note
from meetings.locks import lock_series
from meetings.models import ChangeRequest, JustificationNote, PlanItem, WorkPlan
from meetings.states import RequestState
from members import journal, notices
from members.labels import message
from members.notices import to_user
from members.permissions import Actor, holders_on
from members.states import Role
from regulation.verdicts import Refused, refused

# What a member asks for; the note says the same.
ASKED = ("kind", "plan_item", "title_kk", "title_ru")


@transaction.atomic
def request_change(
    plan: WorkPlan,
    *,
    kind: str,
    reason: str,
    by: Actor,
    now: datetime,
    plan_item: PlanItem | None = None,
    title_kk: str = "",
    title_ru: str = "",
) -> ChangeRequest:
    """Ask the working body for a change of an approved plan: a row of it, or a new question by its titles.

    The note is prepared by others (clause 18). Sent twice, it is one request. Raises Refused.
    """
    permissions.REQUEST_CHANGE.require(by, plan.staff_id)
    lock_series(by.staff)
    plan = WorkPlan.objects.select_related("staff").get(pk=plan.pk)
    row = plan.items.select_related("plan").get(pk=plan_item.pk) if plan_item else None
    policies.may_request(plan, row).or_raise()
    asked = {"kind": kind, "plan_item": row, "title_kk": title_kk, "title_ru": title_ru, "reason": reason}
    same = plan.requests.filter(author=by.user, state=RequestState.OPEN, **asked).first()
    if same is not None:
        return same
    request = ChangeRequest.objects.create(plan=plan, author=by.person, made_at=now, **asked)
    journal.record("change.requested", plan, by=by, now=now, clause="18", change=kind)
    secretaries = holders_on(plan.staff, timezone.localdate(now)).filter(seat__role=Role.SECRETARY)
    notices.send(
        plan.staff,
        "change.requested",
        f"change.requested:{request.pk}",
        message(lambda: letters.change_requested(request), _address(plan)),
        [to_user(holder.user) for holder in secretaries],
        now=now,
    )
    return request


@transaction.atomic
def take_request(request: ChangeRequest, *, by: Actor, now: datetime, **fields: Any) -> JustificationNote:
    """Prepare the note that a member asked for; `fields` are those of `prepare_note` but what he asked.

    Raises Refused, "request_is_other" where they name another change, question or title.
    """
    permissions.ANSWER_REQUEST.require(by, request.plan.staff_id)
    asked = {name: getattr(request, name) for name in ASKED}
    if not fields.keys().isdisjoint({*ASKED, "question"}):
        raise Refused(refused("request_is_other", "18"))
    return prepare_note(request=request, by=by, now=now, **fields | asked)


@transaction.atomic
def decline_request(request: ChangeRequest, *, reason: str, by: Actor, now: datetime) -> ChangeRequest:
    """Answer a member that no note is prepared, and why (clause 18). Raises Refused."""
    permissions.ANSWER_REQUEST.require(by, request.plan.staff_id)
    lock_series(by.staff)
    request = ChangeRequest.objects.select_related("plan__staff", "author").get(pk=request.pk)
    policies.is_open_request(request).or_raise()
    policies.has_reason(reason, "18").or_raise()
    request.state, request.answer = RequestState.DECLINED, reason
    request.save()
    journal.record("change.declined", request.plan, by=by, now=now, clause="18", change=request.kind)
    notices.send(
        request.plan.staff,
        "change.declined",
        f"change.declined:{request.pk}",
        message(lambda: letters.change_declined(request), _address(request.plan)),
        [to_user(request.author)],
        now=now,
    )
    return request


def _address(plan: WorkPlan) -> str:
    return reverse("meetings:notes", args=[plan.staff.code])
