"""The plan desk after an assessment: filled by what was confirmed, guarded by what speaks against it."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import AuditEvent, Patient, User
from programs import actions, queries
from programs.forms import open_desk
from programs.models import ExerciseVersion, Plan, PlanItem, TemplateVersion
from tests.factories import (
    make_assessment,
    make_exercise_version,
    make_module_version,
    make_plan,
    make_template_version,
)
from tests.programs.drafts import item_draft, phase_draft

pytestmark = pytest.mark.django_db
FOUND = {
    "worst_pain": {"whole": 5}, "hip_abduction": {"left": "3", "right": "5"}, "hip_flexor": {"left": "2", "right": "0"},
    "stance_drop": {"left": "2", "right": "0"}, "goal_1": {"whole": {"words": "Run to the lake", "score": 3}},
}  # fmt: skip
IRRITATED = {"irritated": {"right": "yes"}}


@pytest.fixture
def library(db: None) -> dict[str, ExerciseVersion]:
    codes = ("CLAM", "BRIDGE", "BREATH_9090", "HF_STRETCH", "ROLL_QUAD", "ISO_ABD", "SL_ABD", "SP_KNEE")
    return {code: make_exercise_version(code=code, name=f"Do {code}") for code in codes}


@pytest.fixture
def program(library: dict[str, ExerciseVersion]) -> TemplateVersion:
    codes = ("ISO_ABD", "BRIDGE", "CLAM", "BREATH_9090")
    return make_template_version(*[library[code] for code in codes], code="P1")


def examined(patient: Patient, by: User, answers: dict, *confirmed: str) -> None:
    row = make_assessment(patient, answers, by=by, assessed_on=timezone.now().date())
    if confirmed:
        actions.decide_findings(assessment=row, answers=dict.fromkeys(confirmed, "confirmed"), by=by)


def where(patient: Patient) -> str:
    return f"/patients/{patient.pk}/plan/"


def typed(patient: Patient, **changes: object) -> dict[str, list[str]]:
    today = timezone.now().date()
    shelf = queries.shelf(patient, on=today)
    data = open_desk(patient, shelf, chosen=shelf.recommended(), today=today).data.copy()
    for name, value in {"act": "save", **changes}.items():
        data.setlist(name, [str(value)])
    return dict(data.lists())


def test_what_was_confirmed_fills_the_desk(
    desk: Client, patient: Patient, clinician: User, program: TemplateVersion
) -> None:
    module = make_module_version()
    examined(patient, clinician, FOUND, "hip_strength", "hip_mobility")

    page = desk.get(where(patient)).content.decode()

    names = re.findall(r'id="p0-r\d+-title">Do ([^<]*)<', page)
    assert names == ["HF_STRETCH", "ISO_ABD", "BRIDGE", "CLAM"]
    assert "Hip strength: Side-lying abduction, gluteus medius: left 3 weak" in page
    assert "Set aside for now: Do BREATH_9090" in page
    assert ("P1: Pain in daily life of 5 of 10, over 3." in page, module.title in page) == (True, True)


def test_it_is_stored_with_the_reason_and_the_activity_in_the_patients_words(
    desk: Client, phone: Client, patient: Patient, clinician: User, program: TemplateVersion
) -> None:
    examined(patient, clinician, FOUND, "hip_strength", "hip_mobility")

    desk.post(where(patient), typed(patient, **{"p0-r3-goal": "Run to the lake"}))

    item = PlanItem.objects.get(phase__position=1, position=4)
    assert (item.exercise_version.code, item.why, item.goal) == (
        "CLAM",
        "To make your hip stronger.",
        "Run to the lake",
    )
    assert "Run to the lake" in phone.get("/plan/").content.decode()
    desk.post(where(patient), typed(patient))
    assert PlanItem.objects.filter(phase__version__number=2, goal="Run to the lake").count() == 1


def test_nothing_is_proposed_before_anything_is_confirmed(
    desk: Client, patient: Patient, clinician: User, program: TemplateVersion
) -> None:
    examined(patient, clinician, FOUND)

    page = desk.get(where(patient)).content.decode()

    assert ("Findings wait for your word" in page, 'id="p0-r0-title"' in page) == (True, False)


def test_rolling_an_irritated_thigh_needs_a_reason_which_is_kept(
    desk: Client, patient: Patient, clinician: User, library: dict[str, ExerciseVersion]
) -> None:
    make_plan(patient, library["ROLL_QUAD"], library["CLAM"], by=clinician)
    examined(patient, clinician, IRRITATED)

    refused = desk.post(where(patient), typed(patient, **{"p0-r0-why": "Typed"}))
    desk.post(where(patient), typed(patient, **{"p0-r0-despite": "Only the front of the thigh"}))

    page = refused.content.decode()
    assert (refused.status_code, "say why it is given anyway" in page, 'value="Typed"' in page) == (
        422,
        True,
        True,
    )
    kept = PlanItem.objects.get(phase__version__number=2, position=1)
    assert kept.despite == "Only the front of the thigh"
    event = AuditEvent.objects.get(verb="plan.revised")
    assert (event.detail["overruled"], "thigh" in str(event.detail)) == (1, False)


@pytest.mark.parametrize(
    ("answers", "code", "despite", "is_refused"),
    [(IRRITATED, "ROLL_QUAD", "", True), (IRRITATED, "ROLL_QUAD", "A reason", False), (IRRITATED, "CLAM", "", False),
     ({"red_flags": {"whole": "yes"}}, "CLAM", "", True), ({}, "ROLL_QUAD", "", False)],
)  # fmt: skip
def test_the_action_itself_refuses_what_an_assessment_speaks_against(
    patient: Patient, clinician: User, library: dict, answers: dict, code: str, despite: str, is_refused: bool
) -> None:
    if answers:
        examined(patient, clinician, answers)
    phases = [phase_draft(item_draft(library[code], despite=despite))]

    try:
        actions.start_plan(
            patient=patient, template_version=None, name="Plan", phases=phases, started_on=timezone.now().date(),
            modules=(), by=clinician,
        )  # fmt: skip
    except actions.PlanNotUsable:
        assert is_refused
    assert Plan.objects.count() == (0 if is_refused else 1)


def test_a_swap_brings_its_own_dose_and_keeps_the_reason(
    desk: Client, patient: Patient, clinician: User, library: dict[str, ExerciseVersion]
) -> None:
    make_plan(patient, library["CLAM"], by=clinician)
    other = library["SL_ABD"]
    changes = {"act": "swap:p0:r0", "p0-r0-swap": other.pk, "p0-r0-why": "Kept", "p0-r0-sets": "9"}

    page = desk.post(where(patient), typed(patient, **changes)).content.decode()

    assert re.findall(r'id="p0-r\d+-title">([^<]*)<', page) == ["Do SL_ABD"]
    assert ('value="Kept"' in page, 'name="p0-r0-sets" value="3"' in page) == (True, True)
    assert Plan.objects.get().versions.count() == 1


def test_swaps_are_sorted_by_what_is_at_home_and_then_by_strength(
    patient: Patient, clinician: User, library: dict[str, ExerciseVersion]
) -> None:
    for code in ("BAND_WALK", "HIP_HIKE"):
        make_exercise_version(code=code, name=f"Do {code}")
    banded = ExerciseVersion.objects.get(code="BAND_WALK")
    examined(patient, clinician, {"kit": {"whole": ["step"]}})
    shelf = queries.shelf(patient, on=timezone.now().date())
    shelf.advice.kit[banded.code] = "Loop band"

    codes = [version.code for version in shelf.swaps(library["ISO_ABD"])]

    assert codes[:2] == ["CLAM", "SL_ABD"]  # index 115; then 81 % effort
    assert (codes[-1], "not at home: Loop band" in shelf.option(banded)) == ("BAND_WALK", True)
