"""Bring a database up to date: migrations, then the content, then (only in a demo) the demo's people. Safe to repeat."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, OutputWrapper


class Counted(OutputWrapper):
    """Show how far the migrations are, instead of a line for each of two hundred."""

    applied = 0

    def write(self, msg: str = "", *args: Any, **kwargs: Any) -> None:
        if "Applying" in msg:
            self.applied += 1
            if self.applied % 50 == 0:
                super().write(f"  {self.applied} migrations …")


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        self.step("Database", "migrate", interactive=False, stdout=Counted(self.stdout._out))
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
