"""JPEG and PNG: a picture that opens, and nothing else."""

import re
import struct
from typing import IO

from PIL import Image, UnidentifiedImageError

# A phone puts more than one view into a JPEG; it is MPO then.
FORMATS = {".jpg": ("JPEG", "MPO"), ".jpeg": ("JPEG", "MPO"), ".png": ("PNG",)}
# An A3 page scanned at 400 dots an inch has 31 million; a bomb has hundreds.
MAX_PIXELS = 50_000_000
# What a browser or a reader would take for another kind of file, wherever in the picture it stands.
OTHER_KINDS = re.compile(
    rb"<(script|html|body|iframe)\b|<(svg|object|embed)[\s>]|<!(doctype|entity)|<\?php|%PDF-\d"
    rb"|PK\x05\x06\x00\x00|<[a-z]{1,20}[\s/][^<>]{0,200}\bon[a-z]{3,20}\s*=",
    re.IGNORECASE,
)
# What may not begin behind the end of a picture: archives, programs, scripts, markup. Other data of makers
# (a second view, a film, settings of the camera) phones do put there.
BEHIND = (
    b"Rar!", b"7z\xbc\xaf", b"PK", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF", b"MZ", b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF", b"%!PS", b"#!", b"@echo", b"<",
)  # fmt: skip
# In the dots of a JPEG a mark follows 0xFF, except after these bytes, which belong to the dots.
NEXT_MARK = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
JPEG, JPEG_END = b"\xff\xd8", 0xD9
PNG_START = 8
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error)


def problem(stream: IO[bytes], suffix: str) -> str:
    """Return the code of what is wrong with a picture, or nothing."""
    try:
        with Image.open(stream, formats=["JPEG", "PNG"]) as picture:
            if picture.format not in FORMATS[suffix]:
                return "file_type"
            if picture.width * picture.height > MAX_PIXELS:
                return "file_picture_large"
            picture.load()
    except BOMBS:
        return "file_picture_large"
    except UnidentifiedImageError:
        return "file_type"
    except BROKEN:
        return "file_broken"
    stream.seek(0)
    content = stream.read()
    try:
        behind = content[_end_of_png(content) :] if suffix == ".png" else _behind_jpegs(content)
    except BROKEN:
        return "file_broken"
    is_two = behind.lstrip(b"\0 \t\r\n").startswith(BEHIND) or OTHER_KINDS.search(content)
    return "file_two_kinds" if is_two else ""


def _behind_jpegs(content: bytes) -> bytes:
    """Return what stands behind the end of a JPEG and of the other views of it that follow (MPF)."""
    while content.startswith(JPEG):
        content = content[_end_of_jpeg(content) :].lstrip(b"\0")
    return content


def _end_of_jpeg(content: bytes) -> int:
    """Return where a JPEG really ends, by its marks; raises ValueError or struct.error when it does not."""
    at = len(JPEG)
    while True:
        found = NEXT_MARK.search(content, at)
        if found is None:
            raise ValueError("no end")
        mark = content[found.start() + 1]
        if mark == JPEG_END:
            return found.end()
        # The length of a segment counts itself; behind the header of the dots come the dots.
        at = found.end() + struct.unpack_from(">H", content, found.end())[0]


def _end_of_png(content: bytes) -> int:
    """Return where the last chunk of a PNG ends; raises struct.error when it is not there."""
    at, kind = PNG_START, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        at += length + 12
    if at > len(content):
        raise ValueError("no end")
    return at
