"""Nothing is shown to a patient before they have agreed."""

import pytest
from django.test import Client
from django.urls import reverse

from clinic import actions
from clinic.models import AuditEvent, Consent
from tests.clinic.people import signed_in
from tests.factories import make_clinic, make_member, make_patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer():
    return make_patient(make_clinic(name="North Clinic", phone="555 0100"), consented_version=None)


@pytest.mark.parametrize(
    "page", ["today", "modules", "plan", "log_session", "daily_check", "progress", "settings"]
)
def test_before_agreeing_every_page_leads_to_the_question(newcomer, page):
    assert signed_in(newcomer.user).get(reverse(page)).url == reverse("consent")


def test_a_script_is_told_so_in_json(newcomer):
    reply = signed_in(newcomer.user, headers={"accept": "application/json"}).get(reverse("today"))

    assert (reply.status_code, reply.json()) == (403, {"error": "consent"})


def test_the_text_says_whom_to_call_and_who_sees_what(newcomer):
    page = signed_in(newcomer.user).get(reverse("consent")).content.decode()

    assert [
        words in page for words in ("call 112", "call 555 0100", "North Clinic", "who look after you now")
    ] == [True] * 4


def test_agreeing_opens_today_and_is_kept_with_its_version(newcomer):
    browser = signed_in(newcomer.user)

    reply = browser.post(reverse("consent"), {"agree": "on"})

    kept = Consent.objects.get()
    assert (reply.url, browser.get(reverse("today")).status_code) == (reverse("today"), 200)
    assert (kept.patient, kept.version, kept.given_by) == (newcomer, 1, newcomer.user)
    assert AuditEvent.objects.get().verb == "consent.given"


def test_sending_the_page_without_the_tick_agrees_to_nothing(newcomer):
    page = signed_in(newcomer.user).post(reverse("consent"), {})

    assert (page.context["form"].errors, Consent.objects.count()) == (
        {"agree": ["Please tick the box if you agree."]},
        0,
    )


def test_twice_is_once(newcomer):
    for _time in range(2):
        actions.give_consent(patient=newcomer, by=newcomer.user)

    assert (Consent.objects.count(), AuditEvent.objects.count()) == (1, 1)


def test_a_new_text_asks_everybody_again(newcomer):
    actions.give_consent(patient=newcomer, by=newcomer.user)
    newcomer.clinic.consent_version = 2
    newcomer.clinic.save()

    assert signed_in(newcomer.user).get(reverse("today")).url == reverse("consent")


def test_nobody_agrees_for_somebody_else(newcomer):
    clinician = make_member(newcomer.clinic)

    with pytest.raises(actions.OnlyThePatientAgrees):
        actions.give_consent(patient=newcomer, by=clinician)

    assert signed_in(clinician).get(reverse("consent")).status_code == 404


def test_a_visitor_is_asked_to_sign_in_first():
    assert Client().get(reverse("consent")).url.startswith(reverse("account_login"))
