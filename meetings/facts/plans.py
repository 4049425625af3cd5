from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.models import Agreement, PlanItem, PlanVersion, WorkPlan
from meetings.months import month_word, term_word
from meetings.states import PlanItemState, PlanVersionState, QuestionKind, Section
from members.days import local_text
from members.models import Seat, User
from members.permissions import holders_on
from members.states import Role

ON_ITS_WAY = (PlanVersionState.AGREEING, PlanVersionState.SUBMITTED)


@dataclass(frozen=True)
class RowText:
    """A row of the plan as a version freezes it; `row` is the key of the working row."""

    row: int
    section: int
    order: int
    title_kk: str
    title_ru: str
    kind: str
    month: int
    agency_kk: str
    agency_ru: str
    speaker_kk: str
    speaker_ru: str
    expected_kk: str
    expected_ru: str
    completion_kk: str
    completion_ru: str
    indicator: int | None
    remark_kk: str
    remark_ru: str
    proposed_kk: str
    proposed_ru: str


@dataclass(frozen=True)
class PlanRow:
    """A row as the page and the paper show it: its text, and the working row that knows its changes."""

    text: RowText
    item: PlanItem

    @property
    def term(self) -> str:
        """The quarter and the month as they were approved, in the current language."""
        return term_word(self.text.month, get_language())

    @property
    def is_added(self) -> bool:
        return self.item.added_by_id is not None

    @property
    def moved_to(self) -> date | None:
        """The first day of the month to which the head moved it, or None (clause 18)."""
        if self.item.state != PlanItemState.MOVED or not self.item.moved_year or not self.item.moved_month:
            return None
        return date(self.item.moved_year, self.item.moved_month, 1)


@dataclass(frozen=True)
class SheetLine:
    """A line of the agreement sheet: a member, and the answer or None (clause 26(5))."""

    user: User
    seat: Seat
    answer: Agreement | None
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanAnswers:
    """How many members agreed a version, have remarks, or have not answered."""

    agreed: int
    remarked: int
    silent: int


