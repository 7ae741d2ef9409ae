"""A patient who moves to another mailbox: proven by a code, followed by every later mail."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from clinic.models import OutgoingMail, Patient
from tests.factories import make_clinic, make_patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient():
    patient = make_patient(make_clinic(), email="old@example.org")
    EmailAddress.objects.create(user=patient.user, email="old@example.org", verified=True, primary=True)
    return patient


@pytest.fixture
def browser(patient):
    client = Client()
    client.force_login(patient.user)
    return client


def ask_for(browser: Client, email: str) -> None:
    browser.post(reverse("account_email"), {"email": email, "action_add": ""})


def test_the_new_address_counts_once_its_code_came_back(patient, browser):
    ask_for(browser, "new@example.org")
    before = Patient.objects.get().mail_address
    code = OutgoingMail.objects.get(to="new@example.org").context["code"]

    browser.post(reverse("account_email_verification_sent"), {"code": code})

    assert (before, Patient.objects.get().mail_address) == ("old@example.org", "new@example.org")
    notice = OutgoingMail.objects.get(kind="account_notice")
    assert (notice.to, notice.context) == ("old@example.org", {"notice": "email_changed"})


def test_without_the_code_nothing_changes(patient, browser):
    ask_for(browser, "new@example.org")

    browser.post(reverse("account_email_verification_sent"), {"code": "AAAA-AAAA"})

    assert Patient.objects.get().mail_address == "old@example.org"


def test_an_address_that_is_taken_stays_with_its_owner_and_the_page_does_not_tell(patient, browser):
    owner = make_patient(make_clinic(), email="taken@example.org")
    EmailAddress.objects.create(user=owner.user, email="taken@example.org", verified=True, primary=True)

    ask_for(browser, "taken@example.org")
    code = OutgoingMail.objects.get(to="taken@example.org").context["code"]
    browser.post(reverse("account_email_verification_sent"), {"code": code})

    addresses = [Patient.objects.get(pk=each.pk).mail_address for each in (patient, owner)]
    assert addresses == ["old@example.org", "taken@example.org"]
