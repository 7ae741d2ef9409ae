"""What a phone keeps, what has reached us, and checks that were given earlier than they arrived."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from clinic.access import person_key
from clinic.models import Patient
from tests.factories import (
    give_reading,
    log_check_row,
    log_session_row,
    make_clinic,
    make_member,
    make_patient,
    make_plan,
)

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def patient() -> Patient:
    clinic = make_clinic()
    return make_patient(clinic, in_care_of=make_member(clinic))


@pytest.fixture
def own(client: Client, patient: Patient) -> Client:
    client.force_login(patient.user)
    return client


def today() -> date:
    return timezone.now().date()


def send(own: Client, **said: object) -> tuple[int, dict]:
    at = said.pop("at", timezone.now())
    data = {"client_id": str(uuid4()), "on": today().isoformat(), "performed_at": at.isoformat(), **said}
    answer = own.post("/log/check/", data, headers=JSON)
    return answer.status_code, answer.json()


def test_the_phone_is_told_its_own_pages_and_whose_they_are(own: Client, patient: Patient) -> None:
    doctor = patient.care.get().practitioner
    reading = give_reading(patient, assigned_by=doctor)
    stranger = give_reading(make_patient(patient.clinic, in_care_of=doctor), assigned_by=doctor)

    answer = own.get("/offline/pages/", headers=JSON).json()

    assert (answer["person"], f"/modules/{reading.pk}/?all=1" in answer["pages"]) == (
        person_key(patient.user),
        True,
    )
    assert str(stranger.pk) not in str(answer)
    assert all(own.get(page).status_code in (200, 302) for page in answer["pages"])


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_what_reached_us_takes_six_queries(
    own: Client, patient: Patient, rows: int, django_assert_num_queries: Callable
) -> None:
    make_plan(patient)
    for days in range(rows):
        log_check_row(patient, today() - timedelta(days=days))
        log_session_row(patient, today() - timedelta(days=days))
    own.get("/log/saved/")

    with django_assert_num_queries(6):
        page = own.get("/log/saved/").content.decode()

    assert page.count("Reached us on") == min(2 * rows, 20)


@pytest.mark.parametrize(
    ("clock", "day", "kept", "is_suspect"),
    [
        pytest.param(-5, -5, -5, False, id="sent five days late"),
        pytest.param(1, 1, 0, True, id="a clock a day ahead"),
        pytest.param(-3000, -3000, 0, True, id="a clock years behind"),
        pytest.param(2000, 2000, 0, True, id="a clock years ahead"),
    ],
)
def test_a_wrong_clock_is_marked_and_never_refused(
    own: Client, patient: Patient, clock: int, day: int, kept: int, is_suspect: bool
) -> None:
    on = (today() + timedelta(days=day)).isoformat()

    status, _said = send(own, on=on, at=timezone.now() + timedelta(days=clock), morning_pain="3")

    row = patient.checks.get()
    assert (status, row.on, row.time_suspect) == (201, today() + timedelta(days=kept), is_suspect)


def test_an_older_check_that_arrives_later_does_not_count(own: Client, patient: Patient) -> None:
    now = timezone.now()
    send(own, morning_pain="2", at=now)

    late = send(own, morning_pain="7", at=now - timedelta(hours=1))

    first, second = patient.checks.order_by("received_at")
    assert (late[0], late[1]["outcome"]) == (201, "stored")
    assert (second.conflicts_with, second.corrects, first.is_worry) == (first, None, False)


def test_what_cannot_be_saved_repeats_its_id(own: Client) -> None:
    key = str(uuid4())

    status, said = send(own, client_id=key, morning_pain="99")

    assert (status, said["client_id"], list(said["errors"])) == (422, key, ["morning_pain"])
