"""What the latest approved agenda says, while its draft may already say something else (clauses 21, 22)."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from meetings.facts.basis import is_added_at_meeting
from meetings.locks import approved_version
from meetings.models import AgendaItem, DraftPoint, Meeting
from members.models import Organisation

TEXTS = ("speaker_kk", "speaker_ru", "co_speakers_kk", "co_speakers_ru", "minutes", "order")
TITLES = ("title_kk", "title_ru", "kind")


def as_approved(item: AgendaItem, content: Mapping[str, Any]) -> AgendaItem | None:
    """Return a copy of `item` (fetched for the agenda) with the texts of the approved `content`.

    None for a question that is not in it. What the head added at the meeting stands as it is. The copy is
    to be read and never saved.
    """
    if is_added_at_meeting(item):
        return item
    row = next((each for each in content["items"] if each["question"] == item.question_id), None)
    if row is None:
        return None
    shown = copy(item)
    shown.question, shown.agency = copy(item.question), copy(item.agency)
    for name in TEXTS:
        setattr(shown, name, row[name])
    for name in TITLES:
        setattr(shown.question, name, row[name])
    shown.agency.name_kk, shown.agency.name_ru = row["agency_kk"], row["agency_ru"]
    points = DraftPoint.objects.none()
    rows = [_point(each, number) for number, each in enumerate(row["points"], 1)]
    # As if they had been fetched: what asks the copy for its points gets these and no others.
    vars(points)["_result_cache"] = rows
    known = vars(item).get("_prefetched_objects_cache", {})
    vars(shown)["_prefetched_objects_cache"] = known | {"points": points}
    return shown


def _point(row: Mapping[str, Any], number: int) -> DraftPoint:
    names = {"name_kk": row["executor_kk"], "name_ru": row["executor_ru"]}
    return DraftPoint(
        number=number,
        text_kk=row["text_kk"],
        text_ru=row["text_ru"],
        executor=Organisation(**names) if any(names.values()) else None,
        due_on=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        is_standing=row["is_standing"],
    )


@dataclass(frozen=True)
class Guest:
    """An invited person as a list shows them: of the approved agenda, or of its draft (then with `pk`).

    `questions` are those the person is invited for, none for the whole meeting; `orders` their numbers.
    """

    name: str
    email: str
    office_kk: str
    office_ru: str
    stands_in_kk: str
    stands_in_ru: str
    orders: tuple[int, ...]
    questions: frozenset[int]
    pk: int | None = None

    def is_for(self, question_id: int) -> bool:
        """Whether the person is invited for that question, alone or with the whole meeting."""
        return not self.questions or question_id in self.questions


def approved_guests(meeting: Meeting) -> list[Guest]:
    """Return who stands on the list that was approved last with the agenda; nobody before (clause 21)."""
    approved = approved_version(meeting)
    return guests_in(approved.content) if approved is not None else []


def guests_in(content: Mapping[str, Any]) -> list[Guest]:
    """Return the invited of a frozen agenda in their order."""
    return [
        Guest(
            name=row["name"],
            email=row["email"],
            office_kk=row["office_kk"],
            office_ru=row["office_ru"],
            stands_in_kk=row["stands_in_kk"],
            stands_in_ru=row["stands_in_ru"],
            orders=tuple(row["items"]),
            questions=frozenset(row["questions"]),
        )
        for row in content["invited"]
    ]


def draft_guests(meeting: Meeting) -> list[Guest]:
    """Return the list of the invited as it is being prepared now, in a fixed number of queries."""
    people = meeting.invitees.select_related("stands_in_for").prefetch_related("items").order_by("pk")
    return [
        Guest(
            name=person.name,
            email=person.email,
            office_kk=person.office_kk,
            office_ru=person.office_ru,
            stands_in_kk=person.stands_in_for.office_kk if person.stands_in_for else "",
            stands_in_ru=person.stands_in_for.office_ru if person.stands_in_for else "",
            orders=tuple(sorted(item.order for item in person.items.all())),
            questions=frozenset(item.question_id for item in person.items.all()),
            pk=person.pk,
        )
        for person in people
    ]


def guest_of(meeting: Meeting, email: str) -> Guest | None:
    """Return who is invited under this e-mail by the approved list, or None (clause 21)."""
    return next((row for row in approved_guests(meeting) if row.email.lower() == email.lower()), None)
