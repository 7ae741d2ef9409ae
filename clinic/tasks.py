"""Celery's ways in to the clinic room, and the nudge that has mail sent at once."""

import logging
from collections import defaultdict
from functools import partial
from threading import BoundedSemaphore, Lock, Thread

from celery import current_app, shared_task
from django.core.management import call_command
from django.db import transaction

from clinic.actions import outbox, signs_of_life

logger = logging.getLogger(__name__)

BATCH = 50
# Of each task one nudge on its way and one waiting. A third says nothing that the waiting one or the beat will not.
_rooms: defaultdict[str, BoundedSemaphore] = defaultdict(lambda: BoundedSemaphore(2))
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
    wake(drain_mail.name)


def wake(task: str, *ids: str) -> None:
    """The same for any task, by its name, so that a room may wake one to its right. A sweep finds what is lost."""
    transaction.on_commit(partial(_publish_soon, task, ids), robust=True)


def _publish_soon(task: str, ids: tuple[str, ...]) -> None:
    """Beside the request: a broker that is down answers after seconds, and a frozen one later still."""
    if _rooms[task].acquire(blocking=False):
        # A daemon, because it must not hold up an exit either.
        Thread(target=_publish, args=(task, ids), name="nudge", daemon=True).start()


def _publish(task: str, ids: tuple[str, ...]) -> None:
    try:
        with _turn:
            current_app.send_task(task, args=ids, expires=60)
    except Exception:  # whatever the trouble: the rows are in the database, and the beat will ask for them
        logger.warning("nudge lost", extra={"task": task})
    finally:
        _rooms[task].release()
