"""Celery's way in to the reminders room."""

from celery import shared_task
from django.utils import timezone

from reminders import actions


@shared_task
def plan_reminders() -> None:
    actions.plan_reminders(now=timezone.now())
