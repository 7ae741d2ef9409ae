"""Where pictures are shown: with how to do it, while logging, and all together for staff."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from clinic.models import Patient
from programs.figures import codes
from tests.factories import make_exercise_version, make_plan

pytestmark = pytest.mark.django_db


def pictures(page: bytes) -> list[str]:
    """What each picture on a page says to those who cannot see it."""
    return re.findall(r'<svg class="fig"[^>]* role="img" aria-label="([^"]+)"', page.decode())


def test_a_patient_sees_the_exercise_before_reading_about_it(phone: Client, patient: Patient) -> None:
    make_plan(patient, make_exercise_version(code="BRIDGE", name="Two-leg bridge"))

    page = phone.get("/plan/").content
    how = page.decode().split("How to do it")[1]

    assert [words[:29] for words in pictures(page)] == ["Start: lying on the back, kne"]
    assert how.index("<svg") < how.index("<ol>")


def test_the_log_page_shows_each_exercise_in_small(phone: Client, patient: Patient) -> None:
    make_plan(patient, make_exercise_version(code="CLAM", name="Clamshell"))

    page = phone.get("/log/session/").content

    assert len(pictures(page)) == 1
    assert b"fig-small" in page


def test_an_exercise_without_a_picture_has_its_words(phone: Client, patient: Patient) -> None:
    make_plan(patient, make_exercise_version(code="NEW_ONE", name="Brand-new exercise"))

    page = phone.get("/plan/").content

    assert pictures(page) == []
    assert b"Brand-new exercise" in page
    assert b'class="fig-frame' not in page


def test_staff_see_the_picture_on_an_exercise(desk: Client) -> None:
    version = make_exercise_version(code="RDL", name="Hip hinge")

    assert len(pictures(desk.get(f"/library/exercises/{version.pk}/").content)) == 1


def test_the_contact_sheet_shows_every_exercise_once(
    desk: Client, django_assert_num_queries: Callable
) -> None:
    for code in codes():
        make_exercise_version(code=code, name=code.title())
    make_exercise_version(code="NEW_ONE", name="Brand-new exercise")
    desk.get("/library/figures/")

    with django_assert_num_queries(5):  # four of every staff page, and the exercises
        page = desk.get("/library/figures/").content

    assert len(set(pictures(page))) == 39
    assert page.count(b"No picture yet") == 1
