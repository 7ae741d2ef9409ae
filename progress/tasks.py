"""Background jobs of the progress room."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from progress.actions import reconsider as reconsider_plans
from progress.actions import refresh_states
from progress.actions import tell_again as tell_staff_again
from progress.queries.proposals import open_plans_of


@shared_task
def refresh_stale_states() -> int:
    """Bring every state row up to date; the caseload does the same for those it shows."""
    return refresh_states(now=timezone.now())


@shared_task
def reconsider(patient_id: str) -> int:
    """Look again at one patient's open plan, soon after they logged something."""
    return reconsider_plans(plans=open_plans_of(UUID(patient_id)), now=timezone.now())


@shared_task
def reconsider_stale() -> int:
    """Look again at every open plan whose facts or local day moved on: lost wake-ups, and the silent."""
    return reconsider_plans(now=timezone.now())


@shared_task
def tell_again() -> int:
    """Tell staff once more of what cannot wait and nobody has opened."""
    return tell_staff_again(now=timezone.now())
