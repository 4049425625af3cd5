from celery import shared_task
from django.utils import timezone

from staff_portal import actions


@shared_task
def sweep() -> int:
    """Compare all terms with the clock, then send the letters that wait."""
    return actions.sweep(now=timezone.now())
