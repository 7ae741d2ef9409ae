"""Add a clinic with its first admin, who then lets everybody else in at /manage/."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from clinic import actions


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("admin_email")
        parser.add_argument("--admin-name", default="")
        parser.add_argument("--mail-name", help="shown in mail; it must not name a condition", default="")
        parser.add_argument("--time-zone", default="UTC")

    def handle(self, *args: object, **options: str) -> None:
        name = options["name"]
        try:
            with transaction.atomic():
                clinic = actions.add_clinic(
                    name=name,
                    mail_name=options["mail_name"] or name,
                    slug=slugify(name),
                    time_zone=options["time_zone"],
                    by=None,
                )
                actions.add_member(
                    clinic=clinic,
                    email=options["admin_email"],
                    name=options["admin_name"],
                    role="clinic_admin",
                    by=None,
                )
        except IntegrityError as error:
            raise CommandError(f"There is a clinic called “{name}” already.") from error
        self.stdout.write(
            f"{name} is there. {options['admin_email']} can sign in now, and adds the others at /manage/."
        )
