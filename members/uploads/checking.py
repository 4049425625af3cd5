import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from members.uploads import office, pdf, pictures
from members.uploads.names import clean_name
from regulation.verdicts import refused

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]
else:
    Upload = UploadedFile

# Each takes the open file and its extension, and returns the code of what is wrong, empty for nothing.
INSPECTORS: dict[str, Callable[[IO[bytes], str], str]] = {
    ".pdf": pdf.problem,
    ".docx": office.problem,
    ".xlsx": office.problem,
    ".pptx": office.problem,
    ".jpg": pictures.problem,
    ".jpeg": pictures.problem,
    ".png": pictures.problem,
}
# The test file of antivirus programs; in two parts, so that none of them takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(frozen=True)
class Checked:
    """An upload that may be kept: its generated name, its own name as a fact, size and SHA-256."""

    stored_name: str
    file_name: str
    size: int
    sha256: str


def check(upload: Upload, *, pdf_only: bool = False) -> Checked:
    """Return the facts of `upload`, or raise Refused with what is wrong with it.

    With `pdf_only` every other type is refused too: an act is kept as it was published.
    """
    name = clean_name(upload.name or "")
    suffix = PurePosixPath(name).suffix.lower()
    size = upload.size or 0
    if not size:
        refused("file_empty").or_raise()
    if size > settings.MATERIAL_MAX_BYTES:
        refused("file_too_big", limit=settings.MATERIAL_MAX_BYTES // 1024 // 1024).or_raise()
    if pdf_only and suffix != ".pdf":
        refused("file_not_pdf").or_raise()
    digest, is_infected = _read(upload)
    if is_infected:
        refused("file_infected").or_raise()
    if suffix not in INSPECTORS:
        refused("file_type").or_raise()
    upload.seek(0)
    # What the file is, its own module says.
    stream: Any = upload.file
    if reason := INSPECTORS[suffix](stream, suffix):
        refused("file_not_pdf" if pdf_only and reason == "file_type" else reason).or_raise()
    upload.seek(0)
    return Checked(f"materials/{uuid.uuid4().hex}{suffix}", name, size, digest)


def _read(upload: Upload) -> tuple[str, bool]:
    """Return the SHA-256 of the file, and whether the test file of antivirus programs is in it."""
    digest, before, is_infected = hashlib.sha256(), b"", False
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
        is_infected = is_infected or EICAR in before + chunk
        before = chunk[-len(EICAR) :]
    return digest.hexdigest(), is_infected
