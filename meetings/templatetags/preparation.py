"""Parts of the page of a meeting: its timeline, and whether one will come."""

from typing import Any

from django import template
from django.template import Context

from meetings import facts, permissions, policies
from meetings.forms import AnswerForm
from meetings.models import Meeting
from meetings.states import State

register = template.Library()


@register.inclusion_tag("meetings/_timeline.html", takes_context=True)
def timeline(context: Context, meeting: Meeting) -> dict[str, Any]:
    """Draw all stages of the terms of a meeting; who was told is for the secretary, the head, the auditor."""
    actor = context["request"].actor
    return {
        "entries": facts.timeline(meeting, today=context["portal_now"].date()),
        "may_see_people": bool(permissions.READ_FORECAST.verdict(actor, meeting.staff_id)),
    }


@register.inclusion_tag("meetings/_answer.html", takes_context=True)
def answer(context: Context, meeting: Meeting) -> dict[str, Any]:
    """Ask whether the person will come, and show the forecast of the quorum while a meeting is to come."""
    actor = context["request"].actor
    may_ask = bool(permissions.ANSWER.verdict(actor, meeting.staff_id)) and bool(
        policies.is_expected(meeting, actor) and policies.may_answer(meeting)
    )
    own = meeting.replies.filter(user=actor.person).first() if may_ask else None
    reads_names = bool(permissions.READ_FORECAST.verdict(actor, meeting.staff_id))
    is_coming = meeting.state in (State.PLANNED, State.REGISTRATION)
    reads_count = is_coming and (reads_names or bool(actor.roles & set(permissions.MEMBERS)))
    said = {"reply": own.reply, "reason": own.reason} if own else {}
    return {
        "meeting": meeting,
        "csrf_token": context.get("csrf_token"),
        "own": own,
        "form": AnswerForm(meeting=meeting, initial=said) if may_ask else None,
        "forecast": facts.forecast(meeting) if reads_count else None,
        "reads_names": reads_names,
    }
