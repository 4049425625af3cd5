"""What the rows say: computed once here, for the page, the paper, the letter and the journal alike."""

from meetings.facts.agenda import agenda_content, content_hash, item_content
from meetings.facts.materials import ItemMaterials, is_sent, items_with_materials, materials_of
from meetings.facts.session import Roll, ballot_of, chair_vote, roll, tally
from meetings.facts.terms import Terms, has_regular_in_quarter, terms_for, terms_of

__all__ = [
    "ItemMaterials",
    "Roll",
    "Terms",
    "agenda_content",
    "ballot_of",
    "chair_vote",
    "content_hash",
    "has_regular_in_quarter",
    "is_sent",
    "item_content",
    "items_with_materials",
    "materials_of",
    "roll",
    "tally",
    "terms_for",
    "terms_of",
]
