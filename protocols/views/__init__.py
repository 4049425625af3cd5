"""Pages about protocols: fetch what the person may see, call one action, answer."""

from protocols.views.dissent import dissent
from protocols.views.editing import draw_up, edit, make, send, take_back
from protocols.views.reading import decisions, detail, pdf, register
from protocols.views.signing import return_it, sign

__all__ = [
    "decisions",
    "detail",
    "dissent",
    "draw_up",
    "edit",
    "make",
    "pdf",
    "register",
    "return_it",
    "send",
    "sign",
    "take_back",
]
