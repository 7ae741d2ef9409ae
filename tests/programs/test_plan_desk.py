"""The plan desk over the web: choose, adjust, save; nothing typed is lost, nobody else's change is run over."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from clinic.models import Clinic, Patient, User
from programs import actions, queries
from programs.forms import open_desk
from programs.models import ExerciseVersion, Plan, PlanItem, TemplateVersion
from tests.clinic.people import signed_in
from tests.factories import (
    make_clinic,
    make_exercise_version,
    make_member,
    make_module_version,
    make_patient,
    make_plan,
    make_template_version,
)
from tests.programs.drafts import phase_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def exercise(clinic: Clinic) -> ExerciseVersion:
    return make_exercise_version(name="Clamshell")


@pytest.fixture
def template(exercise: ExerciseVersion) -> TemplateVersion:
    return make_template_version(exercise)


def where(patient: Patient) -> str:
    return f"/patients/{patient.pk}/plan/"


def typed(
    patient: Patient, template: TemplateVersion | None = None, **changes: object
) -> dict[str, list[str]]:
    """What the browser sends when the desk is saved as it opened, with these changes."""
    today = timezone.now().date()
    shelf = queries.shelf(patient, on=today)
    data: QueryDict = open_desk(patient, shelf, chosen=template, today=today).data.copy()
    for name, value in {"act": "save", **changes}.items():
        data.setlist(name, value if isinstance(value, list) else [str(value)])
    return dict(data.lists())


def values(page: str, name: str) -> list[str]:
    """The values of the text inputs of this name."""
    tags = [tag for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag]
    return [unescape(re.search(r'value="([^"]*)"', tag)[1]) for tag in tags if "value=" in tag]


def test_a_program_is_assigned_as_it_stands(
    desk: Client, patient: Patient, template: TemplateVersion
) -> None:
    module = make_module_version()

    response = desk.post(where(patient), typed(patient, template))

    plan, item = Plan.objects.get(), PlanItem.objects.filter(phase__position=1).get()
    assert response.url == f"/patients/{patient.pk}/"
    assert (plan.patient, plan.template_version, plan.name) == (patient, template, template.name)
    assert (item.sets_low, item.amount_low, item.amount_high, item.side) == (3, 10, 12, "each")
    assert (item.weekdays, item.days_per_week_low) == ([1, 3, 5], None)
    assert [reading.version for reading in patient.reading.all()] == [module]  # suggested with a first plan


def test_the_page_sends_all_that_the_desk_holds(
    desk: Client, patient: Patient, template: TemplateVersion
) -> None:
    make_module_version()
    page = desk.get(where(patient), {"template": template.pk}).content.decode()

    sent = set(re.findall(r'name="([^"]+)"', page.split('id="desk"', 1)[1]))
    assert set(typed(patient, template)) - sent == set()


def test_what_was_adjusted_is_stored(desk: Client, patient: Patient, template: TemplateVersion) -> None:
    changes = {
        "weekdays": ["2", "4"], "side": "left", "current": "2", "note": "Well begun", "modules": [],
        "p0-r0-sets": "2-3", "p0-r0-amount": "8", "p0-r0-unit": "seconds", "p0-r0-side": "plan", "p0-r0-effort": "5-6",
        "p0-r0-rest": "60", "p0-r0-load_kg": "7,5", "p0-r0-load_note": "light band", "p0-r0-tempo": "3-1-1",
        "p0-r0-times_per_day": "2", "p0-r0-pain_cap": "3", "p0-r0-why": "Your left hip", "p0-r0-note": "Not before a run",
    }  # fmt: skip

    desk.post(where(patient), typed(patient, template, **changes))

    item, version = PlanItem.objects.get(phase__position=1), Plan.objects.get().versions.get()
    dose = item.dose
    assert (dose.sets_low, dose.sets_high, dose.amount_high, dose.unit, dose.side) == (
        2,
        3,
        8,
        "seconds",
        "left",
    )
    assert (dose.effort_low, dose.effort_high, dose.rest_seconds_high, dose.load_kg) == (5, 6, 60, 7.5)
    assert (dose.load_note, dose.tempo, dose.times_per_day, dose.pain_cap) == ("light band", "3-1-1", 2, 3)
    assert (item.why, dose.note, item.weekdays) == ("Your left hip", "Not before a run", [2, 4])
    assert (version.phase_position, version.note, patient.reading.count()) == (2, "Well begun", 0)


def test_an_exercise_may_have_days_of_its_own(
    desk: Client, patient: Patient, template: TemplateVersion
) -> None:
    desk.post(where(patient), typed(patient, template, **{"p0-r0-days": ["6", "7"]}))

    assert [item.weekdays for item in PlanItem.objects.order_by("phase__position")] == [[6, 7], [1, 3, 5]]


def test_an_exercise_asked_for_less_often_opens_with_fewer_days(desk: Client, patient: Patient) -> None:
    rare = make_exercise_version()
    rare.content["dose"] |= {"days_per_week_low": 1, "days_per_week_high": 2}
    template = make_template_version(rare, make_exercise_version())

    desk.post(where(patient), typed(patient, template))

    items = PlanItem.objects.filter(phase__position=1).order_by("position")
    assert [item.weekdays for item in items] == [[2, 5], [1, 3, 5]]


def test_a_change_is_a_new_version_that_keeps_the_old(desk: Client, patient: Patient) -> None:
    plan = make_plan(patient)
    later = timezone.now().date() + timedelta(days=3)

    desk.post(where(patient), typed(patient, **{"p0-r0-sets": "4", "from_on": later.isoformat()}))

    assert list(plan.versions.order_by("number").values_list("number", "from_on")) == [
        (1, plan.started_on), (2, later),
    ]  # fmt: skip
    assert list(PlanItem.objects.order_by("phase__version__number").values_list("sets_low", flat=True)) == [
        3,
        4,
    ]


@pytest.mark.parametrize(
    ("act", "order"),
    [("up:p0:r1", ["B", "A", "C"]), ("down:p0:r1", ["A", "C", "B"]), ("remove:p0:r1", ["A", "C"]),
     ("up:p0:r0", ["A", "B", "C"]), ("down:p0:r2", ["A", "B", "C"]), ("remove:p0:r9", ["A", "B", "C"]),
     ("add:p0", ["A", "B", "C", "New"]), ("add:p9", ["A", "B", "C"]), ("update", ["A", "B", "C"])],
)  # fmt: skip
def test_rearranging_keeps_what_was_typed_and_saves_nothing(
    desk: Client, patient: Patient, act: str, order: list[str]
) -> None:
    make_plan(patient, *[make_exercise_version(name=name) for name in "ABC"])
    new = make_exercise_version(name="New")

    page = desk.post(where(patient), typed(patient, act=act, **{"p0-r0-why": "Typed", "p0-add": new.pk}))

    names = re.findall(r'id="p0-r\d+-title">([^<]*)<', page.content.decode())
    assert (page.status_code, names) == (200, order)
    assert values(page.content.decode(), "p0-r0-why") == ["Typed"]
    assert Plan.objects.get().versions.count() == 1


def test_a_rearranged_plan_is_stored_in_that_order(desk: Client, patient: Patient) -> None:
    make_plan(patient, *[make_exercise_version(name=name) for name in "ABC"])

    desk.post(where(patient), typed(patient, **{"p0-rows": ["r2", "r0"]}))

    rows = PlanItem.objects.filter(phase__version__number=2).order_by("position")
    assert [row.exercise_version.name for row in rows] == ["C", "A"]


def test_the_burden_is_counted_and_warns_above_four(desk: Client, patient: Patient) -> None:
    make_plan(
        patient, *[make_exercise_version() for _ in range(4)]
    )  # 3 x 10 each side, 4 s each, 15 s between
    new = make_exercise_version()

    four = desk.get(where(patient)).content.decode()
    five = desk.post(where(patient), typed(patient, act="add:p0", **{"p0-add": new.pk})).content.decode()

    assert ("4 exercises" in four, "18 minutes a day" in four, "More than four" in four) == (
        True,
        True,
        False,
    )
    assert ("5 exercises" in five, "More than four" in five) == (True, True)


@pytest.mark.parametrize(
    "changes",
    [{"p0-r0-sets": "١٢"}, {"p0-r0-sets": "1_0"}, {"p0-r0-sets": " 3 "}, {"p0-r0-sets": "11"}, {"p0-r0-sets": "0"},
     {"p0-r0-sets": "3-2"}, {"p0-r0-sets": ""}, {"p0-r0-sets": "-1"}, {"p0-r0-sets": "9" * 5000},
     {"p0-r0-amount": "601"}, {"p0-r0-effort": "11"}, {"p0-r0-rest": "601"}, {"p0-r0-load_kg": "301"},
     {"p0-r0-load_kg": "NaN"}, {"p0-r0-tempo": "fast"}, {"p0-r0-unit": "miles"}, {"p0-r0-side": "one"},
     {"p0-r0-why": "a\x00b"}, {"p0-r0-why": "a\u202eb"}, {"p0-r0-why": "x" * 301}, {"p0-r0-days": ["8"]},
     {"p0-r0-exercise": "5"}, {"p0-r0-exercise": "00000000-0000-0000-0000-000000000000"}, {"p0-name": ""},
     {"weekdays": []}, {"weekdays": ["0"]}, {"current": "2"}, {"current": "x"}, {"from_on": "2026-02-30"},
     {"from_on": "0001-01-01"}, {"from_on": "9999-12-31"}, {"name": "x" * 121}, {"name": "two\nlines"},
     {"p0-rows": []}, {"phases": []}, {"phases": ["p0", "zz"]}, {"modules": ["5"]}, {"seen": "x"}, {"seen": ""}],
    ids=lambda changes: f"{next(iter(changes))} {str(next(iter(changes.values())))[:20]!r}",
)  # fmt: skip
def test_bad_input_is_named_and_what_was_typed_is_kept(desk: Client, patient: Patient, changes: dict) -> None:
    make_plan(patient)

    page = desk.post(where(patient), typed(patient, **{"note": "My own words", **changes}))

    assert (page.status_code, Plan.objects.get().versions.count()) == (422, 1)
    assert "Please check this" in page.content.decode()
    assert "My own words" in page.content.decode()


def test_the_screen_names_the_patient(desk: Client, patient: Patient, template: TemplateVersion) -> None:
    page = desk.get(where(patient), {"template": template.pk}).content.decode()

    assert "For <strong>Sam Okafor</strong>, born 17 May 1990" in page


def test_a_form_opened_for_another_patient_writes_nothing(
    desk: Client, clinician: User, patient: Patient, template: TemplateVersion
) -> None:
    other = make_patient(patient.clinic, in_care_of=clinician)

    page = desk.post(where(other), typed(patient, template))

    assert (page.status_code, Plan.objects.count()) == (409, 0)
    assert "That form belongs to another patient" in page.content.decode()


def test_a_stale_change_is_told_and_kept(desk: Client, patient: Patient, clinic: Clinic) -> None:
    plan = make_plan(patient)
    stale = typed(patient, note="My own words")
    colleague = make_member(clinic, name="Dr Bo")
    now = timezone.now()
    actions.revise_plan(
        plan=plan,
        seen_version=1,
        phases=[phase_draft()],
        phase_position=1,
        from_on=now.date(),
        note="",
        by=colleague,
    )

    page = desk.post(where(patient), stale)

    text = page.content.decode()
    assert (page.status_code, plan.versions.count()) == (409, 2)
    assert re.search(r"Dr Bo changed this plan at \d\d:\d\d, ", text)
    assert "My own words" in text
    assert values(text, "seen") == ["2"]  # having been told, the next press counts


def test_assigning_over_a_plan_started_meanwhile_is_told_and_kept(
    desk: Client, patient: Patient, template: TemplateVersion, clinic: Clinic
) -> None:
    form = typed(patient, template, note="My own words")
    make_plan(patient, by=make_member(clinic, name="Dr Bo"))

    page = desk.post(where(patient), form)

    assert (page.status_code, Plan.objects.count()) == (409, 1)
    assert "Dr Bo started a plan for this patient at" in page.content.decode()
    assert "My own words" in page.content.decode()


def test_a_plan_ended_meanwhile_is_told(desk: Client, clinician: User, patient: Patient) -> None:
    plan = make_plan(patient)
    form = typed(patient)
    actions.end_plan(plan=plan, by=clinician)

    page = desk.post(where(patient), form)

    assert (page.status_code, "This plan was ended while" in page.content.decode()) == (409, True)


def test_ending_asks_first_and_keeps_everything(desk: Client, patient: Patient) -> None:
    plan = make_plan(patient)

    asked = desk.get(f"{where(patient)}end/")
    assert ("Sam Okafor" in asked.content.decode(), Plan.objects.current().count()) == (True, 1)

    desk.post(f"{where(patient)}end/")
    desk.post(f"{where(patient)}end/")

    assert (Plan.objects.current().count(), plan.versions.count()) == (0, 1)


def test_modules_given_already_are_not_offered(
    desk: Client, patient: Patient, template: TemplateVersion
) -> None:
    first, second = make_module_version(), make_module_version()
    desk.post(where(patient), typed(patient, template, modules=[str(first.pk)]))

    page = desk.get(where(patient)).content.decode()

    assert (str(first.pk) in page, str(second.pk) in page, "1 given already" in page) == (False, True, True)


def test_a_running_plan_keeps_the_exercise_version_it_was_given(
    desk: Client, patient: Patient, exercise: ExerciseVersion
) -> None:
    make_plan(patient, exercise)
    ExerciseVersion.objects.create(
        exercise=exercise.exercise,
        number=2,
        code=exercise.code,
        name="Clamshell, new",
        content=exercise.content,
    )

    desk.post(where(patient), typed(patient, **{"p0-r0-sets": "4"}))

    assert PlanItem.objects.get(phase__version__number=2).exercise_version == exercise


@pytest.mark.parametrize("who", ["colleague", "stranger", "patient"])
@pytest.mark.parametrize("page", ["plan/", "plan/end/", "log/"])
def test_nobody_outside_care_gets_in(patient: Patient, clinic: Clinic, who: str, page: str) -> None:
    plan = make_plan(patient)
    user = {
        "colleague": lambda: make_member(clinic),
        "stranger": lambda: make_member(make_clinic()),
        "patient": lambda: patient.user,
    }[who]()  # fmt: skip
    browser = signed_in(user)

    answers = [
        browser.get(f"/patients/{patient.pk}/{page}"),
        browser.post(f"/patients/{patient.pk}/{page}", {}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert (plan.versions.count(), Plan.objects.current().count()) == (1, 1)


@pytest.mark.parametrize("exercises", [1, 12])
def test_the_desk_takes_a_fixed_number_of_queries(
    desk: Client, patient: Patient, exercises: int, django_assert_num_queries: Callable
) -> None:
    make_plan(patient, *[make_exercise_version() for _ in range(exercises)])
    desk.get(where(patient))

    with django_assert_num_queries(14):
        desk.get(where(patient))


def test_what_a_program_tells_the_clinician_does_not_reach_the_patient(
    desk: Client, patient: Patient, exercise: ExerciseVersion
) -> None:
    item = {"exercise": exercise.code, "dose": exercise.content["dose"], "text": ""}
    phase = {
        "key": "a",
        "name": "Settle",
        "advice": "Go easy.",
        "hint": "Drop one if stiff.",
        "items": [item],
    }
    template = make_template_version(exercise, phases=[phase])

    opened = desk.get(where(patient), {"template": str(template.pk)}).content.decode()
    desk.post(where(patient), typed(patient, template))
    shown = signed_in(patient.user).get("/plan/").content.decode()

    assert [words in opened for words in ("Go easy.", "Drop one if stiff.")] == [True, True]
    assert [words in shown for words in ("Go easy.", "Drop one if stiff.")] == [True, False]
