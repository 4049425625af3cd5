"""What the rows say: computed once here, for the page, the paper, the letter and the journal alike."""

from meetings.facts.agenda import (
    agenda_content,
    content_hash,
    frozen_agenda,
    item_content,
    materials_state,
    starts_of,
)
from meetings.facts.answers import Forecast, forecast
from meetings.facts.approved import (
    Guest,
    approved_guests,
    as_approved,
    draft_guests,
    guest_of,
    guests_in,
)
from meetings.facts.candidates import Candidate, candidates
from meetings.facts.dispatch import (
    Addressee,
    Parcel,
    Proof,
    ProofRow,
    Sending,
    addressees_of,
    is_sent_as_approved,
    orders_for,
    orders_of,
    parcel_of,
    proofs_of,
    sending_of,
    unopened_count,
)
from meetings.facts.initiative import Standing, electoral_of, standing_of, standings
from meetings.facts.materials import (
    Awaited,
    ItemMaterials,
    is_sent,
    items_with_materials,
    materials_of,
    sent_version,
)
from meetings.facts.pack import PackDocument, pack_documents, pack_fingerprint
from meetings.facts.plans import plan_answers, plan_content
from meetings.facts.quarter import QuarterState, breached_quarters, has_regular_in_quarter, quarter_state
from meetings.facts.session import Roll, ballot_of, chair_vote, roll, tally
from meetings.facts.terms import Terms, terms_for, terms_of
from meetings.facts.timeline import REMINDERS, Entry, timeline

__all__ = [
    "REMINDERS",
    "Addressee",
    "Awaited",
    "Candidate",
    "Entry",
    "Forecast",
    "Guest",
    "ItemMaterials",
    "PackDocument",
    "Parcel",
    "Proof",
    "ProofRow",
    "QuarterState",
    "Roll",
    "Sending",
    "Standing",
    "Terms",
    "addressees_of",
    "agenda_content",
    "approved_guests",
    "as_approved",
    "ballot_of",
    "breached_quarters",
    "candidates",
    "chair_vote",
    "content_hash",
    "draft_guests",
    "electoral_of",
    "forecast",
    "frozen_agenda",
    "guest_of",
    "guests_in",
    "has_regular_in_quarter",
    "is_sent",
    "is_sent_as_approved",
    "item_content",
    "items_with_materials",
    "materials_of",
    "materials_state",
    "orders_for",
    "orders_of",
    "pack_documents",
    "pack_fingerprint",
    "parcel_of",
    "plan_answers",
    "plan_content",
    "proofs_of",
    "quarter_state",
    "roll",
    "sending_of",
    "sent_version",
    "standing_of",
    "standings",
    "starts_of",
    "tally",
    "terms_for",
    "terms_of",
    "timeline",
    "unopened_count",
]
