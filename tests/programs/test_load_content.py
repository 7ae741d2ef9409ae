"""The delivered content gets into the database once, whole, and never over an editor's work."""

import time
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.models import AuditEvent
from education.actions import Loaded, load_modules
from education.content import load_content
from education.models import Module, ModuleVersion, Source
from programs.actions.loading import EXERCISE, load_exercises, load_templates
from programs.figures import delivered
from programs.library import load_library
from programs.models import Exercise, ExerciseVersion, ProgramTemplate, TemplateVersion, WalkRunStage

pytestmark = pytest.mark.django_db
COUNTED = (Source, Module, ModuleVersion, Exercise, ExerciseVersion, ProgramTemplate, TemplateVersion)


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    """Loading takes seconds, so these tests share one load and each rolls back its own changes."""
    with django_db_blocker.unblock():
        call_command("load_content", stdout=StringIO())
    yield
    from tests.machinery import database

    with django_db_blocker.unblock():
        database.renew()


@pytest.fixture
def loaded(loaded_once, db):
    return load_content(), load_library()


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (*COUNTED, WalkRunStage)}


def test_everything_delivered_is_there(loaded):
    expected = {"Source": 110, "Module": 15, "ModuleVersion": 15, "Exercise": 39, "ExerciseVersion": 39}
    assert counts() == {**expected, "ProgramTemplate": 4, "TemplateVersion": 4, "WalkRunStage": 12}


def test_loading_again_writes_nothing(loaded):
    before = counts(), AuditEvent.objects.count()

    with CaptureQueriesContext(connection) as captured:
        call_command("load_content", stdout=StringIO())

    writes = [q["sql"] for q in captured if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert writes == []
    assert (counts(), AuditEvent.objects.count()) == before


def test_loading_again_takes_under_two_seconds(loaded):
    started = time.monotonic()
    call_command("load_content", stdout=StringIO())
    assert time.monotonic() - started < 2


def test_a_frozen_module_says_what_its_file_says(loaded):
    file = loaded[0].modules[0]

    version = ModuleVersion.objects.get(module__code=file.code)

    assert (version.title, version.number) == (file.title, 1)
    assert [part["key"] for part in version.sections] == [section["key"] for section in file.sections]
    assert [part.get("sources") for part in version.sections] == [
        part.get("sources") for part in file.sections
    ]
    assert version.checks[0]["options"][0]["explanation"] == file.checks[0].options[0].explanation
    assert set(version.sources) == file.cited


def test_a_frozen_exercise_has_its_dose_and_its_links(loaded):
    file = loaded[1].exercises["BRIDGE"]

    content = ExerciseVersion.objects.get(code="BRIDGE").content

    assert content["dose"] == file.dose.as_mapping()
    assert content["steps"] == list(file.steps)
    assert content["harder"] == sorted(file.harder)


def test_a_frozen_template_has_every_dose_of_its_file(loaded):
    for code, file in loaded[1].templates.items():
        frozen = TemplateVersion.objects.get(code=code).content
        doses = [[item["dose"] for item in phase["items"]] for phase in frozen["phases"]]
        assert doses == [[item.dose.as_mapping() for item in phase.items] for phase in file.phases], code


def test_what_was_stored_reads_back_as_the_file(loaded):
    """Else the next load would take our own rows for edited ones."""
    modules = [replace(file, title=f"{file.title}.") for file in loaded[0].modules]
    exercises = [replace(file, caution="Changed.") for file in loaded[1].exercises.values()]
    templates = [replace(file, basis="Changed.") for file in loaded[1].templates.values()]

    outcomes = [load_modules(files=modules), load_exercises(files=exercises), load_templates(files=templates)]

    assert [set(outcome.values()) for outcome in outcomes] == [{Loaded.UPDATED}] * 3
    assert ModuleVersion.objects.filter(number=2).count() == 15
    assert ExerciseVersion.objects.filter(number=2).count() == 39


def test_an_editors_change_is_never_overwritten(loaded):
    module = Module.objects.get(code="M01")
    module.title = "Words of our clinic"
    module.save_revision().publish()
    file = replace(loaded[0].modules[0], title="Words of the next delivery")

    outcome = load_modules(files=[file])

    assert outcome == {"M01": Loaded.EDITED_HERE}
    assert Module.objects.get(code="M01").title == "Words of our clinic"


def test_an_editors_unpublished_draft_counts_as_a_change(loaded):
    module = Module.objects.get(code="M01")
    module.title = "Half an idea"
    module.save_revision()

    outcome = load_modules(files=[replace(loaded[0].modules[0], title="The next delivery")])

    assert outcome == {"M01": Loaded.EDITED_HERE}
    assert Module.objects.get(code="M01").latest_revision.as_object().title == "Half an idea"


def test_the_command_says_what_it_left_alone(loaded):
    module = Module.objects.get(code="M01")
    module.title = module.loaded_hash = "Ours"
    module.save()
    told = StringIO()

    call_command("load_content", stdout=told)

    assert "M01 was edited here since it was loaded: left as it is" in told.getvalue()


def test_a_frozen_exercise_keeps_its_own_pose(loaded):
    """A later pose is for later versions: who was given the first one goes on seeing the first picture."""
    clam = Exercise.objects.get(code="CLAM")
    first = ExerciseVersion.objects.get(code="CLAM")

    clam.pose = {**delivered("CLAM"), "alt": "Start: shut. End: open."}
    clam.save_revision().publish()

    second = ExerciseVersion.objects.get(code="CLAM", number=2)
    assert first.content["pose"] == delivered("CLAM")
    assert second.content["pose"]["alt"] == "Start: shut. End: open."


def test_an_editors_pose_is_never_overwritten(loaded):
    clam = Exercise.objects.get(code="CLAM")
    clam.pose = {**delivered("CLAM"), "alt": "Ours."}
    clam.save_revision().publish()

    outcome = load_exercises(files=[replace(loaded[1].exercises["CLAM"], caution="The next delivery.")])

    assert (outcome, Exercise.objects.get(code="CLAM").pose["alt"]) == ({"CLAM": Loaded.EDITED_HERE}, "Ours.")


def test_an_exercise_loaded_before_poses_were_kept_gets_its_pose_with_the_next_delivery(loaded):
    clam = Exercise.objects.get(code="CLAM")
    clam.pose = {}
    clam.loaded_hash = EXERCISE.fingerprint(EXERCISE.read(clam))
    clam.save()
    clam.save_revision()

    outcome = load_exercises(files=loaded[1].exercises.values())

    assert outcome["CLAM"] == Loaded.UPDATED
    assert Exercise.objects.get(code="CLAM").pose == delivered("CLAM")
