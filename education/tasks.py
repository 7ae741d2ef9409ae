"""What beat wakes in the education room."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def publish_scheduled() -> None:
    """Publish and unpublish what an editor planned for now. Freezing follows from the publish, as always."""
    call_command("publish_scheduled")
