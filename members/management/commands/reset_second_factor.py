from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members import actions
from members.models import User
from members.second_factor import has_factor
from members.states import Recognised


class Command(BaseCommand):
    help = "Reset the second factor of a person of several Staffs, or of an administrator, who lost it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--recognised", choices=Recognised.values, required=True, help="how you made sure who asks"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"There is no account {options['email']}")
        if not has_factor(user):
            raise CommandError(f"{user.name} has no second factor")
        staffs = actions.reset_second_factor_anywhere(
            user, recognised=options["recognised"], now=timezone.now()
        )
        told = ", ".join(staff.code for staff in staffs) or "no Staff"
        self.stdout.write(f"The second factor of {user.name} is reset; in the journal of: {told}")
