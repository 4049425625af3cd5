import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members import journal
from members.journal import Checkpoint
from members.models import JournalEntry, JournalHead, Staff

# 1 means a broken journal; what was asked wrongly is told by another code.
WRONG_USE = 2


class Command(BaseCommand):
    help = (
        "Recompute the chain of the journal of each Staff and name the first entry that does not fit. "
        "Exit code 0: intact, 1: broken, 2: asked wrongly."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("codes", nargs="*", metavar="STAFF", help="codes of Staffs; all by default")
        parser.add_argument(
            "--checkpoint", type=Path, metavar="FILE", help="compare with the heads that the file keeps"
        )
        parser.add_argument(
            "--write-checkpoint",
            type=Path,
            metavar="FILE",
            help="append the present heads to the file, one line of JSON each; nothing while broken",
        )

    def handle(
        self,
        *_args: Any,
        codes: list[str],
        checkpoint: Path | None,
        write_checkpoint: Path | None,
        **_options: Any,
    ) -> None:
        """Say for each Staff whether its journal is whole; CommandError for wrong use or a break."""
        staffs = {staff.code: staff for staff in Staff.objects.all()}
        if unknown := [code for code in codes if code not in staffs]:
            raise CommandError(f"No Staff with the code {', '.join(unknown)}.", returncode=WRONG_USE)
        kept = read_checkpoints(checkpoint) if checkpoint else []
        names = codes or [*staffs, *sorted({row.staff for row in kept} - set(staffs))]
        broken = [name for name in names if not self._is_whole(name, staffs.get(name), kept)]
        if broken:
            raise CommandError(f"The journal is broken: {', '.join(broken)}.")
        if write_checkpoint:
            heads = [journal.head_of(staffs[name]) for name in names]
            append_checkpoints(write_checkpoint, heads)
            self.stdout.write(f"Written to {write_checkpoint}: {len(heads)}.")

    def _is_whole(self, name: str, staff: Staff | None, kept: list[Checkpoint]) -> bool:
        problem = what_is_wrong(staff, kept) if staff else "the Staff of the checkpoint is gone."
        if problem:
            self.stdout.write(f"{name}: {problem}")
            return False
        count = JournalEntry.objects.filter(staff=staff).count()
        self.stdout.write(f"{name}: {count} entries, the chain is whole.")
        return True


def what_is_wrong(staff: Staff, kept: Iterable[Checkpoint]) -> str:
    """Return the first thing wrong with the journal of `staff` as a sentence; empty when it is whole."""
    count = JournalEntry.objects.filter(staff=staff).count()
    entry = journal.first_broken(staff)
    if entry is not None:
        return f"entry {entry.sequence} of {count} does not fit the chain."
    head = JournalHead.objects.filter(staff=staff).first()
    written = head.sequence if head else 0
    if written != count:
        return f"{written} entries were written, {count} are left."
    last = JournalEntry.objects.filter(staff=staff).order_by("-sequence").first()
    if head is not None and last is not None and head.hash != last.hash:
        return f"entry {last.sequence} is not the one that was written last."
    missing = journal.missed(staff, [*kept, *journal.kept_heads(staff)])
    if missing is not None:
        fate = "is another one now" if missing.sequence <= count else f"is gone, {count} are left"
        return f"entry {missing.sequence} of the checkpoint ({missing.source}) {fate}."
    return ""


def read_checkpoints(path: Path) -> list[Checkpoint]:
    """Return the heads kept in a file; CommandError when it cannot be read as such."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}", returncode=WRONG_USE) from error
    return [_checkpoint(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def _checkpoint(line: str, source: str) -> Checkpoint:
    try:
        row = json.loads(line)
        return Checkpoint(str(row["staff"]), int(row["sequence"]), str(row["hash"]), source)
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{source} is no checkpoint.", returncode=WRONG_USE) from error


def append_checkpoints(path: Path, heads: Iterable[Checkpoint]) -> None:
    """Append heads to a file, one line of JSON each; CommandError when it cannot be written."""
    rows = ({"staff": head.staff, "sequence": head.sequence, "hash": head.hash} for head in heads)
    try:
        with path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error}", returncode=WRONG_USE) from error
