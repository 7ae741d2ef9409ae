"""A clinic with its cast, signed in. Sign-in here skips allauth; tests about signing in do not use it."""

from django.test import Client

from clinic.models import Clinic, User
from tests.factories import make_clinic, make_member, make_user


def signed_in(user: User, **options: object) -> Client:
    """A browser of this person; staff count as having shown their second factor."""
    client = Client(**options)
    client.force_login(user)
    session = client.session
    session["second_factor"] = "shown"
    session.save()
    return client


def make_admin(clinic: Clinic | None = None) -> User:
    return make_member(clinic or make_clinic(), "clinic_admin", name="Ada Admin")


def make_superuser() -> User:
    return make_user("Otto Operator", is_staff=True, is_superuser=True)
