"""What staff read: a patient's log with its marks, and the library."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client

from clinic.models import Clinic, Patient
from programs.models import ExerciseVersion, PlanItem, SessionItem, WalkRunStage
from tests.clinic.people import signed_in
from tests.factories import (
    log_session_row,
    make_exercise_version,
    make_member,
    make_module_version,
    make_patient,
    make_plan,
    make_template_version,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)


def test_the_log_shows_what_was_told(desk: Client, patient: Patient) -> None:
    make_plan(patient, make_exercise_version(name="Clamshell"))
    item = PlanItem.objects.get()
    session = log_session_row(patient, TODAY, "partly", reason="sore", pain_after=4, note="On the <stairs>")
    SessionItem.objects.create(session=session, plan_item=item, sets_done=2, amount_done=10, pain_during=3)

    page = desk.get(f"/patients/{patient.pk}/log/").content.decode()

    for words in ("Tuesday 10 March 2026", "Partly", "Too sore", "4 of 10", "On the &lt;stairs&gt;", "Clamshell",
                  "2 × 10 times", "pain 3 of 10", "not said"):  # fmt: skip
        assert words in page


def test_late_suspect_and_conflicting_entries_are_marked(desk: Client, patient: Patient) -> None:
    first = log_session_row(patient, TODAY)
    log_session_row(patient, TODAY, client_id=first.client_id, content_hash="y", conflicts_with=first)
    log_session_row(patient, TODAY, received_at=first.received_at + timedelta(days=3))
    log_session_row(patient, TODAY, time_suspect=True)

    page = desk.get(f"/patients/{patient.pk}/log/").content.decode()

    marks = ("Conflicts with another entry", "Logged late", "Device clock was wrong")
    assert [page.count(words) for words in marks] == [1, 1, 1]


def test_an_empty_log_does_not_say_that_nothing_was_done(desk: Client, patient: Patient) -> None:
    assert "it does not mean nothing was done" in desk.get(f"/patients/{patient.pk}/log/").content.decode()


@pytest.mark.parametrize("sessions", [1, 25])
def test_the_log_takes_a_fixed_number_of_queries(
    desk: Client, patient: Patient, sessions: int, django_assert_num_queries: Callable
) -> None:
    make_plan(patient)
    for number in range(sessions):
        session = log_session_row(patient, TODAY - timedelta(days=number))
        SessionItem.objects.create(session=session, plan_item=PlanItem.objects.get(), sets_done=3)
    desk.get(f"/patients/{patient.pk}/log/")

    with django_assert_num_queries(8):
        desk.get(f"/patients/{patient.pk}/log/")


@pytest.mark.parametrize("page", ["2", "0", "-1", "99999999999999999999", "x", "%00", "１"])
def test_any_page_number_gives_a_page(desk: Client, patient: Patient, page: str) -> None:
    for number in range(30):
        log_session_row(patient, TODAY - timedelta(days=number))

    assert desk.get(f"/patients/{patient.pk}/log/?page={page}").status_code == 200


def test_extreme_but_legal_rows_do_not_break_the_log(desk: Client, patient: Patient) -> None:
    log_session_row(patient, date(2099, 12, 31), note="x" * 2000)
    log_session_row(patient, date(2000, 1, 2), client_id=uuid4())

    assert desk.get(f"/patients/{patient.pk}/log/").status_code == 200


@pytest.fixture
def clam(clinic: Clinic) -> ExerciseVersion:
    return make_exercise_version(name="Clamshell", evidence="One trial (S1).", muscles="Gluteus medius")


def test_the_library_holds_exercises_programs_stages_and_modules(desk: Client, clam: ExerciseVersion) -> None:
    template, module = make_template_version(clam), make_module_version()
    WalkRunStage.objects.create(stage="R1", position=1, repeats=5, walk_minutes=4, run_minutes=1)

    page = desk.get("/library/").content.decode()

    for words in ("Clamshell", template.name, module.title, "R1", "draft for a licensed clinician"):
        assert words in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("clam", True), ("CLAM", True), ("gluteus clam", True), ("plank", False), ("", True), ("a\x00b", True), ("x" * 999, True)],
)  # fmt: skip
def test_the_library_is_searched_by_name_family_and_muscle(
    desk: Client, clam: ExerciseVersion, query: str, found: bool
) -> None:
    page = desk.get("/library/", {"q": query})

    assert (page.status_code, f"/library/exercises/{clam.pk}/" in page.content.decode()) == (200, found)


def test_an_exercise_shows_its_dose_evidence_and_neighbors(desk: Client, clam: ExerciseVersion) -> None:
    plank = make_exercise_version(name="Side plank", easier=[clam.code], evidence="Two trials.")

    page = desk.get(f"/library/exercises/{plank.pk}/").content.decode()

    for words in ("Side plank", "3 sets of 10 to 12 times, each side", "Two trials.", "Easier", "Clamshell"):
        assert words in page


def test_only_staff_read_the_clinical_words_of_a_caution(desk: Client, clam: ExerciseVersion) -> None:
    roll = make_exercise_version(caution="Ask first if you bruise.", staff_note="Anticoagulants.")

    page = desk.get(f"/library/exercises/{roll.pk}/").content.decode()
    how_to = render_to_string("programs/how_to.html", {"content": roll.content, "code": roll.code})

    assert [("Anticoagulants." in text, "if you bruise" in text) for text in (page, how_to)] == [
        (True, True),
        (False, True),
    ]


def test_an_unpublished_exercise_is_not_in_the_library(desk: Client, clam: ExerciseVersion) -> None:
    clam.exercise.live = False
    clam.exercise.save()

    assert f"/library/exercises/{clam.pk}/" not in desk.get("/library/").content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("practitioner", 200), ("clinic_admin", 200), ("editor", 200), ("patient", 404), ("nobody", 404)],
)
def test_the_library_is_for_staff(clinic: Clinic, clam: ExerciseVersion, who: str, status: int) -> None:
    others = {"patient": lambda: make_patient(clinic).user, "nobody": make_user}
    browser = signed_in(others[who]() if who in others else make_member(clinic, who))

    pages = ["/library/", f"/library/exercises/{clam.pk}/"]

    assert [browser.get(page).status_code for page in pages] == [status, status]


def test_an_unknown_exercise_is_not_found(desk: Client) -> None:
    assert desk.get(f"/library/exercises/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("exercises", [1, 30])
def test_the_library_takes_a_fixed_number_of_queries(
    desk: Client, exercises: int, django_assert_num_queries: Callable
) -> None:
    make_template_version(*[make_exercise_version() for _ in range(exercises)])
    make_module_version()
    desk.get("/library/")

    with django_assert_num_queries(12):
        desk.get("/library/")


def test_staff_times_are_the_patients(desk: Client, patient: Patient) -> None:
    patient.time_zone = "Asia/Tokyo"
    patient.save()
    log_session_row(patient, TODAY, received_at=datetime(2026, 3, 10, 20, 0, tzinfo=UTC))

    assert "11 Mar, 05:00" in desk.get(f"/patients/{patient.pk}/log/").content.decode()
