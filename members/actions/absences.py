from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from members import journal, letters, notices, permissions, policies
from members.models import Absence, Staff, User
from members.notices import Message, to_user
from members.permissions import Actor, holders_on
from members.states import Role
from regulation.verdicts import Refused, refused


@transaction.atomic
def record_absence(
    staff: Staff, *, since: date, until: date, ground: str, deputy: User, by: Actor, now: datetime
) -> Absence:
    """Record that the head is away on those local days and which deputy performs his duties (clause 25(3)).

    The deputy, the head and the secretary are told. Raises Refused.
    """
    permissions.RECORD_ABSENCE.require(by, staff.pk)
    _lock(staff)
    today = timezone.localdate(now)
    policies.may_record_absence(
        by,
        deputies_on(staff, today),
        Absence.objects.filter(staff=staff, since__lte=until, until__gte=since).first(),
        since=since,
        until=until,
        deputy=deputy,
        today=today,
    ).or_raise()
    absence = Absence.objects.create(staff=staff, since=since, until=until, ground=ground, deputy=deputy)
    _tell(absence, "absence.recorded", str(absence.pk), letters.absence_recorded(absence), now=now)
    data = {"since": since, "until": until, "ground": ground, "name": deputy.name}
    journal.record("absence.recorded", absence, by=by, now=now, clause="25.3", **data)
    return absence


@transaction.atomic
def end_absence(absence: Absence, *, last_day: date, by: Actor, now: datetime) -> Absence:
    """Shorten an absence to the local date `last_day`; one that begins later than today and than that day is
    cancelled, one that begins today lasts the day: the deputy may have acted under it.

    From the next day the head acts himself (clause 25(3)). The deputy, the head and the secretary are
    told. Raises Refused.
    """
    permissions.RECORD_ABSENCE.require(by, absence.staff_id)
    _lock(absence.staff)
    current = Absence.objects.select_related("staff", "deputy").filter(pk=absence.pk).first()
    if current is None:
        raise Refused(refused("absence_cancelled", "25.3"))
    today = timezone.localdate(now)
    if current.since == today:
        last_day = max(last_day, today)
    policies.may_end_absence(current, last_day=last_day, today=today).or_raise()
    if last_day < current.since:
        return _cancel(current, by=by, now=now)
    current.until = last_day
    current.save()
    stage = f"{current.pk}:{last_day.isoformat()}"
    _tell(current, "absence.ended", stage, letters.absence_ended(current, last_day), now=now)
    data = {"since": current.since, "until": last_day, "name": current.deputy.name}
    journal.record("absence.ended", current, by=by, now=now, clause="25.3", **data)
    return current


def _cancel(absence: Absence, *, by: Actor, now: datetime) -> Absence:
    """Take an absence off that has not begun; the history and the journal keep it."""
    cancelled = absence.pk
    absence.delete()
    absence.pk = cancelled
    _tell(absence, "absence.cancelled", str(cancelled), letters.absence_cancelled(absence), now=now)
    data = {"since": absence.since, "until": absence.until, "name": absence.deputy.name}
    journal.record("absence.cancelled", absence, by=by, now=now, clause="25.3", **data)
    return absence


def deputies_on(staff: Staff, day: date) -> list[User]:
    """Return who holds a seat of a deputy head on `day`, in the order of the composition (clause 25(3))."""
    holders = holders_on(staff, day).filter(seat__role=Role.DEPUTY_HEAD)
    return [holder.user for holder in holders]


def _lock(staff: Staff) -> None:
    """Two absences recorded at once wait for each other, so that the second one meets the first."""
    Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)


def _tell(absence: Absence, event: str, key: str, message: Message, *, now: datetime) -> None:
    holders = holders_on(absence.staff, timezone.localdate(now))
    people = {holder.user for holder in holders.filter(seat__role__in=(Role.HEAD, Role.SECRETARY))}
    recipients = [to_user(user) for user in sorted(people | {absence.deputy}, key=lambda user: user.pk)]
    notices.send(absence.staff, event, f"{event}:{key}", message, recipients, now=now)
