"""What changed between two texts of an agenda, by item and field, in the words of the page (clause 22)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from types import SimpleNamespace
from typing import Any

from django.db.models import Model
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from meetings.models import AgendaItem, AgendaVersion, DraftPoint, Invitee, Meeting, Question
from meetings.states import AgendaState, Kind, Mode, QuestionKind
from meetings.wording import basis_sentence
from members.days import NBSP, local_text, long_day

Content = Mapping[str, Any]
NOTHING = "–"


@dataclass(frozen=True)
class FieldChange:
    """A field that changed: what it is called, and both values in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """A question or an invited person that both texts have, with what changed about it."""

    row: SimpleNamespace
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Rows:
    """What was added, removed and changed among the questions, or among the invited."""

    added: tuple[SimpleNamespace, ...]
    removed: tuple[SimpleNamespace, ...]
    changed: tuple[RowChange, ...]

    def __len__(self) -> int:
        return len(self.added) + len(self.removed) + len(self.changed)


@dataclass(frozen=True)
class Difference:
    """What an agenda did to the one before it; false where nothing changed."""

    meeting: tuple[FieldChange, ...]
    items: Rows
    invited: Rows

    def __len__(self) -> int:
        return len(self.meeting) + len(self.items) + len(self.invited)


def compare(before: Content, after: Content) -> Difference:
    """Return what changed from one frozen content of an agenda to another (`facts.agenda_content`)."""
    return Difference(
        meeting=_changes(before, after, OF_MEETING),
        items=_items(before["items"], after["items"]),
        invited=_rows(before["invited"], after["invited"], "name", OF_INVITED),
    )


def version_before(version: AgendaVersion) -> AgendaVersion | None:
    """Return the version that was decided last before this one, or None: what the head has seen already."""
    decided = AgendaVersion.objects.filter(
        meeting_id=version.meeting_id,
        number__lt=version.number,
        state__in=(AgendaState.APPROVED, AgendaState.RETURNED),
    )
    return decided.order_by("-number").first()


def _items(before: Sequence[Content], after: Sequence[Content]) -> Rows:
    rows = _rows(before, after, "question", OF_ITEM)
    old = {item["question"]: item for item in before}
    new = {item["question"]: item for item in after}
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    told = {row.row.question: row.changes for row in rows.changed}
    changed = []
    for key, item in new.items():
        if key in old:
            place = _place(old[key], item) if key in moved else ()
            changes = place + told.get(key, ()) + _points(old[key]["points"], item["points"])
            changed += [RowChange(SimpleNamespace(**item), changes)] if changes else []
    return Rows(rows.added, rows.removed, tuple(changed))


def _moved(before: list[int], after: list[int]) -> set[int]:
    """Return what changed its place among those that go on: a question added above moves nothing."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {key for block in blocks for key in after[block.b : block.b + block.size]}
    return set(after) - kept


def _place(before: Content, after: Content) -> tuple[FieldChange, ...]:
    return (FieldChange(_("place in the order"), str(before["order"]), str(after["order"])),)


def _points(before: Sequence[Content], after: Sequence[Content]) -> tuple[FieldChange, ...]:
    """Return what changed in the draft decision, point by point."""
    found: list[FieldChange] = []
    for place in range(max(len(before), len(after))):
        old = before[place] if place < len(before) else {}
        new = after[place] if place < len(after) else {}
        point = _("point %(n)s") % {"n": place + 1}
        found += [
            FieldChange(f"{point}, {change.label}", change.before, change.after)
            for change in _changes(old, new, OF_POINT)
        ]
    return tuple(found)


def _rows(
    before: Sequence[Content], after: Sequence[Content], key: str, fields: "Mapping[str, Field]"
) -> Rows:
    old, new = {row[key]: row for row in before}, {row[key]: row for row in after}
    pairs = [(row, _changes(old[name], row, fields)) for name, row in new.items() if name in old]
    return Rows(
        added=tuple(SimpleNamespace(**row) for name, row in new.items() if name not in old),
        removed=tuple(SimpleNamespace(**row) for name, row in old.items() if name not in new),
        changed=tuple(RowChange(SimpleNamespace(**row), changes) for row, changes in pairs if changes),
    )


def _changes(before: Content, after: Content, fields: "Mapping[str, Field]") -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(str(field.label), field.said(before) or NOTHING, field.said(after) or NOTHING)
        for name, field in fields.items()
        if (before.get(name) or None) != (after.get(name) or None)
    )


@dataclass(frozen=True)
class Field:
    """How a field of frozen content is called, and how its value is said."""

    label: object
    said: Callable[[Content], str]


def _plain(model: type[Model], *names: str) -> dict[str, Field]:
    return {
        name: Field(model._meta.get_field(name).verbose_name, _value_of(name))  # type: ignore[union-attr]
        for name in names
    }


def _value_of(name: str) -> Callable[[Content], str]:
    return lambda row: str(row.get(name) or "")


def _choice(label: object, name: str, choices: Sequence[tuple[str, Any]]) -> dict[str, Field]:
    return {name: Field(label, lambda row: str(dict(choices).get(row.get(name, ""), "")))}


def _day(name: str) -> Callable[[Content], str]:
    return lambda row: long_day(date.fromisoformat(row[name]), get_language()) if row.get(name) else ""


def _flag(name: str) -> Callable[[Content], str]:
    return lambda row: (_("yes") if row[name] else _("no")) if name in row else ""


def _local(name: str) -> Callable[[Content], str]:
    return lambda row: local_text(SimpleNamespace(**row), name, get_language())[0] if row else ""


def _questions(row: Content) -> str:
    return ", ".join(f"№{NBSP}{order}" for order in row["items"]) or _("the whole meeting")


OF_MEETING: dict[str, Field] = {
    "day": Field(gettext_lazy("date"), _day("day")),
    **_plain(Meeting, "starts_at"),
    **_choice(gettext_lazy("kind"), "kind", Kind.choices),
    **_plain(Meeting, "urgent_ground", "call_ground", "place_kk", "place_ru"),
    **_choice(gettext_lazy("mode"), "mode", Mode.choices),
    "is_field": Field(gettext_lazy("field meeting"), _flag("is_field")),
}
OF_ITEM: dict[str, Field] = {
    **_plain(Question, "title_kk", "title_ru"),
    **_choice(gettext_lazy("kind of question"), "kind", QuestionKind.choices),
    "agency": Field(gettext_lazy("agency that prepares it"), _local("agency")),
    **_plain(AgendaItem, "speaker_kk", "speaker_ru", "co_speakers_kk", "co_speakers_ru", "minutes"),
    "basis": Field(
        gettext_lazy("basis"), lambda row: basis_sentence(row["basis"], get_language()) if row else ""
    ),
}
OF_POINT: dict[str, Field] = {
    **_plain(DraftPoint, "text_kk", "text_ru"),
    "executor_kk": Field(gettext_lazy("executor"), _local("executor")),
    "due_on": Field(gettext_lazy("due on"), _day("due_on")),
    "is_standing": Field(gettext_lazy("on a standing basis"), _flag("is_standing")),
}
OF_INVITED: dict[str, Field] = {
    **_plain(Invitee, "office_kk", "office_ru", "email"),
    # Told by number, compared by question: a new order of the agenda changes no invitation.
    "questions": Field(gettext_lazy("for which questions"), _questions),
    "stands_in_kk": Field(gettext_lazy("comes instead of a member"), _local("stands_in")),
}
