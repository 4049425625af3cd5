"""Taking over a checked sheet, all or nothing: the seats of the draft, or people in the seats in force."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import journal
from members.actions.composition import start_composition
from members.actions.seats import seat_person
from members.actions.versions import draft_of, latest_of, lock_versions, locked_draft
from members.facts import TWO_SEATS, rows_of
from members.labels import refusal
from members.models import Composition, Holder, JournalEntry, Organisation, Seat, Staff
from members.models.composition import in_force
from members.permissions import EDIT_COMPOSITION, Actor
from members.sheets.checking import problems_of_people, problems_of_seats, wrong
from members.sheets.columns import PEOPLE, SEATS
from members.sheets.reading import Problem, Row, Sheet, Unreadable
from members.sheets.values import YES
from regulation.verdicts import Refused

NEW, CHANGED, SAME, REMOVED = "new", "changed", "same", "removed"
# What a row says about a seat itself; the organisation comes by its names.
FACTS = ("role", "office_kk", "office_ru", "consent_number", "rank")


@dataclass(frozen=True)
class Change:
    """What a row does: to a seat of the draft, or by seating `name` (before them: `former`)."""

    what: str
    order: int
    office_kk: str
    office_ru: str
    name: str = ""
    former: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do; `is_new_draft`: there was no draft before.

    `in_two_seats` names who holds more than one seat then: nothing is refused because of it.
    """

    kind: str
    version: Composition
    changes: list[Change] = field(default_factory=list)
    is_new_draft: bool = False
    in_two_seats: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, the same, removed."""
        found = Counter(change.what for change in self.changes)
        return {what: found[what] for what in (NEW, CHANGED, SAME, REMOVED)}


def try_import(staff: Staff, sheet: Sheet, *, by: Actor, now: datetime) -> Imported:
    """Return what importing `sheet` would do, and do nothing: the import itself runs and is taken back.

    Raises Unreadable with all that is wrong, and Refused for another role or Staff.
    """
    with transaction.atomic():
        done = _import(staff, sheet, key="", by=by, now=now)
        transaction.set_rollback(True)
    return done


@transaction.atomic
def import_sheet(staff: Staff, sheet: Sheet, *, key: str, by: Actor, now: datetime) -> Imported | None:
    """Import `sheet` and return what was done; None where the sheet known by `key` is imported already.

    Of the kind "seats" it fills the draft of the composition, which is started where there is none: the
    seats of an approved version never change (clause 11). "people" seats people into the one in force.
    Raises Unreadable with all that is wrong, nothing is kept then, and Refused for another role or Staff.
    """
    EDIT_COMPOSITION.require(by, staff.pk)
    lock_versions(staff)
    if JournalEntry.objects.filter(staff=staff, act="composition.imported", data__key=key).exists():
        return None
    return _import(staff, sheet, key=key, by=by, now=now)


def _import(staff: Staff, sheet: Sheet, *, key: str, by: Actor, now: datetime) -> Imported:
    EDIT_COMPOSITION.require(by, staff.pk)
    lock_versions(staff)
    act: Callable[..., Imported] = {SEATS: _import_seats, PEOPLE: _import_people}[sheet.kind]
    done = act(staff, sheet, by=by, now=now)
    facts = {"kind": sheet.kind, "key": key, **done.counts}
    journal.record("composition.imported", done.version, by=by, now=now, clause="11", **facts)
    return done


def _import_seats(staff: Staff, sheet: Sheet, *, by: Actor, now: datetime) -> Imported:
    rows = sheet.rows
    _raise(sheet.problems + problems_of_seats(staff, rows))
    draft = draft_of(Composition, staff)
    is_new = draft is None
    draft = draft or start_composition(staff, by=by, now=now, today=timezone.localdate(now))
    draft = locked_draft(draft, by)
    before = list(draft.seats.select_related("organisation").order_by("order"))
    former = latest_of(Composition, staff)
    in_former = list(former.seats.select_related("organisation").order_by("order")) if former else []
    draft.seats.all().delete()
    changes = []
    continued: set[int] = set()
    for row, seat in _matched(rows, before):
        continues = seat.continues if seat else _of_former(row, in_former, continued)
        if continues is not None:
            continued.add(continues.pk)
        made = _make(draft, row, continues)
        what = NEW if seat is None else SAME if _told(seat) == _told(made) else CHANGED
        changes.append(_change(what, made))
    kept = {seat.pk for _row, seat in _matched(rows, before) if seat}
    changes += [_change(REMOVED, seat) for seat in before if seat.pk not in kept]
    return Imported(SEATS, draft, changes, is_new_draft=is_new)


def _make(draft: Composition, row: Row, continues: Seat | None) -> Seat:
    cells = row.cells
    organisation, _created = Organisation.objects.get_or_create(
        staff=draft.staff,
        name_kk=cells["organisation_kk"],
        defaults={
            "name_ru": cells["organisation_ru"],
            "by_agreement": cells["by_agreement"] == YES,
        },
    )
    return Seat.objects.create(
        composition=draft,
        continues=continues,
        order=int(cells["order"]),
        organisation=organisation,
        by_agreement=cells["by_agreement"] == YES,
        votes=cells["votes"] == YES,
        consent_date=_day(cells["consent_date"]),
        **{name: cells[name] for name in FACTS},
    )


def _matched(rows: Sequence[Row], seats: Sequence[Seat]) -> list[tuple[Row, Seat | None]]:
    """Pair each row with the seat it goes on: the same office of the same organisation; else the same place
    in the order and the same organisation, for an office that is only called otherwise."""
    by_office = {_office(seat): seat for seat in seats}
    by_place = {(seat.order, seat.organisation.name_kk): seat for seat in seats}
    exact = {row.number: by_office.pop(_office_of(row), None) for row in rows}
    taken = {seat.pk for seat in exact.values() if seat}
    found = []
    for row in rows:
        seat = exact[row.number] or by_place.get((int(row.cells["order"]), row.cells["organisation_kk"]))
        if seat and not exact[row.number]:
            seat = None if seat.pk in taken else seat
        if seat:
            taken.add(seat.pk)
        found.append((row, seat))
    return found


def _of_former(row: Row, seats: Sequence[Seat], continued: set[int]) -> Seat | None:
    same = (seat for seat in seats if _office(seat) == _office_of(row) and seat.pk not in continued)
    return next(same, None)


def _office(seat: Seat) -> tuple[str, str]:
    return seat.organisation.name_kk.casefold(), seat.office_kk.casefold()


def _office_of(row: Row) -> tuple[str, str]:
    return row.cells["organisation_kk"].casefold(), row.cells["office_kk"].casefold()


def _told(seat: Seat) -> tuple[object, ...]:
    names = ("order", "organisation_id", "by_agreement", "votes", "consent_date", *FACTS)
    return tuple(getattr(seat, name) for name in names)


def _change(what: str, seat: Seat, **facts: object) -> Change:
    return Change(what, seat.order, seat.office_kk, seat.office_ru, **facts)  # type: ignore[arg-type]


def _import_people(staff: Staff, sheet: Sheet, *, by: Actor, now: datetime) -> Imported:
    today = timezone.localdate(now)
    version = Composition.objects.filter(in_force(today), staff=staff).first()
    if version is None:
        raise Unreadable(Problem(_("No composition is in force today, so there are no seats to fill.")))
    seats = {str(seat.order): seat for seat in version.seats.select_related("composition")}
    _raise(sheet.problems + problems_of_people(sheet.rows, seats))
    problems, changes = [], []
    for row in sheet.rows:
        try:
            with transaction.atomic():
                changes.append(_seat(seats[row.cells["order"]], row, by=by, now=now))
        except Refused as answer:
            problems.append(wrong(row, "since", refusal(answer.verdict)))
    _raise(problems)
    return Imported(PEOPLE, version, changes, in_two_seats=_in_two_seats(version, changes, today))


def _in_two_seats(version: Composition, changes: Iterable[Change], today: date) -> tuple[str, ...]:
    """Return the names of who holds more than one seat, today or on the last first day among the changes."""
    day = max([today, *(change.since for change in changes if change.since)])
    rows = rows_of(version, day)
    found = {row.holder.user.name for row in rows if row.holder and TWO_SEATS in row.warnings}
    return tuple(sorted(found))


def _seat(seat: Seat, row: Row, *, by: Actor, now: datetime) -> Change:
    cells = row.cells
    since, acting = _day(cells["since"]), _day(cells["acting_date"])
    assert since is not None  # noqa: S101 - the column is required
    former = Holder.objects.on(since).filter(seat=seat).first()
    known_facts = (
        (former.user.email, former.since, former.acting_number, former.acting_date) if former else ()
    )
    if known_facts == (cells["email"], since, cells["acting_number"], acting):
        return _change(SAME, seat, name=cells["name"], since=since)
    seat_person(
        seat,
        email=cells["email"],
        name=cells["name"],
        since=since,
        acting_number=cells["acting_number"],
        acting_date=acting,
        by=by,
        now=now,
    )
    what = CHANGED if former else NEW
    return _change(what, seat, name=cells["name"], former=former.user.name if former else "", since=since)


def _raise(problems: Iterable[Problem]) -> None:
    found = sorted(problems, key=lambda problem: problem.row)
    if found:
        raise Unreadable(*found)


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None
