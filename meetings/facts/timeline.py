from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Prefetch, Q
from django.utils import timezone

from meetings.facts.materials import ItemMaterials, items_with_materials
from meetings.facts.terms import Terms, terms_of
from meetings.models import AgendaVersion, Delivery, Dispatch, Meeting
from meetings.states import AgendaState, Stage, State
from members.models import JournalEntry, Notice
from regulation.terms import days_late

# Days before the material's own term at which who still owes it is reminded (clause 22).
REMINDERS = (5, 2, 1, 0)
END = datetime.max.replace(tzinfo=UTC)
NOTICES = ("meeting.scheduled", "material.owed", "material.late", "material.held", "pack.due")


@dataclass(frozen=True)
class Entry:
    """One stage of the preparation: its local date by the terms, and when and to whom it happened.

    `state` is "done", "late" (happened or stands after its term), "ahead" or "silent" (its day passed and
    nobody had to be told). `subject` is the number that the stage is about: days before a term, a version,
    a question.
    """

    stage: Stage
    planned: date | None
    happened: datetime | None
    state: str
    recipients: tuple[str, ...] = ()
    days_late: int = 0
    note: str = ""
    subject: int | None = None

    @property
    def on(self) -> date:
        """The day at which it stands on the timeline: that of the event, else that of the term."""
        if self.happened is not None:
            return timezone.localdate(self.happened)
        return self.planned or date.max

    @property
    def at(self) -> tuple[date, datetime]:
        """Its place: the day and the moment; a term that nothing met stands at the end of its day."""
        return self.on, self.happened or END


@dataclass(frozen=True)
class _Told:
    """What was told about the stages of a meeting, and when, by the prefix of its key."""

    notices: tuple[Notice, ...]

    def under(self, prefix: str, part: str = "") -> tuple[datetime | None, tuple[str, ...]]:
        """Return the first moment and the names; `part` stands after the number of any question."""
        rows = [row for row in self.notices if row.key.startswith(prefix) and part in row.key]
        moment = min((row.created_at for row in rows), default=None)
        return moment, tuple(dict.fromkeys(row.name for row in rows))


def timeline(meeting: Meeting, *, today: date) -> list[Entry]:
    """Return all stages of the terms of a meeting by their days, in a fixed number of queries.

    What was told for a former date of a meeting that was moved is not shown: its keys carry that date. Of a
    cancelled meeting only what happened is left.
    """
    terms = terms_of(meeting)
    told = _told(meeting)
    rows = items_with_materials(meeting, today=today)
    entries = [_scheduled(meeting, told)]
    if not meeting.is_urgent:
        entries += _reminders(meeting, terms, told, today)
    entries += [
        _materials(meeting, terms, told, rows, today),
        *_admitted(rows),
        *_agenda(meeting, terms, today),
    ]
    entries += [*_circulation(meeting, terms, told, today), _announced(meeting, terms, today)]
    entries += [_held(meeting), *_protocol(meeting, terms, today)]
    if meeting.state == State.CANCELLED:
        entries = [entry for entry in entries if entry.happened is not None] + [_cancelled(meeting)]
    order = list(Stage)
    return sorted(entries, key=lambda each: (each.at, order.index(each.stage), each.subject or 0))


def _told(meeting: Meeting) -> _Told:
    about = Q()
    for event in NOTICES:
        about |= Q(key__startswith=f"{event}:{meeting.pk}:")
    return _Told(tuple(Notice.objects.filter(about).order_by("created_at", "pk")))


def _scheduled(meeting: Meeting, told: _Told) -> Entry:
    acts = JournalEntry.objects.filter(
        object_type="meetings.meeting", object_id=meeting.pk, act="meeting.scheduled"
    )
    first = acts.order_by("sequence").first()
    names = told.under(f"meeting.scheduled:{meeting.pk}:")[1]
    return Entry(Stage.SCHEDULED, None, first.at if first else None, "done", names)


