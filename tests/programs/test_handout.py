"""A plan on paper: whole words, pictures that are spoken of, boxes to tick, and the way back to the log."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from clinic.models import AccessEvent, Patient, User
from programs.models import PlanItem, PlanPhase, WalkRunStage
from tests.factories import make_exercise_version, make_patient, make_plan
from tests.machinery.paper import Paper

pytestmark = pytest.mark.django_db
OWN = "/plan/handout.pdf"
LOG = "https://clinic.example.org/log/session/"
FIGURES = ("CLAM", "BRIDGE", "SP_KNEE", "STEP_DOWN", "ROLL_QUAD", "BAND_WALK")
MOST_BYTES = 300_000
KEPT: list[bytes] = []


def give_six(patient: Patient, by: User) -> None:
    make_plan(patient, *[make_exercise_version(code=code, name=f"Move {code}") for code in FIGURES], by=by)


def paper(client: Client, address: str = OWN) -> Paper:
    return Paper(client.get(address).content)


@pytest.fixture(autouse=True)
def at_the_clinic(settings) -> None:
    settings.SITE_URL = "https://clinic.example.org"


@pytest.fixture
def six(phone: Client, patient: Patient, clinician: User) -> bytes:
    """The handout of six exercises: made once, because it is the same in every test and takes a second."""
    if not KEPT:
        give_six(patient, clinician)
        KEPT.append(phone.get(OWN).content)
    return KEPT[0]


def test_it_says_each_exercise_with_its_dose_and_side(six: bytes) -> None:
    text = Paper(six).text

    assert [code for code in FIGURES if f"Move {code} 3 sets of 10 times, each side" not in text] == []
    for words in ("Riverside", "For Sam Okafor", "Lift.", "Lower.", "Rolling back", "Monday, Wednesday, Friday",
                  "6 or more, or not back to usual by morning", "In an emergency call 112.", "Program · version 1 · printed"):  # fmt: skip
        assert words in text


def test_it_is_tagged_for_those_who_cannot_see_it(six: bytes) -> None:
    page = Paper(six)

    assert page.catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF's own boolean
    assert page.catalog["/Lang"] == "en"
    assert page.catalog["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert page.reader.metadata.title == "Exercise program · Riverside"
    assert b"pdfuaid" in page.catalog["/Metadata"].get_data()
    assert [len(page.tagged(kind)) for kind in ("H1", "H3", "LI")] == [1, 6 + 4, 6 * 3]


def test_every_picture_is_told_in_words(six: bytes) -> None:
    told = Paper(six).alternatives

    assert told[0] == f"QR code to log a session at {LOG}"
    assert len(told) == 1 + len(FIGURES)
    assert [words for words in told[1:] if not words.startswith("Start:")] == []


def test_every_heading_of_a_table_says_what_it_heads(six: bytes) -> None:
    scopes = [heading["/A"]["/Scope"] for heading in Paper(six).tagged("TH")]
    columns, rows = scopes.count("/Column"), scopes.count("/Row")

    assert (rows, columns + rows) == (3 + 4 * 8, len(scopes))


def test_the_code_leads_to_the_log(six: bytes) -> None:
    page = Paper(six)

    assert (page.has_code_for(LOG), page.has_code_for(LOG + "x")) == (True, False)
    assert "clinic.example.org/log/session/" in page.text.replace(" ", "")


def test_six_exercises_stay_light(six: bytes, figure: Callable) -> None:
    figure(f"6 exercises: {len(six):,} bytes")

    assert len(six) < MOST_BYTES


def test_nothing_about_the_patient_is_in_its_name_or_its_description(phone: Client, patient: Patient) -> None:
    make_plan(patient)

    answer = phone.get(OWN)
    described = str(Paper(answer.content).reader.metadata)

    assert answer["Content-Disposition"].startswith('inline; filename="program-')
    assert "no-store" in answer["Cache-Control"]
    assert [word for word in ("Sam", "Okafor", "Program ", "hip") if word in described] == []


@pytest.mark.parametrize("exercises", [1, 30])
def test_it_has_an_end(phone: Client, patient: Patient, exercises: int) -> None:
    made = [
        make_exercise_version(name=f"A move with a rather long name, number {n}") for n in range(exercises)
    ]
    make_plan(patient, *made, weekdays=[1, 2, 3, 4, 5, 6, 7])

    text = paper(phone).text

    assert text.count("Watch out for") == min(exercises, 12)
    assert ("18 more exercises are in the app." in text) == (exercises == 30)


def test_running_comes_with_its_stages_and_tighter_rules(phone: Client, patient: Patient) -> None:
    WalkRunStage.objects.create(
        position=1, stage="R1", repeats=5, walk_minutes=4, run_minutes=1, note="Flat ground"
    )
    make_plan(patient, make_exercise_version(code="WALK_RUN", name="Walk-run"))

    text = paper(phone).text

    assert "R1 5 4 1 (Flat ground)" in text
    assert "Running has tighter rules: 2 or less" in text


def test_what_limits_one_exercise_stands_with_it(phone: Client, patient: Patient) -> None:
    plan = make_plan(patient, make_exercise_version(name="Foam roll", caution="Stop if it tingles."))
    rows = PlanItem.objects.filter(phase__version__plan=plan)
    phase = PlanPhase.objects.get(version__plan=plan)
    values = rows.values().get() | {"id": None, "position": 2, "pain_cap": 3, "note": "Before activity only."}
    PlanItem(**{**values, "id": PlanItem().id, "phase_id": phase.pk}).save()

    text = paper(phone).text

    assert text.count("Keep pain at 3 of 10 or less.") == text.count("Before activity only.") == 1
    assert text.count("Take care: Stop if it tingles.") == 2


def test_whoever_has_no_plan_is_shown_what_comes(phone: Client, patient: Patient, clinician: User) -> None:
    give_six(make_patient(patient.clinic), clinician)

    assert phone.get(OWN).headers["Location"] == "/plan/"


def test_the_practitioner_hands_out_the_same_and_the_look_is_noted(
    desk: Client, phone: Client, patient: Patient, clinician: User
) -> None:
    make_plan(patient, by=clinician)

    handed_out = paper(desk, f"/patients/{patient.pk}/plan/handout.pdf")

    assert handed_out.text == paper(phone).text
    assert [(row.actor, row.route) for row in AccessEvent.objects.filter(patient=patient)] == [
        (clinician, "patient_plan_handout")
    ]


def test_a_plan_that_starts_later_is_ticked_from_its_first_day(
    phone: Client, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("programs.views.handouts.timezone.now", lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))
    make_plan(patient, started_on=date(2026, 3, 10))

    text = paper(phone).text

    assert "starts Tuesday, March 10" in text
    assert "Week 1, from March 11" in text
    assert "Week 4, from March 30" in text


@pytest.mark.parametrize("exercises", [1, 12])
def test_a_handout_takes_six_queries(
    phone: Client, patient: Patient, exercises: int, django_assert_num_queries: Callable
) -> None:
    make_plan(patient, *[make_exercise_version() for _ in range(exercises)])

    with django_assert_num_queries(6):
        phone.get(OWN)
