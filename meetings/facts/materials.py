from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from meetings.facts.terms import terms_of
from meetings.models import AgendaItem, AgendaVersion, Dispatch, Material, Meeting, OwedMaterial
from meetings.states import MaterialLanguage
from regulation import terms

LANGUAGES = {
    MaterialLanguage.KAZAKH: {MaterialLanguage.KAZAKH},
    MaterialLanguage.RUSSIAN: {MaterialLanguage.RUSSIAN},
    MaterialLanguage.BOTH: {MaterialLanguage.KAZAKH, MaterialLanguage.RUSSIAN},
}


@dataclass(frozen=True)
class Awaited:
    """A document that an agency owes, and what of it has come; one language is enough (clause 22)."""

    owed: OwedMaterial
    materials: tuple[Material, ...]
    days_late: int

    @property
    def is_missing(self) -> bool:
        return not self.materials

    @property
    def lacks(self) -> str:
        """The language in which the text has not come yet, although it was asked for; no breach by itself."""
        came = {language for row in self.materials for language in LANGUAGES[MaterialLanguage(row.language)]}
        lacking = LANGUAGES[MaterialLanguage(self.owed.language)] - came
        return str(min(lacking)) if came and lacking else ""


@dataclass(frozen=True)
class ItemMaterials:
    """What has come in for one item, how late, and what of it is held back (clause 22).

    `materials` without `held` is what everybody gets: a version that is held back does not hide the one
    before it.
    """

    item: AgendaItem
    materials: tuple[Material, ...]
    held: tuple[Material, ...]
    owed: tuple[OwedMaterial, ...]
    days_late: int
    # Late, and the head has not said yet whether the question stays (clause 22).
    is_undecided: bool
    awaited: tuple[Awaited, ...] = ()
    # Every version that was not withdrawn, and those that were.
    versions: tuple[Material, ...] = ()
    withdrawn: tuple[Material, ...] = ()
    # By the number of a version: days late; and its first version.
    lateness: Mapping[int, int] = field(default_factory=dict)
    roots: Mapping[int, int] = field(default_factory=dict)
    held_back: frozenset[int] = frozenset()
    # The versions that a dispatch carried: what the members read.
    sent: frozenset[int] = frozenset()

    @property
    def is_missing(self) -> bool:
        return bool(self.owed)

    @property
    def is_overdue(self) -> bool:
        return self.is_missing and self.days_late > 0

    def latest(self, versions: Iterable[Material]) -> tuple[Material, ...]:
        """Return of `versions`, in their order, the last of each document."""
        return tuple({self.roots[row.pk]: row for row in versions}.values())


def materials_of(item: AgendaItem, due: date, *, today: date) -> ItemMaterials:
    """Return the materials of `item` (prefetched) against the local due date.

    What came on the due date is in time. While a document is owed the lateness grows with `today`; otherwise
    it is that of the latest one. Each late material is held back from everybody until the head admits it
    (parameter `late_materials`); one that comes after the admission waits for another. What was dispatched is
    never held back, even if the meeting moves to an earlier day.
    """
    rows = sorted(item.materials.all(), key=lambda row: row.pk)
    versions = tuple(row for row in rows if row.withdrawn_at is None)
    roots = _roots(rows)
    lateness = {row.pk: terms.days_late(due, timezone.localdate(row.uploaded_at)) for row in versions}
    hold = item.meeting.procedure.late_materials == "hold"
    sent = frozenset(row.pk for row in rows if row.dispatches.all())
    late = {row.pk for row in versions if lateness[row.pk] and not _is_admitted(item, row)}
    held_back = late - sent if hold else set()
    shown = {roots[row.pk]: row for row in versions if row.pk not in held_back}
    last = {roots[row.pk]: row for row in versions}
    current = {row.pk for row in (*shown.values(), *last.values())}
    materials = tuple(row for row in versions if row.pk in current)
    held = tuple(row for row in materials if row.pk in held_back)
    awaited = tuple(_awaited(row, last.values(), lateness, due, today) for row in item.owed.all())
    owed = tuple(row.owed for row in awaited if row.is_missing)
    days_late = max(
        [*(lateness[row.pk] for row in last.values()), *(row.days_late for row in awaited)], default=0
    )
    is_undecided = bool(held) or (hold and bool(owed) and days_late > 0 and item.admitted_at is None)
    return ItemMaterials(
        item=item,
        materials=materials,
        held=held,
        owed=owed,
        days_late=days_late,
        is_undecided=is_undecided,
        awaited=awaited,
        versions=versions,
        withdrawn=tuple(row for row in rows if row.withdrawn_at is not None),
        lateness=lateness,
        roots=roots,
        held_back=frozenset(held_back),
        sent=sent,
    )


def _roots(rows: Iterable[Material]) -> dict[int, int]:
    """Return by the number of a version that of its document's first one; a later one has a larger number."""
    roots: dict[int, int] = {}
    for row in rows:
        roots[row.pk] = roots.get(row.replaces_id or row.pk, row.pk)
    return roots


def _awaited(
    owed: OwedMaterial, last: Iterable[Material], lateness: Mapping[int, int], due: date, today: date
) -> Awaited:
    came = tuple(row for row in last if row.owed_id == owed.pk)
    days = max((lateness[row.pk] for row in came), default=terms.days_late(due, today))
    return Awaited(owed, came, days)


def _is_admitted(item: AgendaItem, material: Material) -> bool:
    return item.admitted_at is not None and material.uploaded_at <= item.admitted_at


def items_with_materials(meeting: Meeting, *, today: date) -> list[ItemMaterials]:
    """Return the items of `meeting` in order, each with its materials and lateness."""
    due = terms_of(meeting).materials_due
    items = list(meeting.items.for_agenda())
    for item in items:
        item.meeting = meeting
    return [materials_of(item, due, today=today) for item in items]


def is_sent(meeting: Meeting) -> bool:
    """Return whether some version of the agenda went out to the members."""
    return Dispatch.objects.filter(version__meeting=meeting).exists()


def sent_version(meeting: Meeting) -> AgendaVersion | None:
    """Return the latest version of the agenda that went out to the members, or None."""
    sent = AgendaVersion.objects.filter(meeting=meeting, dispatches__isnull=False)
    return sent.order_by("-number").first()
