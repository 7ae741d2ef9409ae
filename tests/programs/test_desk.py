"""Editors publish exercises and program templates; what can't be followed is refused beside the field."""

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from education.models import Source
from programs.actions import NotFit
from programs.models import Exercise, ExerciseVersion, ProgramTemplate, TemplateVersion
from tests.education import desk

pytestmark = pytest.mark.django_db
DOSE = {
    "sets_low": "3",
    "sets_high": "3",
    "amount_low": "10",
    "amount_high": "12",
    "unit": "reps",
    "side": "each",
}
OPEN_DOSE = "Say how often a week, how hard, or up to which pain."
NO_DOSE = dict.fromkeys(
    ("tempo", "rest_seconds_low", "rest_seconds_high", "days_per_week_low", "days_per_week_high", "effort_low",
     "effort_high", "load_kg", "load_note", "pain_cap", "note"), ""
)  # fmt: skip
ITEM = {"text": "", "load_note": "", "note": "", "unit": "", "side": ""}
ITEM |= dict.fromkeys(("sets_low", "sets_high", "amount_low", "amount_high"), "")
ITEM |= dict.fromkeys(("days_per_week_low", "days_per_week_high", "effort_low", "effort_high"), "")


@pytest.fixture
def at_desk(db) -> Client:
    return desk.signed_in(desk.make_editor())


def make_exercise(code: str = "CLAM", **fields: object) -> Exercise:
    """A published exercise that keeps every rule of the gate."""
    Source.objects.get_or_create(key="S30", defaults={"citation": "Somebody 2020"})
    words = {"name": f"Exercise {code}", "family": "hip", "purpose": "Strength", "muscles": "Glutes", "start": "Lie.",
             "steps": "Lift.\nLower.", "faults": "Rushing\nRolling", "caution": "Ask first.", "sources": "S30"}  # fmt: skip
    dose = {"sets_low": 3, "sets_high": 3, "amount_low": 10, "amount_high": 12, "days_per_week_low": 3}
    ends = {"is_easiest": True, "is_hardest": True}
    exercise = Exercise(code=code, **words, **{**dose, "days_per_week_high": 4, **ends, **fields}, live=False)
    exercise.save()
    exercise.save_revision().publish()
    exercise.refresh_from_db()
    return exercise


def publish_exercise(client: Client, exercise: Exercise, *, is_draft: bool = False, **changed: object):
    names = (
        "code",
        "name",
        "family",
        "profile",
        "purpose",
        "muscles",
        "kit",
        "start",
        "steps",
        "faults",
        "ladder",
    )
    names += ("caution", "staff_note", "evidence", "sources", "dose_text")
    form = {name: getattr(exercise, name) for name in names} | DOSE | NO_DOSE | {"times_per_day": "1"}
    form |= {"days_per_week_low": "3", "days_per_week_high": "4", "is_easiest": "on", "is_hardest": "on"}
    form |= {"go_live_at": "", "expire_at": ""}
    form = {name: value for name, value in {**form, **changed}.items() if value is not None}
    if is_draft:
        return client.post(desk.edit_address(exercise), form)
    return desk.publish(client, exercise, form)


def make_template(exercise: Exercise) -> ProgramTemplate:
    template = ProgramTemplate(
        code="P1", name="Program", weeks_low=2, weeks_high=3, phase_max_days=21, frequency="3 days", who="Anyone",
        phases=[("phase", {"key": "a", "name": "Settle", "items": [{"exercise": exercise}]})],
    )  # fmt: skip
    template.save()
    template.save_revision().publish()
    template.refresh_from_db()
    return template


def publish_template(
    client: Client, template: ProgramTemplate, *phases: dict[str, object], **changed: object
):
    names = ("code", "name", "weeks_low", "weeks_high", "phase_max_days", "frequency", "days_per_week", "who")
    names += ("entry", "exit", "basis", "sources", "modules")
    form = {name: getattr(template, name) for name in names} | {"go_live_at": "", "expire_at": ""}
    stream = streamfield([("phase", phase) for phase in phases])
    form = nested_form_data({**form, "phases": stream, **changed})
    return desk.publish(client, template, form)


def phase(*exercises: Exercise, key: str = "a", **dose: object) -> dict[str, object]:
    items = desk.listed([{**ITEM, "exercise": exercise.pk, **dose} for exercise in exercises])
    return {"key": key, "name": "Settle", "when": "", "advice": "", "optional": "", "items": items}


def messages(answer) -> set[str]:
    errors = answer.context["form"].errors.values()
    return {words for found in errors for words in desk.said(found.as_data())}


