"""How much the streams of a PDF unpack to: counted no further than the limit, and never kept."""

import zlib
from typing import Any

from pypdf.filters import ASCII85Decode, ASCIIHexDecode
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

MAX_DOTS = 150_000_000
MAX_STREAM, MAX_ALL = 250 * 1024 * 1024, 1024 * 1024 * 1024
FED, TAKEN = 64 * 1024, 1024 * 1024
FLATE = {"/FlateDecode", "/Fl"}
UNPACKING = {*FLATE, "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
TEXTS: dict[str, Any] = {
    "/ASCII85Decode": ASCII85Decode,
    "/A85": ASCII85Decode,
    "/ASCIIHexDecode": ASCIIHexDecode,
    "/AHx": ASCIIHexDecode,
}


def is_large_picture(entry: DictionaryObject) -> bool:
    """Return whether the object is a picture of more dots than any scan."""
    sides = entry.get("/Width"), entry.get("/Height")
    return all(isinstance(side, int | float) for side in sides) and sides[0] * sides[1] > MAX_DOTS  # type: ignore[operator]


class Room:
    """How many bytes the streams of one document may still unpack to."""

    def __init__(self) -> None:
        self.left = MAX_ALL

    def takes(self, stream: StreamObject) -> bool:
        """Return whether `stream` fits; one that is packed twice does not."""
        filters = _filters(stream)
        if sum(name in UNPACKING for name in filters) > 1:
            return False
        if not any(name in FLATE for name in filters):
            return True
        limit = min(MAX_STREAM, self.left)
        size = _unpacked(_packed(stream, filters), limit)
        self.left -= size
        return size <= limit


def _filters(stream: StreamObject) -> list[str]:
    found: Any = stream.get("/Filter")
    if isinstance(found, ArrayObject):
        return [str(name.get_object()) for name in found]
    return [] if found is None else [str(found)]


def _packed(stream: StreamObject, filters: list[str]) -> bytes:
    """Return what is deflated, out of the letters that it may be written in."""
    data: bytes = stream._data  # noqa: SLF001 - pypdf gives what is packed by no other name
    for name in filters:
        if name not in TEXTS:
            break
        data = TEXTS[name].decode(data)
    return data


def _unpacked(data: bytes, limit: int) -> int:
    """Return to how many bytes `data` inflates, counting only until it is more than `limit`."""
    inflating, size = zlib.decompressobj(), 0
    for start in range(0, len(data), FED):
        rest = data[start : start + FED]
        while rest and size <= limit:
            try:
                size += len(inflating.decompress(rest, TAKEN))
            except zlib.error:
                # The rest is damaged: no program reads it either.
                return size
            rest = inflating.unconsumed_tail
        if inflating.eof or size > limit:
            break
    return size
