"""The patient's plan page: what to do now, in plain words, and nothing of anyone else's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import Patient, User
from programs.actions import end_plan, start_plan
from tests.factories import make_exercise_version, make_patient, make_plan
from tests.programs.drafts import item_draft, phase_draft

pytestmark = pytest.mark.django_db


def give(patient: Patient, by: User, **changes: object) -> None:
    phases = [
        phase_draft(item_draft(make_exercise_version(name="Clamshell", caution="Stop if it tingles."), why="Your left hip")),
        phase_draft(item_draft(make_exercise_version(name="Side plank")), name="Build"),
    ]  # fmt: skip
    start_plan(
        **{"patient": patient, "template_version": None, "name": "Calm and activate", "phases": phases,
           "started_on": timezone.now().date(), "modules": [], "by": by, "note": "Well begun", **changes}
    )  # fmt: skip


def test_the_plan_says_what_to_do_and_why(phone: Client, patient: Patient, clinician: User) -> None:
    give(patient, clinician)

    page = phone.get("/plan/").content.decode()

    for words in ("Calm and activate", "A note from Dr Lee", "Well begun", "Clamshell", "Your left hip",
                  "3 sets of 10 to 12 times, left side", "Monday, Wednesday, Friday", "Rolling back",
                  "Stop if it tingles.", "Lie down.", "Lower.", "You are here", "Side plank"):  # fmt: skip
        assert words in page


def test_a_plan_that_starts_later_shows_its_first_day(
    phone: Client, patient: Patient, clinician: User
) -> None:
    first = timezone.now().date() + timedelta(days=3)
    give(patient, clinician, started_on=first)

    assert f"starts {first:%A} {first.day} {first:%B}" in phone.get("/plan/").content.decode()


def test_without_a_plan_the_page_says_what_comes(phone: Client, patient: Patient, clinician: User) -> None:
    give(patient, clinician)
    end_plan(plan=patient.plans.get(), by=clinician)

    assert "No plan yet" in phone.get("/plan/").content.decode()


def test_someone_elses_plan_is_nowhere(phone: Client, patient: Patient, clinician: User) -> None:
    give(make_patient(patient.clinic), clinician, note="canary")

    page = phone.get("/plan/").content.decode()

    assert ("No plan yet" in page, "canary" in page) == (True, False)


@pytest.mark.parametrize("exercises", [1, 30])
def test_the_plan_page_takes_six_queries(
    phone: Client, patient: Patient, exercises: int, django_assert_num_queries: Callable
) -> None:
    make_plan(patient, *[make_exercise_version() for _ in range(exercises)])
    phone.get("/plan/")

    with django_assert_num_queries(6):
        phone.get("/plan/")
