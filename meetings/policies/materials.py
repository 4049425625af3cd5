from collections.abc import Collection

from members.permissions import Actor
from regulation.verdicts import ALLOWED, Verdict, refused


def may_bring(agency_id: int, by: Actor) -> Verdict:
    """An agency brings its own documents; the secretary may bring those of everybody (clause 22)."""
    if by.is_secretary or agency_id in by.organisation_ids:
        return ALLOWED
    return refused("other_agency", "22")


def may_limit(ground: str, readers: Collection[int]) -> Verdict:
    """Access is limited only by a law that is named; without one there is no list of readers."""
    if readers and not ground:
        return refused("restriction_without_law")
    return ALLOWED
