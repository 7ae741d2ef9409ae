"""The Celery app. Messages are nudges: what is due and what was done is in PostgreSQL."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")

app = Celery("hipwise")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
