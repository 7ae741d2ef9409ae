"""From a drawn muscle to the exercises that train it: a patient's own, and the library's for staff."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from clinic.models import Patient, User
from education.anatomy import parts
from programs.actions import end_plan, start_plan
from programs.library import load_library
from programs.rules.muscles import STANDS_FOR, support, trained_parts
from tests.factories import make_exercise_version, make_patient, make_plan
from tests.programs.drafts import item_draft, phase_draft

db = pytest.mark.django_db
NOT_DRAWN = {
    "abdominals", "ankle joint", "calf", "deep hip rotators", "femoral nerve path", "gastrocnemius", "hamstrings",
    "hip joint capsule", "hip rotators", "iliopsoas", "lateral femoral cutaneous nerve path", "obliques", "rectus femoris",
    "sciatic nerve path", "soleus", "trunk", "whole body", "whole leg",
}  # fmt: skip


@pytest.mark.parametrize(
    ("muscles", "profile", "trained"),
    [
        ("Gluteus medius (lower side), Obliques", "strength", {"medius"}),
        ("Gluteus minimus", "strength", {"medius"}),
        ("Gluteus medius, TFL (if rolled back)", "strength", {"medius"}),
        ("Calf, Quadriceps, Glutes", "impact", {"vastus", "maximus", "medius"}),
        ("Hip abductors", "impact", {"medius", "tfl"}),
        ("Quadriceps (rectus femoris, vastus lateralis)", "strength", {"vastus"}),
        ("Quadriceps (rectus femoris, vastus lateralis)", "warmup", set()),
        ("glute MED", "strength", {"medius"}),
        ("Hamstrings", "strength", set()),
        ("", "strength", set()),
    ],
)
def test_an_authors_words_lead_to_drawn_parts(muscles: str, profile: str, trained: set[str]) -> None:
    assert trained_parts(muscles, profile=profile) == trained


def test_every_muscle_in_the_library_is_known_or_known_not_to_be_drawn() -> None:
    words = {w.casefold() for exercise in load_library().exercises.values() for w in exercise.muscles}
    names = {re.sub(r"\(.*?\)", "", word).strip() for word in words}

    assert names - set(STANDS_FOR) - NOT_DRAWN == set()
    assert {part for stands in STANDS_FOR.values() for part in stands} <= set(parts())


def test_more_studies_count_for_more() -> None:
    assert sorted([["B1", "B2"], ["S1"], ["S1", "S2"], []], key=support, reverse=True) == [
        ["S1", "S2"], ["S1"], ["B1", "B2"], [],
    ]  # fmt: skip


def give(patient: Patient, by: User) -> None:
    phases = [
        phase_draft(item_draft(make_exercise_version(name="Clamshell")), item_draft(make_exercise_version(name="Calf raise", muscles="Soleus"))),
        phase_draft(item_draft(make_exercise_version(name="Hip hike")), item_draft(make_exercise_version(name="Lunge", muscles="Quadriceps")), name="Build"),
    ]  # fmt: skip
    start_plan(
        patient=patient, template_version=None, name="Calm", phases=phases, started_on=patient.created_at.date(), modules=[], by=by,
        note="",
    )  # fmt: skip


def shows(page: str) -> list[str]:
    return [name for name in ("Clamshell", "Calf raise", "Hip hike", "Lunge") if name in page]


@db
@pytest.mark.parametrize(
    ("part", "names", "words"),
    [
        ("medius", ["Clamshell", "Hip hike"], "3 sets of 10 to 12 times"),
        ("vastus", ["Lunge"], "It comes in another step of your plan."),
        ("tfl", [], "that is fine"),
        ("pad", [], "This is not a muscle"),
    ],
)
def test_a_part_shows_the_patients_own_exercises(
    phone: Client, patient: Patient, clinician: User, part: str, names: list[str], words: str
) -> None:
    give(patient, clinician)

    page = phone.get(f"/plan/muscles/{part}/").content.decode()

    assert (shows(page), words in page, parts()[part].text[:20] in page) == (names, True, True)


@db
def test_an_exercise_leads_to_its_place_in_the_plan(phone: Client, patient: Patient, clinician: User) -> None:
    give(patient, clinician)
    place = re.search(r'href="/plan/#([\w-]+)"', phone.get("/plan/muscles/medius/").content.decode())

    assert f'id="{place[1]}"' in phone.get("/plan/").content.decode()


@db
def test_without_a_plan_the_part_is_still_explained(phone: Client, patient: Patient, clinician: User) -> None:
    give(patient, clinician)
    end_plan(plan=patient.plans.get(), by=clinician)

    page = phone.get("/plan/muscles/medius/").content.decode()

    assert (shows(page), "No plan yet" in page, "pelvis level" in page) == ([], True, True)


@db
def test_somebody_elses_exercises_stay_theirs(phone: Client, patient: Patient, clinician: User) -> None:
    give(make_patient(patient.clinic), clinician)

    page = phone.get("/plan/muscles/medius/").content.decode()

    assert (shows(page), "No plan yet" in page) == ([], True)


@db
def test_a_part_nobody_drew_is_not_there(phone: Client, patient: Patient) -> None:
    assert phone.get("/plan/muscles/liver/").status_code == 404


@db
@pytest.mark.parametrize("exercises", [1, 30])
def test_a_part_takes_six_queries(
    phone: Client, patient: Patient, exercises: int, django_assert_num_queries: Callable
) -> None:
    make_plan(patient, *[make_exercise_version() for _ in range(exercises)])
    phone.get("/plan/muscles/medius/")

    with django_assert_num_queries(6):
        phone.get("/plan/muscles/medius/")


@db
def test_staff_see_the_best_studied_first(desk: Client) -> None:
    for name, sources in (("Opinion", ["B1"]), ("Two studies", ["S1", "S2"]), ("One study", ["S3"])):
        make_exercise_version(name=name, sources=sources)

    page = desk.get("/library/anatomy/").content.decode()

    assert re.findall(r"Two studies|One study|Opinion", page) == ["Two studies", "One study", "Opinion"]


@db
@pytest.mark.parametrize("exercises", [1, 30])
def test_the_drawings_for_staff_take_five_queries(
    desk: Client, exercises: int, django_assert_num_queries: Callable
) -> None:
    [make_exercise_version() for _ in range(exercises)]
    desk.get("/library/anatomy/")

    with django_assert_num_queries(5):
        desk.get("/library/anatomy/")