def test_publishing_an_exercise_freezes_the_next_version(at_desk):
    exercise = make_exercise()

    publish_exercise(at_desk, exercise, sets_low="2", steps="Lift.\r\nHold.\r\nLower.")

    versions = ExerciseVersion.objects.filter(exercise=exercise).order_by("number")
    assert [(row.content["dose"]["sets_low"], row.content["steps"]) for row in versions] == [
        (3, ["Lift.", "Lower."]),
        (2, ["Lift.", "Hold.", "Lower."]),
    ]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sets_low": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"sets_high": "11"}, "Ensure this value is less than or equal to 10."),
        ({"sets_low": "4"}, "Sets: the low end (4) is above the high end (3)."),
        ({"effort_high": "11", "effort_low": "1"}, "Ensure this value is less than or equal to 10."),
        ({"effort_low": "3"}, "Effort needs a whole number for both ends."),
        ({"tempo": "fast"}, 'Tempo must look like 3-1-1, or be the word "slow" or "quick".'),
        ({"sources": "S30 S999"}, "Not a source we know: S999."),
        ({"code": "NO_POSE"}, "There is no picture for this code yet. People would rather look than read."),
        ({"purpose": " "}, "This field is required."),
        ({"caution": ""}, "Please fill this in before it is published."),
        ({"sources": ""}, "Please fill this in before it is published."),
        ({"steps": "Lift."}, "Please give at least 2, one per line."),
        ({"faults": "Rushing"}, "Please give at least 2, one per line."),
        ({"is_easiest": None}, "Choose at least one, or tick that it is the end of its line."),
        ({"days_per_week_low": "", "days_per_week_high": ""}, OPEN_DOSE),
        ({"steps": "Lift.\nNever fail."}, "“fail” puts the patient in the wrong. Say what to do instead."),
    ],
    ids=[
        "few",
        "many",
        "crossed",
        "effort",
        "half a range",
        "tempo",
        "source",
        "picture",
        "purpose",
        "caution",
        "no source",
        "steps",
        "faults",
        "no way down",
        "open dose",
        "blame",
    ],
)
def test_an_exercise_nobody_could_follow_is_not_published(at_desk, changed, message):
    exercise = make_exercise()

    found = messages(publish_exercise(at_desk, exercise, **changed))

    assert message in found
    assert ExerciseVersion.objects.count() == 1


def test_a_draft_may_be_half_an_idea(at_desk):
    exercise = make_exercise()

    publish_exercise(at_desk, exercise, caution="", faults="", is_draft=True)

    draft = Exercise.objects.get(pk=exercise.pk).get_latest_revision_as_object()
    assert (draft.caution, draft.faults, exercise.versions.count()) == ("", "", 1)


def test_what_the_form_refuses_is_refused_at_the_freeze_too(db):
    exercise = make_exercise()
    exercise.caution = ""

    with pytest.raises(NotFit, match="caution"):
        exercise.save_revision().publish()

    assert ExerciseVersion.objects.count() == 1


@pytest.mark.parametrize("way", ["easier", "harder"])
def test_an_end_of_the_line_leads_nowhere(at_desk, way):
    exercise, other = make_exercise(), make_exercise("BRIDGE")
    found = messages(publish_exercise(at_desk, exercise, **{way: [other.pk]}))
    assert found == {"It can't be the end of its line and have a next one. Take away one of the two."}


def test_a_ladder_never_leads_back_to_where_it_began(at_desk):
    exercise, other = make_exercise(), make_exercise("BRIDGE")
    publish_exercise(at_desk, other, harder=[exercise.pk], is_hardest=None)

    found = messages(publish_exercise(at_desk, exercise, harder=[other.pk], is_hardest=None))

    assert found == {"Going on to harder ones from here leads back to this exercise."}


def test_an_exercise_is_not_easier_or_harder_than_itself(at_desk):
    exercise = make_exercise()
    found = [
        messages(publish_exercise(at_desk, exercise, **{name: [exercise.pk]}))
        for name in ("easier", "harder")
    ]
    assert found == [{"An exercise can't be an easier or harder version of itself."}] * 2


def test_an_exercise_is_not_easier_and_harder_at_once(at_desk):
    exercise, other = make_exercise(), make_exercise("BRIDGE")
    ends = {"is_easiest": None, "is_hardest": None}
    found = messages(publish_exercise(at_desk, exercise, easier=[other.pk], harder=[other.pk], **ends))
    assert found == {"Listed as easier as well: BRIDGE."}


def test_publishing_a_template_fills_in_the_usual_dose(at_desk):
    template = make_template(make_exercise())

    publish_template(at_desk, template, phase(Exercise.objects.get(), sets_low="1", sets_high="2"))

    frozen = TemplateVersion.objects.get(template=template, number=2).content["phases"][0]["items"][0]
    dose = frozen["dose"]
    assert (dose["sets_low"], dose["sets_high"], dose["amount_high"], dose["unit"]) == (1, 2, 12, "reps")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"weeks_low": "5"}, "The longest can't be shorter than the shortest."),
        ({"days_per_week": "8"}, "A week has 1 to 7 days."),
        ({"modules": "M99"}, "Not a module we have: M99."),
    ],
)
def test_a_template_that_does_not_add_up_is_not_published(at_desk, changed, message):
    exercise = make_exercise()
    template = make_template(exercise)

    assert messages(publish_template(at_desk, template, phase(exercise), **changed)) == {message}
    assert TemplateVersion.objects.count() == 1


def test_a_dose_that_crosses_the_usual_one_is_shown_at_its_exercise(at_desk):
    exercise = make_exercise()
    answer = publish_template(at_desk, make_template(exercise), phase(exercise, exercise, sets_low="9"))
    assert messages(answer) == {"Sets: the low end (9) is above the high end (3)."}


def test_a_template_needs_phases_of_published_exercises_with_keys_of_their_own(at_desk):
    exercise, hidden = make_exercise(), make_exercise("SP_FULL")
    hidden.unpublish()
    template = make_template(exercise)

    found = [
        messages(publish_template(at_desk, template, phase(exercise), phase(exercise))),
        messages(publish_template(at_desk, template, phase(hidden))),
        messages(publish_template(at_desk, template, phase())),
    ]

    none = {"A phase needs at least one exercise."}
    assert found == [{"Another phase has this key."}, {"This exercise is not published."}, none]


def test_a_plan_keeps_the_exercise_as_it_was_given(at_desk):
    exercise = make_exercise()
    given = ExerciseVersion.objects.get(exercise=exercise)

    publish_exercise(at_desk, exercise, name="New name")

    given.refresh_from_db()
    assert (given.name, ExerciseVersion.objects.filter(name="New name").count()) == ("Exercise CLAM", 1)
