from protocols.models.dissent import DissentingOpinion
from protocols.models.documents import Edition, ProtocolDocument, Signature
from protocols.models.protocol import Point, Protocol, ProtocolItem

__all__ = [
    "DissentingOpinion",
    "Edition",
    "Point",
    "Protocol",
    "ProtocolDocument",
    "ProtocolItem",
    "Signature",
]
