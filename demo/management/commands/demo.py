"""`manage.py demo`: make or carry on the demo. Refused unless DEMO is set."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from demo.actions import NotADemo, make_demo


class Command(BaseCommand):
    help = "Fill the product with invented clinics and patients, twelve weeks of logs ending today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--patients", type=int, default=40)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = make_demo(patients=options["patients"], now=timezone.now(), say=self.stdout.write)
        except NotADemo:
            self.stdout.write("This database has a clinic of its own, so no invented people are added.")
            return
        self.stdout.write(f"Demo ready: {made} new patients." if made else "Demo ready: nothing to add.")
