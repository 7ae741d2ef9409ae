"""The Celery app. Messages are nudges: what is due and what was done is in PostgreSQL."""

import os

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")

app = Celery("hipwise")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def tick_at_once(**_: object) -> None:
    """Give the first sign of life when beat starts: its first period is half a minute, and /readyz waits for it."""
    app.send_task("clinic.tasks.beat_tick", expires=30)
