"""What may be uploaded: known types whose content matches their name."""

import hashlib
import uuid
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from regulation.verdicts import refused

OFFICE = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
MAGIC = {".pdf": b"%PDF-", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}
if TYPE_CHECKING:
    Upload = UploadedFile[bytes]
else:
    Upload = UploadedFile
MAX_MEMBERS = 2000
MAX_UNPACKED = 250 * 1024 * 1024


@dataclass(frozen=True)
class Checked:
    """An upload that may be kept: its generated name, its own name as a fact, size and SHA-256."""

    stored_name: str
    file_name: str
    size: int
    sha256: str


def check(upload: Upload, *, pdf_only: bool = False) -> Checked:
    """Return the facts of `upload`, or raise Refused for an empty, too large or mismatching file.

    With `pdf_only` every other type is refused too: an act is kept as it was published.
    """
    name = PurePosixPath((upload.name or "").replace("\\", "/")).name[:200]
    suffix = PurePosixPath(name).suffix.lower()
    size = upload.size or 0
    if not size:
        refused("file_empty").or_raise()
    if size > settings.MATERIAL_MAX_BYTES:
        refused("file_too_big", limit=settings.MATERIAL_MAX_BYTES // 1024 // 1024).or_raise()
    if pdf_only and not (suffix == ".pdf" and _matches(upload, suffix)):
        refused("file_not_pdf").or_raise()
    if not _matches(upload, suffix):
        refused("file_type").or_raise()
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return Checked(f"materials/{uuid.uuid4().hex}{suffix}", name, size, digest.hexdigest())


def _matches(upload: Upload, suffix: str) -> bool:
    upload.seek(0)
    if suffix in MAGIC:
        return bool(upload.read(len(MAGIC[suffix])) == MAGIC[suffix])
    return suffix in OFFICE and _is_office(upload, OFFICE[suffix])


def _is_office(upload: Upload, folder: str) -> bool:
    if not zipfile.is_zipfile(upload):
        return False
    try:
        with zipfile.ZipFile(upload) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    names = [member.filename for member in members]
    return (
        len(members) <= MAX_MEMBERS
        and sum(member.file_size for member in members) <= MAX_UNPACKED
        and "[Content_Types].xml" in names
        and any(name.startswith(folder) for name in names)
        and not any(name.endswith("vbaProject.bin") for name in names)
    )
