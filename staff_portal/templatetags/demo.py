"""The list of demo accounts on the sign-in page; it exists only in the demo."""

from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.template import Context
from django.utils import timezone

from members.labels import ROLES
from members.models import Staff
from staff_portal.demo.people import Account, accounts

register = template.Library()


class Group(NamedTuple):
    """The accounts of one Staff, each with whether its office needs the organisation to tell it apart."""

    staff: Staff
    people: list[tuple[Account, bool]]


@register.inclusion_tag("demo/_accounts.html", takes_context=True)
def demo_accounts(context: Context) -> dict[str, Any]:
    """List the people of the demo by Staff, each with a button that signs in as this person."""
    people = accounts(today=timezone.localdate()) if settings.DEMO else []
    # Four seats are called «Бөлім басшысы»: those are told apart by the organisation.
    offices = Counter((person.staff.pk, person.seat.office_kk) for person in people if person.seat)
    return {
        "groups": [
            Group(staff, [(each, _is_ambiguous(each, offices)) for each in of_staff])
            for staff, of_staff in groupby(people, key=attrgetter("staff"))
        ],
        "is_second_factor_off": settings.SECOND_FACTOR == "none",
        "redirect_field": context.get("redirect_field", ""),
        "csrf_token": context.get("csrf_token", ""),
    }


def _is_ambiguous(account: Account, offices: Counter[tuple[int, str]]) -> bool:
    return account.seat is not None and offices[account.staff.pk, account.seat.office_kk] > 1


@register.filter
def role_word(code: str) -> str:
    """Return what a role is called, in the page's language."""
    return str(ROLES[code])
