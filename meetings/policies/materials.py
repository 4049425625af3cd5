from collections.abc import Collection

from meetings.models import Material, OwedMaterial
from members.permissions import Actor
from regulation.verdicts import ALLOWED, Verdict, refused


def may_bring(agency_id: int, by: Actor) -> Verdict:
    """An agency brings its own documents; the secretary may bring those of everybody (clause 22)."""
    if by.is_secretary or agency_id in by.organisation_ids:
        return ALLOWED
    return refused("other_agency", "22")


def is_in_use(material: Material) -> Verdict:
    """What was withdrawn stays as it was: nobody is shown it any more."""
    return ALLOWED if material.withdrawn_at is None else refused("document_withdrawn", "22")


def is_same_awaited(owed: OwedMaterial, version: int) -> Verdict:
    """Nobody writes over what another window saved meanwhile."""
    if owed.version == version:
        return ALLOWED
    said = f"«{owed}», {owed.agency.name_kk}"
    return refused("awaited_edited_meanwhile", "22", said=said)


def is_kept_alike(kept: Material, ground: str) -> Verdict:
    """The very file that is kept already is not sent again to limit, or to open, the access to it (22)."""
    if kept.restricted_ground == ground:
        return ALLOWED
    return refused("file_kept_otherwise", "22", title=kept.title)


def may_limit(ground: str, readers: Collection[int]) -> Verdict:
    """Access is limited only by a law that is named; without one there is no list of readers."""
    if readers and not ground:
        return refused("restriction_without_law")
    return ALLOWED
