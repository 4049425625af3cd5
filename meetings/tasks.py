from celery import shared_task
from django.utils import timezone

from meetings import actions


@shared_task(soft_time_limit=300)
def make_pack(pack_id: int) -> None:
    """Bind the pack of an agenda; safe to run twice. A document that takes too long is only listed."""
    actions.make_pack(pack_id, now=timezone.now())
