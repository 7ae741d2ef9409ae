"""For a member of staff who has lost both phone and recovery codes: they sign in by code and set up a new second factor.

Make sure on the telephone that it is them: until they have set it up, their mailbox alone opens the account.
"""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic import actions


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: object, email: str, **options: object) -> None:
        if not actions.forget_second_factor(email=email, by=None):
            raise CommandError(f"Nobody signs in with {email}.")
        self.stdout.write("Done. They are signed out everywhere, and are asked for a new second factor.")
