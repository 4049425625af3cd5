import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects

from meetings.models import AgendaItem, Meeting
from members.journal import canonical


def agenda_content(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[str, Any]:
    """Return what the head approves: the meeting, its items in order and the invited (clauses 21, 22)."""
    prefetch_related_objects([meeting], "invitees__items", "invitees__stands_in_for")
    return {
        "day": meeting.day.isoformat(),
        "starts_at": f"{meeting.starts_at:%H:%M}",
        "kind": meeting.kind,
        "urgent_ground": meeting.urgent_ground,
        "place_kk": meeting.place_kk,
        "place_ru": meeting.place_ru,
        "mode": meeting.mode,
        "is_field": meeting.is_field,
        "items": [item_content(item) for item in items],
        "invited": [
            {
                "name": person.name,
                "office_kk": person.office_kk,
                "office_ru": person.office_ru,
                "items": sorted(item.order for item in person.items.all()),
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


def content_hash(content: dict[str, Any]) -> str:
    """Return the SHA-256 of frozen content, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def basis_of(item: AgendaItem) -> dict[str, object]:
    """Return why the question is on the agenda: a row of the plan or a note (clause 18); {} for neither."""
    if item.plan_item is not None:
        plan = item.plan_item.plan
        return {"plan": plan.key, "section": item.plan_item.section, "order": item.plan_item.order}
    return {"note": str(item.note)} if item.note else {}