@dataclass(frozen=True)
class FieldChange:
    """What one field said before and says now, in the current language."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """A row that a later version has, lacks or words otherwise; `kind`: added, removed, changed."""

    kind: str
    text: RowText
    changes: tuple[FieldChange, ...] = ()


def items_of(plan: WorkPlan) -> QuerySet[PlanItem]:
    """Return the working rows of the plan in order, with all that a row says."""
    return plan.items.select_related(
        "question", "agency", "proposal__seat", "proposal__author", "added_by"
    ).order_by("section", "order")


def row_text(item: PlanItem) -> RowText:
    """Return what a working row says now."""
    is_question = item.section == Section.QUESTIONS and item.question is not None
    titled: Any = item.question if is_question else item
    proposal = getattr(item, "proposal", None)
    return RowText(
        row=item.pk,
        section=item.section,
        order=item.order,
        title_kk=titled.title_kk,
        title_ru=titled.title_ru,
        kind=titled.kind if is_question else "",
        month=item.month,
        agency_kk=item.agency.name_kk,
        agency_ru=item.agency.name_ru,
        proposed_kk=f"{proposal.seat.office_kk}, {proposal.author.name}" if proposal else "",
        proposed_ru=f"{proposal.seat.office_ru}, {proposal.author.name}" if proposal else "",
        **{name: getattr(item, name) for name in OWN},
    )


# What a row of the text takes from the working row as it is.
OWN = (
    "speaker_kk",
    "speaker_ru",
    "expected_kk",
    "expected_ru",
    "completion_kk",
    "completion_ru",
    "indicator",
    "remark_kk",
    "remark_ru",
)
NAMES = frozenset(field.name for field in fields(RowText))


def plan_content(plan: WorkPlan, items: Iterable[PlanItem]) -> dict[str, Any]:
    """Return what the members agree and the head approves: rows of both sections, and the third (16)."""
    return {
        "year": plan.year,
        "half": plan.half,
        "rows": [asdict(row_text(item)) for item in items],
        "control_kk": plan.control_kk,
        "control_ru": plan.control_ru,
    }


def texts_of(content: Mapping[str, Any]) -> list[RowText]:
    """Return the rows of frozen content."""
    return [RowText(**{name: row[name] for name in NAMES}) for row in content["rows"]]


def approved_plan_version(plan: WorkPlan) -> PlanVersion | None:
    """Return the version of the plan that the head approved, or None."""
    return next((row for row in plan.versions.all() if row.state == PlanVersionState.APPROVED), None)


def version_on_its_way(plan: WorkPlan) -> PlanVersion | None:
    """Return the version that is with the members or with the head, or None."""
    return next((row for row in plan.versions.all() if row.state in ON_ITS_WAY), None)


def rows_of(plan: WorkPlan, approved: PlanVersion | None) -> list[PlanRow]:
    """Return the rows of the plan: of the approved one in its approved words, whatever changed since.

    Rows that the head added later (clause 18) stand after them in their own words.
    """
    frozen = {text.row: text for text in texts_of(approved.content)} if approved else {}
    return [PlanRow(frozen.get(item.pk) or row_text(item), item) for item in items_of(plan)]


def sheet_of(version: PlanVersion, *, today: date) -> list[SheetLine]:
    """Return the agreement sheet: every member but the head, who approves, answered or not (26(5)).

    Remarks that a member changed or took back later stand in `earlier`, the first one first.
    """
    day = timezone.localdate(version.decided_at) if version.decided_at else today
    answers = {row.user_id: row for row in version.agreements.select_related("user", "seat").order_by("pk")}
    holders = holders_on(version.plan.staff, day).filter(seat__votes=True).exclude(seat__role=Role.HEAD)
    lines = [
        (holder.user, holder.seat, answers.pop(holder.user_id, None))
        for holder in holders.select_related("user", "seat")
    ]
    lines += [(row.user, row.seat, row) for row in answers.values()]
    said = _remarks_said(version)
    return [SheetLine(*line, earlier=_earlier(line[2], said)) for line in lines]


def _remarks_said(version: PlanVersion) -> list[tuple[int, str]]:
    """Return every remark ever written on the sheet with the key of its line, in the order of time."""
    rows = Agreement.history.filter(version=version).exclude(remarks="").order_by("history_id")
    return list(rows.values_list("id", "remarks"))


def _earlier(answer: Agreement | None, said: list[tuple[int, str]]) -> tuple[str, ...]:
    if answer is None:
        return ()
    own = dict.fromkeys(remarks for pk, remarks in said if pk == answer.pk)
    return tuple(remarks for remarks in own if remarks != answer.remarks)


def plan_answers(version: PlanVersion, *, today: date) -> PlanAnswers:
    """Return how the members answered on `version` by the local date `today` (clause 26(5))."""
    return answers_of(sheet_of(version, today=today))


def answers_of(sheet: Iterable[SheetLine]) -> PlanAnswers:
    """Return the counts of an agreement sheet."""
    answers = [line.answer for line in sheet]
    given = [answer.agreed for answer in answers if answer is not None]
    return PlanAnswers(sum(given), len(given) - sum(given), len(answers) - len(given))


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return what a later content says otherwise, row by row, in the current language."""
    old = {text.row: text for text in texts_of(before)}
    new = {text.row: text for text in texts_of(after)}
    found = [Difference("removed", text) for key, text in old.items() if key not in new]
    for key, text in new.items():
        if key not in old:
            found.append(Difference("added", text))
        elif changes := _changes(old[key], text):
            found.append(Difference("changed", text, changes))
    return sorted(found, key=lambda row: (row.text.section, row.text.order, row.kind))


def control_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the text of section 3 differs."""
    return any(before[name] != after[name] for name in ("control_kk", "control_ru"))


def _changes(old: RowText, new: RowText) -> tuple[FieldChange, ...]:
    names = {
        "order": _("order"),
        "month": _("month"),
        "kind": _("kind of question"),
        "indicator": _("related indicator"),
        "title": _("title"),
        "agency": _("agency that prepares it"),
        "speaker": _("speaker"),
        "expected": _("expected result"),
        "completion": _("form of completion"),
        "remark": _("remark"),
    }
    return tuple(
        FieldChange(word, _word(old, name), _word(new, name))
        for name, word in names.items()
        if _said(old, name) != _said(new, name)
    )


def _said(text: RowText, name: str) -> object:
    if name in NAMES:
        return getattr(text, name)
    return getattr(text, f"{name}_kk"), getattr(text, f"{name}_ru")


def _word(text: RowText, name: str) -> str:
    if name == "month":
        return month_word(text.month, get_language())
    if name == "kind":
        return str(dict(QuestionKind.choices).get(text.kind, text.kind))
    if name in NAMES:
        value = getattr(text, name)
        return "–" if value is None else str(value)
    return local_text(text, name, get_language())[0] or "–"