def _reminders(meeting: Meeting, terms: Terms, told: _Told, today: date) -> Iterator[Entry]:
    for left in REMINDERS:
        day = terms.materials_due - timedelta(days=left)
        # What was told about a question that was taken off later stays told.
        moment, names = told.under(f"material.owed:{meeting.pk}:", f":{terms.materials_due}:{left}:")
        state = "done" if moment else "silent" if day < today else "ahead"
        yield Entry(Stage.REMINDER, day, moment, state, names, subject=left)


def _materials(meeting: Meeting, terms: Terms, told: _Told, rows: list[ItemMaterials], today: date) -> Entry:
    late = [row for row in rows if row.days_late]
    names = told.under(f"material.late:{meeting.pk}:", f":{terms.materials_due}:")[1]
    state = "late" if late else "done" if terms.materials_due < today else "ahead"
    return Entry(
        Stage.MATERIALS,
        terms.materials_due,
        None,
        state,
        names,
        days_late=max((row.days_late for row in late), default=0),
        note=", ".join(str(row.item.order) for row in late),
    )


def _admitted(rows: list[ItemMaterials]) -> Iterator[Entry]:
    for row in rows:
        if row.item.admitted_at is not None:
            item = row.item
            yield Entry(
                Stage.ADMITTED, None, item.admitted_at, "done", note=item.admitted_reason, subject=item.order
            )


def _agenda(meeting: Meeting, terms: Terms, today: date) -> Iterator[Entry]:
    versions = list(AgendaVersion.objects.filter(meeting=meeting).order_by("number"))
    for version in versions:
        yield Entry(Stage.SUBMITTED, None, version.submitted_at, "done", subject=version.number)
        if version.state in (AgendaState.APPROVED, AgendaState.RETURNED):
            approved = version.state == AgendaState.APPROVED
            stage = Stage.APPROVED if approved else Stage.RETURNED
            yield Entry(stage, None, version.decided_at, "done", subject=version.number)
    if not any(version.state == AgendaState.APPROVED for version in versions):
        late = days_late(terms.circulation_due, today)
        state = "late" if late else "ahead"
        yield Entry(Stage.APPROVED, terms.circulation_due, None, state, days_late=late)


def _circulation(meeting: Meeting, terms: Terms, told: _Told, today: date) -> Iterator[Entry]:
    deliveries = Delivery.objects.select_related("notice").order_by("pk")
    sent = list(
        Dispatch.objects.filter(version__meeting=meeting)
        .select_related("version")
        .prefetch_related(Prefetch("deliveries", deliveries))
        .order_by("sent_at", "pk")
    )
    due = terms.circulation_due
    late = sent[0].days_late if sent else days_late(due, today)
    names = told.under(f"pack.due:{meeting.pk}:{due}:")[1]
    state = "late" if late else "done" if sent else "ahead"
    yield Entry(Stage.CIRCULATION, due, None, state, names, days_late=late)
    for row in sent:
        yield Entry(
            Stage.SUPPLEMENTED if row.number > 1 else Stage.DISPATCHED,
            None,
            row.sent_at,
            "late" if row.days_late else "done",
            tuple(dict.fromkeys(each.notice.name for each in row.deliveries.all())),
            days_late=row.days_late,
            note=row.late_reason,
            subject=row.version.number,
        )


def _announced(meeting: Meeting, terms: Terms, today: date) -> Entry:
    due, made = terms.announcement_due, meeting.announced_at
    late = ((timezone.localdate(made) if made else today) - due).days
    state = "late" if late > 0 else "done" if made else "ahead"
    return Entry(Stage.ANNOUNCED, due, made, state, days_late=max(late, 0))


def _cancelled(meeting: Meeting) -> Entry:
    return Entry(Stage.CANCELLED, None, meeting.cancelled_at, "done", note=meeting.cancel_reason)


def _held(meeting: Meeting) -> Entry:
    return Entry(Stage.MEETING, meeting.day, meeting.opened_at, "done" if meeting.opened_at else "ahead")


def _protocol(meeting: Meeting, terms: Terms, today: date) -> Iterator[Entry]:
    if meeting.state != State.NO_QUORUM:
        is_past = terms.has_ended and terms.protocol_due < today
        yield Entry(Stage.PROTOCOL, terms.protocol_due, None, "silent" if is_past else "ahead")
