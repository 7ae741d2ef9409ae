"""The next seven days: each under the version in force by then, and how to do what is asked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import Patient
from programs.queries import days_ahead
from tests.factories import make_clinic, make_exercise_version, make_member, make_patient, make_plan

pytestmark = pytest.mark.django_db
EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


@pytest.fixture
def patient() -> Patient:
    clinic = make_clinic()
    return make_patient(clinic, in_care_of=make_member(clinic))


@pytest.fixture
def phone(client: Client, patient: Patient) -> Client:
    client.force_login(patient.user)
    return client


def test_days_without_exercises_are_days_of_rest(patient: Patient) -> None:
    make_plan(patient, weekdays=[1, 4])
    today = timezone.now().date()

    days = days_ahead(patient, today)

    assert [day.on for day in days] == [today + timedelta(days=n) for n in range(7)]
    assert sorted(day.on.isoweekday() for day in days if day.items) == [1, 4]


def test_a_version_that_begins_on_a_later_day_shows_from_then_on(patient: Patient) -> None:
    make_plan(patient, started_on=timezone.now().date() + timedelta(days=3), weekdays=EVERY_DAY)

    days = days_ahead(patient, timezone.now().date())

    assert [bool(day.items) for day in days] == [False] * 3 + [True] * 4


def test_without_a_plan_the_page_says_what_comes(phone: Client) -> None:
    assert "Nothing planned yet" in phone.get("/plan/week/").content.decode()


@pytest.mark.parametrize("exercises", [1, 30])
def test_the_week_takes_five_queries_and_shows_each_exercise_once(
    phone: Client, patient: Patient, exercises: int, django_assert_num_queries: Callable
) -> None:
    make_plan(patient, *[make_exercise_version() for _ in range(exercises)], weekdays=EVERY_DAY)
    phone.get("/plan/week/")

    with django_assert_num_queries(5):
        page = phone.get("/plan/week/").content.decode()

    assert (page.count('<article class="card"'), page.count('<a href="#item-')) == (exercises, 7 * exercises)
