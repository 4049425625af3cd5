from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members import journal
from members.models import JournalEntry, JournalHead, Staff


class Command(BaseCommand):
    help = "Recompute the chain of the journal of each Staff and name the first entry that does not fit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("codes", nargs="*", metavar="STAFF", help="codes of Staffs; all by default")

    def handle(self, *_args: Any, codes: list[str], **_options: Any) -> None:
        """Say for each Staff whether its journal is whole; CommandError for an unknown code or a break."""
        staffs = {staff.code: staff for staff in Staff.objects.all()}
        if unknown := [code for code in codes if code not in staffs]:
            raise CommandError(f"No Staff with the code {', '.join(unknown)}.")
        broken = [code for code in codes or staffs if not self._is_whole(staffs[code])]
        if broken:
            raise CommandError(f"The journal is broken: {', '.join(broken)}.")

    def _is_whole(self, staff: Staff) -> bool:
        count = JournalEntry.objects.filter(staff=staff).count()
        entry = journal.first_broken(staff)
        if entry is not None:
            self.stdout.write(f"{staff.code}: entry {entry.sequence} of {count} does not fit the chain.")
            return False
        head = JournalHead.objects.filter(staff=staff).first()
        if head is not None and head.sequence != count:
            self.stdout.write(f"{staff.code}: {head.sequence} entries were written, {count} are left.")
            return False
        last = JournalEntry.objects.filter(staff=staff).order_by("-sequence").first()
        if head is not None and last is not None and head.hash != last.hash:
            self.stdout.write(f"{staff.code}: entry {last.sequence} is not the one that was written last.")
            return False
        self.stdout.write(f"{staff.code}: {count} entries, the chain is whole.")
        return True
