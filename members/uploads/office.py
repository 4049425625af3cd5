"""DOCX, XLSX, PPTX: an honest archive of the parts that its kind has, without programs and outer links."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from members.uploads.office_parts import Part, Parts, is_xml

MAX_MEMBERS = 2000
MAX_UNPACKED = 250 * 1024 * 1024
# Sheets of a table pack well; a bomb packs a thousand times better.
MAX_RATIO, RATIO_FROM = 200, 20 * 1024 * 1024
# Reading XML takes time, so a part that is XML may hold less, and not almost nothing but repetition.
MAX_XML, XML_RATIO_FROM = 30 * 1024 * 1024, 1024 * 1024
CHUNK = 64 * 1024
# The bit of a part that says it has a password.
ENCRYPTED = 0x1
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ")
ZIP_END, ZIP_END_SIZE = b"PK\x05\x06", 22
# The name of the stream in which Office keeps a document with a password.
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zlib.error)


@dataclass
class Room:
    """How many bytes may still unpack from one upload, whatever is packed into whatever."""

    left: int = MAX_UNPACKED


def problem(stream: IO[bytes], suffix: str) -> str:
    """Return the code of what is wrong with an Office document, or nothing."""
    start = stream.read(len(OLE))
    if start == OLE:
        stream.seek(0)
        return "file_encrypted" if ENCRYPTED_PACKAGE in stream.read() else "file_type"
    if not start.startswith(ZIP):
        return "file_type"
    return _of_archive(stream, suffix, Room(), is_inner=False)


def _of_archive(stream: IO[bytes], suffix: str, room: Room, *, is_inner: bool) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            return (
                _of_directory(archive.infolist())
                or _of_ends(archive, stream)
                or _of_parts(archive, suffix, room, is_inner=is_inner)
            )
    except BROKEN:
        return "file_broken"


def _of_ends(archive: zipfile.ZipFile, stream: IO[bytes]) -> str:
    """Return whether something stands before the archive, behind it or in its comments."""
    members = archive.infolist()
    stream.seek(-ZIP_END_SIZE, io.SEEK_END)
    is_bare = stream.read(len(ZIP_END)) == ZIP_END and not archive.comment
    is_first = min(member.header_offset for member in members) == 0
    return "" if is_bare and is_first and not any(member.comment for member in members) else "file_two_kinds"


def _of_directory(members: list[zipfile.ZipInfo]) -> str:
    """Return what is wrong with the archive by its own list of parts, before anything is unpacked."""
    names = [member.filename for member in members]
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        return "file_bomb"
    if any(_is_heavy(member) for member in members):
        return "file_bomb"
    if any(member.flag_bits & ENCRYPTED for member in members):
        return "file_encrypted"
    if "[Content_Types].xml" not in names:
        return "file_type"
    is_odd = len(set(names)) < len(names) or any(_leads_outside(name) for name in names)
    is_odd = is_odd or any(member.compress_type not in PACKINGS for member in members)
    return "file_broken" if is_odd else ""


def _is_heavy(member: zipfile.ZipInfo) -> bool:
    if not is_xml(member.filename):
        return False
    repeats = member.file_size > XML_RATIO_FROM and member.file_size > MAX_RATIO * member.compress_size
    return repeats or member.file_size > MAX_XML


def _leads_outside(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name


def _of_parts(archive: zipfile.ZipFile, suffix: str, room: Room, *, is_inner: bool) -> str:
    parts, before = Parts(suffix), room.left
    for member in archive.infolist():
        if reason := _of_member(archive, member, parts, room, is_inner=is_inner):
            return reason
    unpacked = before - room.left
    packed = sum(member.compress_size for member in archive.infolist())
    return "file_bomb" if unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed else parts.problem()


def _of_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, parts: Parts, room: Room, *, is_inner: bool
) -> str:
    """Return what is wrong with one part, counting what really unpacks."""
    with archive.open(member) as packed:
        chunk = packed.read(CHUNK)
        if chunk.startswith(ZIP):
            return _of_inner(archive, member, room, is_inner=is_inner)
        if chunk.startswith(OTHER_ARCHIVES):
            return "file_packed"
        if chunk.startswith(OLE):
            return "file_macros" if member.filename.lower().endswith("vbaproject.bin") else "file_packed"
        part = parts.part(member.filename)
        while chunk:
            room.left -= len(chunk)
            reason = "file_bomb" if room.left < 0 else _fed(part, chunk)
            if reason:
                return reason
            chunk = packed.read(CHUNK)
        return _fed(part, b"", is_last=True)


def _fed(part: Part | None, chunk: bytes, *, is_last: bool = False) -> str:
    return part.feed(chunk, is_last=is_last) if part else ""


def _of_inner(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: Room, *, is_inner: bool) -> str:
    """Return what is wrong with a packed archive: only a clean table behind a chart may be one."""
    path = PurePosixPath(member.filename)
    if is_inner or path.parent.name != "embeddings" or path.suffix.lower() != ".xlsx":
        return "file_packed"
    room.left -= member.file_size
    if room.left < 0:
        return "file_bomb"
    return _of_archive(io.BytesIO(archive.read(member)), ".xlsx", room, is_inner=True)
