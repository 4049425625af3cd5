"""The words of the codes in `indicators.py`."""

from django.utils.translation import gettext_lazy as _

from kpi.indicators import Better, Kind

KINDS: dict[Kind, object] = {
    "effort": _("Effort: what the bodies do"),
    "detection": _("Detection: more found is worse news, but better work"),
    "outcome": _("Outcome: what changes for people"),
    "mixed": _("A set: effort and detection are counted apart"),
}
DIRECTIONS: dict[Better, object] = {
    "up": _("Better when it grows"),
    "down": _("Better when it falls"),
    "per_part": _("Each part has its own direction"),
    "none": _("Neither growth nor fall is better"),
}
