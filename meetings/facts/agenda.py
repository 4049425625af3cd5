import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import prefetch_related_objects

from meetings.facts.basis import is_added_at_meeting
from meetings.facts.materials import ItemMaterials
from meetings.models import AgendaItem, Invitee, Meeting
from members.journal import canonical
from members.models import User

# What stood beside the text on that day: told, but no part of what is approved and compared.
NOTED = "noted"


def agenda_content(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[str, Any]:
    """Return what the head approves: the meeting, its items in order and the invited (clauses 21, 22)."""
    prefetch_related_objects([meeting], "invitees__items", "invitees__stands_in_for")
    return {
        "day": meeting.day.isoformat(),
        "starts_at": f"{meeting.starts_at:%H:%M}",
        "kind": meeting.kind,
        "urgent_ground": meeting.urgent_ground,
        "call_ground": meeting.call_ground,
        "place_kk": meeting.place_kk,
        "place_ru": meeting.place_ru,
        "mode": meeting.mode,
        "is_field": meeting.is_field,
        # What the head adds while the meeting goes on stands behind the agenda that was approved.
        "items": [item_content(item) for item in items if not is_added_at_meeting(item)],
        "invited": [
            {
                "name": person.name,
                "email": person.email,
                "office_kk": person.office_kk,
                "office_ru": person.office_ru,
                "items": sorted(item.order for item in person.items.all()),
                "questions": sorted(item.question_id for item in person.items.all()),
                "stands_in_kk": person.stands_in_for.office_kk if person.stands_in_for else "",
                "stands_in_ru": person.stands_in_for.office_ru if person.stands_in_for else "",
            }
            for person in meeting.invitees.all()
        ],
    }


def item_content(item: AgendaItem) -> dict[str, Any]:
    """Return one item as the agenda freezes it."""
    return {
        "order": item.order,
        "question": item.question_id,
        "agency": item.agency_id,
        "title_kk": item.question.title_kk,
        "title_ru": item.question.title_ru,
        "agency_kk": item.agency.name_kk,
        "agency_ru": item.agency.name_ru,
        "speaker_kk": item.speaker_kk,
        "speaker_ru": item.speaker_ru,
        "minutes": item.minutes,
        "kind": item.question.kind,
        "co_speakers_kk": item.co_speakers_kk,
        "co_speakers_ru": item.co_speakers_ru,
        "basis": basis_of(item),
        "points": [
            {
                "text_kk": point.text_kk,
                "text_ru": point.text_ru,
                "executor_kk": point.executor.name_kk if point.executor else "",
                "executor_ru": point.executor.name_ru if point.executor else "",
                "due_on": point.due_on.isoformat() if point.due_on else "",
                "is_standing": point.is_standing,
            }
            for point in item.points.all()
        ],
    }


def frozen_agenda(
    meeting: Meeting, rows: Sequence[ItemMaterials], *, drafter: User | None, today: date
) -> dict[str, Any]:
    """Return the content with what is noted beside it: how the materials stood, who drew it up."""
    noted = {
        "on": today.isoformat(),
        "materials": {str(row.item.order): materials_state(row) for row in rows},
        "drafter": {
            "name": drafter.name if drafter else "",
            "phone": drafter.phone if drafter else "",
        },
    }
    return agenda_content(meeting, [row.item for row in rows]) | {NOTED: noted}


def materials_state(row: ItemMaterials) -> str:
    """Return how the materials of an item stand: "late", "owed", "received", or "none" where none are due."""
    if row.days_late:
        return "late"
    if row.is_missing:
        return "owed"
    return "received" if row.materials else "none"


def content_hash(content: dict[str, Any]) -> str:
    """Return the SHA-256 of what is approved, as 64 hexadecimal digits; the notes beside it do not count."""
    approved = {name: value for name, value in content.items() if name != NOTED}
    return hashlib.sha256(canonical(approved).encode()).hexdigest()


def starts_of(starts_at: time, minutes: Iterable[int]) -> list[time]:
    """Return when each item begins: the meeting's start and the minutes of those before it."""
    moment = datetime.combine(date.min, starts_at)
    starts = []
    for length in minutes:
        starts.append(moment.time())
        moment += timedelta(minutes=length)
    return starts


def basis_of(item: AgendaItem) -> dict[str, object]:
    """Return why the question is on the agenda: a row of the plan or a note (clause 18); {} for neither."""
    if item.plan_item is not None:
        plan = item.plan_item.plan
        return {"plan": plan.key, "section": item.plan_item.section, "order": item.plan_item.order}
    return {"note": str(item.note)} if item.note else {}


def starts_of_content(content: Mapping[str, Any]) -> list[time]:
    """Return when each item of a frozen agenda begins."""
    start = time.fromisoformat(content["starts_at"])
    return starts_of(start, [item["minutes"] for item in content["items"]])


def invited_for_alone(item: AgendaItem) -> list[Invitee]:
    """Return who was invited for this item and no other, in the order of the list (clause 21)."""
    people = item.invitees.prefetch_related("items").order_by("pk")
    return [person for person in people if len(person.items.all()) == 1]
