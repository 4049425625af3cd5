"""JPEG and PNG: a picture that opens, and nothing else."""

import re
from typing import IO

from PIL import Image, UnidentifiedImageError

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
# Where the dots begin and where the file ends: another library may let Pillow open what was cut off.
BEGIN = {".jpg": b"\xff\xda", ".jpeg": b"\xff\xda", ".png": b"IDAT"}
END = {".jpg": b"\xff\xd9", ".jpeg": b"\xff\xd9", ".png": b"IEND\xaeB`\x82"}
# An A3 page scanned at 400 dots an inch has 31 million; a bomb has hundreds.
MAX_PIXELS = 50_000_000
# What a browser or a reader would take for another kind of file.
OTHER_KINDS = re.compile(rb"<script|<html|<!doctype|<\?php|<svg|%PDF-\d|PK\x05\x06", re.IGNORECASE)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError)


def problem(stream: IO[bytes], suffix: str) -> str:
    """Return the code of what is wrong with a picture, or nothing."""
    try:
        with Image.open(stream, formats=["JPEG", "PNG"]) as picture:
            if picture.format != FORMATS[suffix]:
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
    if content.rfind(END[suffix]) < content.rfind(BEGIN[suffix]):
        return "file_broken"
    return "file_two_kinds" if OTHER_KINDS.search(content) else ""
