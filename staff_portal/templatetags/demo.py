"""The list of demo accounts on the sign-in page; it exists only in the demo."""

from collections import Counter
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils import timezone

from staff_portal.demo.people import accounts

register = template.Library()


@register.inclusion_tag("demo/_accounts.html", takes_context=True)
def demo_accounts(context: Context) -> dict[str, Any]:
    """List the people of the demo, each with a button that signs in as this person; nothing outside it."""
    people = accounts(today=timezone.localdate()) if settings.DEMO else []
    offices = Counter(person.seat.office_kk for person in people)
    return {
        # Four seats are called «Бөлім басшысы»: those are told apart by the organisation.
        "accounts": [(person, offices[person.seat.office_kk] > 1) for person in people],
        "redirect_field": context.get("redirect_field", ""),
        "csrf_token": context.get("csrf_token", ""),
    }
