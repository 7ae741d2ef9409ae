"""Celery's ways in to the clinic room, and the nudge that has mail sent at once."""

import logging
from functools import lru_cache

from celery import current_app, shared_task
from django.core.management import call_command
from django.db import transaction
from kombu import Connection

from clinic.actions import outbox, signs_of_life

logger = logging.getLogger(__name__)

BATCH = 50
# What a page may wait for each answer of the broker. If the nudge is lost, the beat's tick follows in seconds.
NUDGE_SECONDS = 0.4


@shared_task
def drain_mail() -> None:
    handled = outbox.drain(limit=BATCH)
    signs_of_life.note_heartbeat(name="drain")
    if handled == BATCH:
        drain_mail.apply_async(expires=60)  # more may wait; a new task keeps each one short


@shared_task
def beat_tick() -> None:
    signs_of_life.note_heartbeat(name="beat")


@shared_task
def clear_sessions() -> None:
    call_command("clearsessions")


def nudge_mail() -> None:
    """Have the outbox emptied as soon as what was just written is committed. Never raises and never hangs."""
    transaction.on_commit(_publish, robust=True)


def _publish() -> None:
    try:
        with _impatient_connection().clone() as connection:
            drain_mail.apply_async(connection=connection, retry=False, expires=60)
    except (
        Exception
    ):  # whatever the broker's trouble: the mail is in the database, and the beat will ask for it
        logger.warning("nudge lost", extra={"task": drain_mail.name})


@lru_cache(maxsize=1)
def _impatient_connection() -> Connection:
    options = dict(current_app.conf.broker_transport_options or {})
    options |= {
        "socket_timeout": NUDGE_SECONDS,
        "socket_connect_timeout": NUDGE_SECONDS,
        "retry_on_timeout": False,
    }
    return current_app.connection_for_write(transport_options=options)
