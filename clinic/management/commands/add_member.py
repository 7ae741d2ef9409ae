"""Give somebody a role in a clinic, also somebody whom another clinic knows already."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic import actions, queries


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("clinic", help="its short name, as in the list that a wrong one prints")
        parser.add_argument("email")
        parser.add_argument("role", choices=["practitioner", "clinic_admin", "editor"])
        parser.add_argument("--name", default="")

    def handle(self, *args: object, **options: str) -> None:
        clinics = queries.clinics_by_slug()
        clinic = clinics.get(options["clinic"])
        if clinic is None:
            raise CommandError(
                f"There is no clinic “{options['clinic']}”. There are: {', '.join(clinics) or 'none'}."
            )
        actions.add_member(
            clinic=clinic, email=options["email"], name=options["name"], role=options["role"], by=None
        )
        self.stdout.write(f"{options['email']} is {options['role']} at {clinic.name} now.")
