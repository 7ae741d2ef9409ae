"""What beat wakes in the education room."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from education import actions


@shared_task
def publish_scheduled() -> None:
    """Publish and unpublish what an editor planned for now. Freezing follows from the publish, as always."""
    actions.publish_due(now=timezone.now())
    call_command("publish_scheduled")
