"""What is common to versions by act, of the composition and of the regulation (clause 11).

Whoever changes a version locks its Staff first, so two people, two tabs and a retry give one result.
"""

from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from members import facts, journal, policies, uploads
from members.models import Composition, Regulation, Staff
from members.permissions import EDIT_COMPOSITION, EDIT_REGULATION, Actor, Permission
from members.uploads import Upload
from regulation.verdicts import Refused, refused

Version = TypeVar("Version", Composition, Regulation)
EDIT: dict[type, Permission] = {Composition: EDIT_COMPOSITION, Regulation: EDIT_REGULATION}


def draft_of(model: type[Version], staff: Staff) -> Version | None:
    """Return the draft of `staff`, or None."""
    return model.objects.filter(staff=staff, approved_at__isnull=True).first()


def latest_of(model: type[Version], staff: Staff) -> Version | None:
    """Return the approved version that begins last: the one that a new version follows; or None."""
    approved = model.objects.filter(staff=staff, approved_at__isnull=False)
    return approved.order_by("-in_force_from").first()


def following(version: Version) -> Version | None:
    """Return the approved version of the same Staff that comes next after an approved one, or None."""
    later = type(version).objects.filter(
        staff=version.staff_id, approved_at__isnull=False, in_force_from__gt=version.in_force_from
    )
    return later.order_by("in_force_from").first()


def lock_versions(staff: Staff) -> None:
    """Lock the versions of a Staff until the end of the transaction."""
    Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)


def locked(version: Version, by: Actor) -> Version:
    """Return the version as it is now, its Staff locked. Raises Refused for another role or Staff."""
    model = type(version)
    EDIT[model].require(by, version.staff_id)
    lock_versions(version.staff)
    fresh = model.objects.select_related("staff").filter(pk=version.pk).first()
    if fresh is None:
        raise Refused(refused("draft_gone", "11"))
    return fresh


def locked_draft(version: Version, by: Actor) -> Version:
    """Return a draft as it is now, its Staff locked. Raises Refused once it is approved or discarded."""
    fresh = locked(version, by)
    if fresh.approved_at is not None:
        raise Refused(refused("draft_gone", "11"))
    return fresh


def first_day(former: Composition | Regulation | None, *, today: date) -> date:
    """Return the day on which a new draft begins until somebody says otherwise."""
    if former is None:
        return today
    return max(today, (former.in_force_until or former.in_force_from) + timedelta(days=1))


def record(act: str, version: Composition | Regulation, *, by: Actor, now: datetime, **data: object) -> None:
    """Write the journal of a version: `composition.approved`, `regulation.approved` and so on."""
    code = f"{version._meta.model_name}.{act}"
    journal.record(code, version, by=by, now=now, clause="11", **data)


@transaction.atomic
def edit_act(
    version: Version,
    *,
    by: Actor,
    now: datetime,
    act_number: str,
    act_date: date | None,
    in_force_from: date,
    act_file: Upload | None = None,
) -> Version:
    """Write down the act of a draft and the day from which it is in force. Raises Refused."""
    draft = locked_draft(version, by)
    policies.is_act_dated(act_date, today=timezone.localdate(now)).or_raise()
    policies.may_begin_on(in_force_from, latest_of(type(draft), draft.staff)).or_raise()
    draft.act_number, draft.act_date, draft.in_force_from = act_number, act_date, in_force_from
    _keep_file(draft, act_file)
    draft.save()
    record("act_written", draft, by=by, now=now, **act_facts(draft))
    return draft


@transaction.atomic
def complete_act(
    version: Version,
    *,
    by: Actor,
    now: datetime,
    act_number: str = "",
    act_date: date | None = None,
    act_file: Upload | None = None,
) -> Version:
    """Fill in, once, what the act of an approved version lacked: number, date, file. Raises Refused."""
    row = locked(version, by)
    given = {"act_number": act_number, "act_date": act_date, "act_file": act_file}
    filled = [name for name, value in given.items() if value]
    policies.may_complete_act(row, filled).or_raise()
    policies.is_act_dated(act_date, today=timezone.localdate(now)).or_raise()
    row.act_number, row.act_date = row.act_number or act_number, row.act_date or act_date
    _keep_file(row, act_file)
    row.save()
    record("act_completed", row, by=by, now=now, **act_facts(row))
    return row


@transaction.atomic
def discard(version: Version, *, by: Actor, now: datetime) -> None:
    """Throw a draft away; its history and the journal keep that it was there. Raises Refused."""
    draft = locked_draft(version, by)
    discarded = draft.pk
    draft.delete()
    draft.pk = discarded
    record("discarded", draft, by=by, now=now, in_force_from=draft.in_force_from)


def approve(version: Version, *, seen: str, by: Actor, now: datetime) -> tuple[Version, Version | None]:
    """Put a draft in force and close the former version the day before; return both.

    Runs inside the transaction of an action, after `locked_draft`; `seen` is the `facts.content_hash` of the
    text that was read. Raises Refused.
    """
    policies.is_as_seen(seen, facts.content_hash(version)).or_raise()
    former = latest_of(type(version), version.staff)
    policies.may_begin_on(version.in_force_from, former).or_raise()
    policies.is_act_dated(version.act_date, today=timezone.localdate(now)).or_raise()
    before = facts.body_hash(former) if former is not None else ""
    policies.changes_something(former, before, facts.body_hash(version)).or_raise()
    if former is not None and former.in_force_until is None:
        former.in_force_until = version.in_force_from - timedelta(days=1)
        former.save()
    version.approved_at, version.approved_by = now, by.person
    version.save()
    return version, former


def act_facts(version: Composition | Regulation) -> dict[str, object]:
    """Return what the journal keeps of an act."""
    return {
        "act_number": version.act_number,
        "act_date": version.act_date,
        "in_force_from": version.in_force_from,
    }


def _keep_file(version: Composition | Regulation, upload: Upload | None) -> None:
    if upload is None:
        return
    checked = uploads.check(upload, pdf_only=True)
    version.act_file.save(checked.file_name, upload, save=False)
