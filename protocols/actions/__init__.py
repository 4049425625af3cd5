"""What people do about protocols: check, lock, change, journal and notices in one transaction."""

from meetings.points import PointText
from protocols.actions.dissent import file_dissent
from protocols.actions.drawing_up import draw_up, save_item
from protocols.actions.sending import render_documents, return_protocol, send_for_signature, take_back
from protocols.actions.sign import sign
from protocols.actions.sweep import sweep

__all__ = [
    "PointText",
    "draw_up",
    "file_dissent",
    "render_documents",
    "return_protocol",
    "save_item",
    "send_for_signature",
    "sign",
    "sweep",
    "take_back",
]
