"""What is learnt about an office after its composition was approved: the consent letter and the level."""

from datetime import date, datetime

from django.db import transaction

from members import journal, policies
from members.actions.terms import line_of
from members.actions.versions import lock_versions
from members.models import Seat
from members.permissions import EDIT_COMPOSITION, Actor


@transaction.atomic
def record_consent(
    seat: Seat, *, consent_number: str, consent_date: date | None, rank: str, by: Actor, now: datetime
) -> Seat:
    """Record the consent letter and the level of the office in a seat of an approved version (clause 8).

    The seats that continue it in later approved versions take over what they said alike. Raises Refused.
    """
    EDIT_COMPOSITION.require(by, seat.composition.staff_id)
    lock_versions(by.staff)
    line = line_of(Seat.objects.select_related("composition").get(pk=seat.pk))
    policies.may_record_consent(line[0], consent_number, consent_date).or_raise()
    before = _said(line[0])
    for each in line:
        if _said(each) == before:
            each.consent_number, each.consent_date, each.rank = consent_number, consent_date, rank
            each.save()
    consent = f"№ {consent_number}, {consent_date:%d.%m.%Y}" if consent_number else ""
    facts = {"order": line[0].order, "consent": consent, "level": rank}
    journal.record("seat.consent_recorded", line[0], by=by, now=now, clause="8", **facts)
    return line[0]


def _said(seat: Seat) -> tuple[str, date | None, str]:
    return seat.consent_number, seat.consent_date, seat.rank
