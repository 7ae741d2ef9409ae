"""The lowest room and the project package: people, who may see whom, audit, mail."""

from clinic.celery import app as celery_app

__all__ = ["celery_app"]
