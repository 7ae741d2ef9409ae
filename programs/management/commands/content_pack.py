"""Write the content pack to a file, or bring one in. Whoever may run this may publish: `--publish` skips the drafts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programs.actions import PackRefused, export_pack, import_pack


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        ways.add_parser("export").add_argument("file", type=Path)
        bring = ways.add_parser("import")
        bring.add_argument("file", type=Path)
        bring.add_argument("--dry-run", action="store_true", help="only say what would happen")
        bring.add_argument("--publish", action="store_true", help="publish at once instead of writing drafts")
        bring.add_argument("--overwrite", action="store_true", help="also replace what was edited here")

    def handle(self, *, way: str, file: Path, **options: Any) -> None:
        if way == "export":
            data = export_pack(by=None)
            file.write_bytes(data)
            self.stdout.write(f"{file.name}: {len(data)} bytes")
        else:
            self.bring(file, {name: options[name] for name in ("dry_run", "publish", "overwrite")})

    def bring(self, file: Path, how: dict[str, bool]) -> None:
        try:
            brought = import_pack(data=file.read_bytes(), by=None, **how)
        except (OSError, PackRefused) as error:
            raise CommandError(f"Nothing was brought in: {error}") from error
        for row in brought:
            self.stdout.write(f"  {row.kind} {row.code}: {row.outcome}")
