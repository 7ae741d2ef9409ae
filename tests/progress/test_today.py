"""Today: one next action, the week as it is, few queries."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import Patient
from progress.actions import mark_seen
from tests.factories import (
    answer_screen,
    give_reading,
    log_check_row,
    log_session_row,
    make_clinic,
    make_exercise_version,
    make_member,
    make_patient,
    make_plan,
)
from tests.machinery.signed_in import client_with, session_of

pytestmark = pytest.mark.django_db
EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


def today() -> date:
    return timezone.now().date()  # the factories' patients live in UTC


@pytest.fixture
def patient() -> Patient:
    """Who has just answered the questions about warning signs, each with "no"."""
    patient = make_patient(make_clinic(phone="+1 555 0100", emergency_number="911"), name="Ana Lima")
    answer_screen(patient)
    return patient


@pytest.fixture
def own(client: Client, patient: Patient) -> Client:
    client.force_login(patient.user)
    return client


def plan_for(patient: Patient, *, exercises: int = 1, weekdays: list[int] = EVERY_DAY) -> None:
    versions = [make_exercise_version() for _ in range(exercises)]
    make_plan(patient, *versions, weekdays=weekdays, started_on=today() - timedelta(days=30))


def next_of(own: Client) -> str:
    return own.get("/today/").context["day"].next


def test_the_check_comes_first_then_the_session_then_reading_then_rest(own: Client, patient: Patient) -> None:
    plan_for(patient)
    give_reading(patient)
    found = [next_of(own)]
    log_check_row(patient, today(), received_at=timezone.now())
    found.append(next_of(own))
    log_session_row(patient, today())
    found.append(next_of(own))
    patient.reading.update(opened_at=timezone.now(), read_at=timezone.now())
    found.append(next_of(own))

    assert found == ["check", "session", "module", "done"]


def test_without_a_session_today_it_is_a_rest_day(own: Client, patient: Patient) -> None:
    plan_for(patient, weekdays=[(today() + timedelta(days=1)).isoweekday()])
    log_check_row(patient, today())

    assert next_of(own) == "rest"
    assert "No session today" in own.get("/today/").content.decode()


def test_without_a_plan_nothing_is_promised(own: Client, patient: Patient) -> None:
    log_check_row(patient, today())

    assert "Your clinician is preparing your plan" in own.get("/today/").content.decode()


def test_a_worry_asks_for_the_warning_signs_before_everything_even_when_a_clinician_has_read_it(
    own: Client, patient: Patient
) -> None:
    plan_for(patient)
    log_check_row(patient, today(), new_warning=True, received_at=timezone.now())
    mark_seen(patient=patient, up_to=timezone.now(), by=make_member(patient.clinic))
    before = next_of(own)

    answer_screen(patient)

    assert (before, next_of(own)) == ("screen", "session")


def test_the_first_screen_comes_before_the_first_session(own: Client) -> None:
    newcomer = make_patient(make_clinic())
    plan_for(newcomer)
    log_check_row(newcomer, today())

    assert next_of(client_with(session_of(newcomer.user))) == "screen"


def test_what_was_not_logged_this_week_is_missing_and_what_was_said_is_said(
    own: Client, patient: Patient
) -> None:
    plan_for(patient)
    monday = today() - timedelta(days=today().weekday())
    log_session_row(patient, today(), "partly")

    week = own.get("/today/").context["day"].week

    before = ["missing"] * today().weekday()
    after = ["planned"] * (6 - today().weekday())
    assert [day.state for day in week] == [*before, "partly", *after]
    assert week[0].on == monday


def test_today_is_the_day_where_the_patient_lives(own: Client, patient: Patient) -> None:
    Patient.objects.filter(pk=patient.pk).update(time_zone="Pacific/Kiritimati")
    here = own.get("/today/").context["day"].on
    Patient.objects.filter(pk=patient.pk).update(time_zone="Pacific/Pago_Pago")
    there = own.get("/today/").context["day"].on

    assert here - there == timedelta(days=1)


def test_staff_have_no_today(patient: Patient) -> None:
    clinician = make_member(patient.clinic)

    assert client_with(session_of(clinician)).get("/today/").status_code == 404


def test_the_safety_page_has_the_clinics_numbers_and_promises_nobody(own: Client) -> None:
    page = own.get("/safety/").content.decode()

    assert page.count('href="tel:911"') == 1
    assert page.count('href="tel:+15550100"') == 1
    assert page.count("This app cannot call for help.") == 1
    assert "Nobody may be reading it right now" in page


@pytest.mark.parametrize("how_many", [0, 1, 30])
def test_today_takes_eleven_queries_for_any_number(
    own: Client, patient: Patient, django_assert_num_queries, how_many: int
) -> None:
    if how_many:
        plan_for(patient, exercises=how_many)
    for _ in range(how_many):
        give_reading(patient)
        log_session_row(patient, today())
    own.get("/today/")

    with django_assert_num_queries(11 if how_many else 8):
        own.get("/today/")
