from celery import shared_task
from django.utils import timezone

from members import notices


@shared_task
def deliver() -> int:
    """Send the letters that wait; safe to run twice at once."""
    return notices.deliver(now=timezone.now())
