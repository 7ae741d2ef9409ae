"""Background jobs of the progress room."""

from celery import shared_task
from django.utils import timezone

from progress.actions import refresh_states


@shared_task
def refresh_stale_states() -> int:
    """Bring every state row up to date; the caseload does the same for those it shows."""
    return refresh_states(now=timezone.now())
