"""Celery's ways in to the clinic room, and the nudge that has mail sent at once."""

import logging
from threading import BoundedSemaphore, Lock, Thread

from celery import shared_task
from django.core.management import call_command
from django.db import transaction

from clinic.actions import outbox, signs_of_life

logger = logging.getLogger(__name__)

BATCH = 50
# One nudge on its way and one waiting. A third would say nothing that the waiting one will not.
_room = BoundedSemaphore(2)
_turn = Lock()


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
    """Have the outbox emptied as soon as what was just written is committed. Never raises, never waits."""
    transaction.on_commit(_publish_soon, robust=True)


def _publish_soon() -> None:
    """Beside the request: a broker that is down answers after seconds, and a frozen one later still."""
    if _room.acquire(blocking=False):
        # A daemon, because it must not hold up an exit either.
        Thread(target=_publish, name="nudge", daemon=True).start()


def _publish() -> None:
    try:
        with _turn:
            drain_mail.apply_async(expires=60)
    except Exception:  # whatever the trouble: the mail is in the database, and the beat will ask for it
        logger.warning("nudge lost", extra={"task": drain_mail.name})
    finally:
        _room.release()
