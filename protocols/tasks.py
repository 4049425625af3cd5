from celery import shared_task
from django.utils import timezone

from protocols import actions


@shared_task
def render(edition_id: int) -> None:
    """Make the documents of an edition; safe to run twice."""
    actions.render_documents(edition_id, now=timezone.now())
