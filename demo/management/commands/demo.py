"""`manage.py demo`: make or carry on the demo. Refused unless DEMO is set."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from demo.actions import make_demo


class Command(BaseCommand):
    help = "Fill the product with invented clinics and patients, twelve weeks of logs ending today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--patients", type=int, default=40)

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_demo(patients=options["patients"], now=timezone.now(), say=self.stdout.write)
        self.stdout.write(f"Demo ready: {made} new patients." if made else "Demo ready: nothing to add.")
