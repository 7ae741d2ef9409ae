"""Decide stored proposals again from what is stored with them, and say which come out otherwise."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from progress.actions import replay


class Command(BaseCommand):
    help = "Decide the newest proposals again from their stored evidence and policy; ends with an error if any differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=1000, help="how many, newest first")

    def handle(self, *args: Any, limit: int, **options: Any) -> None:
        found = replay(limit=limit)
        for key in found.differing:
            self.stdout.write(str(key))
        if found.differing:
            raise CommandError(f"{len(found.differing)} of {found.seen} proposals come out otherwise.")
        self.stdout.write(f"{found.seen} proposals come out the same.")
