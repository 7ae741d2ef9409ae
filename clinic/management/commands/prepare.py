"""Bring a database up to date: migrations, then the content, then (only in a demo) the demo's people. Safe to repeat."""

import signal
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, OutputWrapper


class BetweenMigrations(OutputWrapper):
    """Show how far the migrations are, and leave between two of them when asked to stop.

    Django commits some migrations a moment before it notes that they ran: stopped in that moment, they would fail for ever after.
    """

    applied = 0
    asked_to_stop = False

    def write(self, msg: str = "", *args: Any, **kwargs: Any) -> None:
        if "Applying" not in msg:
            return
        if self.asked_to_stop:
            sys.exit(1)
        self.applied += 1
        if self.applied % 50 == 0:
            super().write(f"  {self.applied} migrations …")

    def ask_to_stop(self, *_: Any) -> None:
        self.asked_to_stop = True


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        progress = BetweenMigrations(self.stdout._out)
        before = signal.signal(signal.SIGTERM, progress.ask_to_stop)
        self.step("Database", "migrate", interactive=False, stdout=progress)
        signal.signal(signal.SIGTERM, before)  # what follows is done in transactions
        if progress.asked_to_stop:
            sys.exit(1)
        self.step("Content", "load_content")
        if settings.DEMO:
            self.step("Demo", "demo")

    def step(self, what: str, command: str, **options: Any) -> None:
        if command not in get_commands():
            return
        self.stdout.write(f"{what}: bringing it up to date …")
        started = time.monotonic()
        call_command(command, **({"stdout": self.stdout._out} | options))
        self.stdout.write(f"{what}: up to date ({time.monotonic() - started:.1f} s)")
