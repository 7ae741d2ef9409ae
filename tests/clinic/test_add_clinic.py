"""The first clinic of a new deployment, from the command line."""

import pytest
from django.core.management import CommandError, call_command

from clinic.models import Clinic, Membership

pytestmark = pytest.mark.django_db


def test_a_new_clinic_has_an_admin_who_can_sign_in(capsys):
    call_command("add_clinic", "North Clinic", "ada@example.org", time_zone="Europe/Berlin")

    member = Membership.objects.get()
    assert (member.clinic.name, member.clinic.slug, member.clinic.mail_name) == (
        "North Clinic",
        "north-clinic",
        "North Clinic",
    )
    assert (member.user.email, member.role) == ("ada@example.org", "clinic_admin")
    assert "North Clinic is there" in capsys.readouterr().out


def test_the_same_clinic_twice_is_refused_and_changes_nothing():
    call_command("add_clinic", "North Clinic", "ada@example.org")

    with pytest.raises(CommandError, match="already"):
        call_command("add_clinic", "North Clinic", "bea@example.org")

    assert (Clinic.objects.count(), Membership.objects.count()) == (1, 1)
