"""Progress: what was logged, with its gaps, and nothing promised."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import Patient
from tests.factories import (
    give_reading,
    log_check_row,
    log_session_row,
    make_clinic,
    make_patient,
    make_plan,
)

pytestmark = pytest.mark.django_db


def ago(days: int) -> date:
    return timezone.now().date() - timedelta(days=days)


@pytest.fixture
def patient() -> Patient:
    return make_patient(make_clinic())


@pytest.fixture
def own(client: Client, patient: Patient) -> Client:
    client.force_login(patient.user)
    return client


def test_nothing_logged_asks_for_a_first_check(own: Client) -> None:
    assert "Nothing logged yet" in own.get("/progress/").content.decode()


def test_the_sentence_says_how_much_is_known(own: Client, patient: Patient) -> None:
    for days, pain in [(0, 2), (1, 3), (8, 4)]:
        log_check_row(patient, ago(days), pain)

    context = own.get("/progress/").context

    days = 36 + timezone.now().date().weekday()
    assert context["pain"]["summary"] == (
        f"3 of {days} days logged. Last 7 days: 2.5 on average, from 2 days. The 7 days before: 4.0, from 1 day."
    )
    assert [row[1] for row in context["pain"]["rows"]][:3] == [2, 3, None]


def test_sessions_count_what_was_said_and_what_was_not(own: Client, patient: Patient) -> None:
    make_plan(patient, weekdays=[1, 2, 3, 4, 5, 6, 7], started_on=ago(5))
    log_session_row(patient, ago(1), "done")
    log_session_row(patient, ago(2), "partly")

    assert own.get("/progress/").context["sessions"]["summary"] == (
        "1 session done of 5 planned, 1 partly, no word about 3."
    )


@pytest.mark.parametrize(
    ("query", "weeks"), [("", 6), ("?weeks=12", 12), ("?weeks=99", 6), ("?weeks=%00", 6)]
)
def test_how_far_back(own: Client, patient: Patient, query: str, weeks: int) -> None:
    log_check_row(patient, ago(0))

    assert len(own.get(f"/progress/{query}").context["sessions"]["rows"]) == weeks


def test_only_ones_own_log_is_drawn(own: Client, patient: Patient) -> None:
    stranger = make_patient(patient.clinic)
    log_check_row(stranger, ago(0), 9)
    log_check_row(patient, ago(0), 1)

    assert own.get("/progress/").context["pain"]["rows"][0][1] == 1


@pytest.mark.parametrize("how_many", [1, 30])
def test_progress_takes_eight_queries_for_any_number(
    own: Client, patient: Patient, django_assert_num_queries, how_many: int
) -> None:
    make_plan(patient, started_on=ago(60))
    for n in range(how_many):
        log_check_row(patient, ago(n))
        log_session_row(patient, ago(n))
        give_reading(patient)
    own.get("/progress/")

    with django_assert_num_queries(8):
        own.get("/progress/")
