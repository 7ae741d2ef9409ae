"""Empty the outbox without Celery: once, or in a loop beside it. A lost broker then delays no mail."""

import logging
import signal
from argparse import ArgumentParser
from threading import Event

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from clinic.actions.outbox import drain

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Hand over the mail that is due. With --loop: go on until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true")
        parser.add_argument("--every", type=float, default=5, metavar="SECONDS", help="pause between rounds")

    def handle(self, *, loop: bool, every: float, **options: object) -> None:
        if not loop:
            self.stdout.write(f"{drain(limit=10_000, seconds=3600)} mails dealt with.")
            return
        self.stopping = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self.stopping.is_set():
            self._round()
            self.stopping.wait(every)

    def _round(self) -> None:
        close_old_connections()
        try:
            while not self.stopping.is_set() and drain(limit=10):
                pass
        except DatabaseError:  # it restarts, or is busy: what is due stays due
            logger.exception("outbox out of reach")

    def _stop(self, number: int, frame: object) -> None:
        self.stopping.set()
