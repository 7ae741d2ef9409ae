"""The delivered exercises, templates and walk-run table are whole, linked and say what their texts say."""

import dataclasses
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from education.content import load_content
from programs.library import FOLDER, BrokenLibrary, Exercise, Library, Template, load_exercise, load_library
from programs.rules.dose import Dose, Side, minutes_for
from tests.reading import grade, longest_sentence

LIBRARY = load_library()
CONTENT = load_content()
EXERCISES = list(LIBRARY.exercises.values())
each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=LIBRARY.exercises.keys())
each_template = pytest.mark.parametrize("template", LIBRARY.templates.values(), ids=LIBRARY.templates.keys())


def changed_exercise(code: str, **changes: object) -> Library:
    exercise = dataclasses.replace(LIBRARY.exercises[code], **changes)
    return dataclasses.replace(LIBRARY, exercises={**LIBRARY.exercises, code: exercise})


def changed_phase(**changes: object) -> Library:
    template = LIBRARY.templates["P1"]
    first, *rest = template.phases
    changed = dataclasses.replace(template, phases=(dataclasses.replace(first, **changes), *rest))
    return dataclasses.replace(LIBRARY, templates={"P1": changed})


def test_the_whole_library_is_delivered() -> None:
    counts = (len(LIBRARY.exercises), len(LIBRARY.templates), len(LIBRARY.walk_run.stages))

    assert counts == (39, 4, 12)


def test_everything_delivered_fits_together() -> None:
    assert LIBRARY.problems() == []


def test_every_cited_source_is_known() -> None:
    assert sorted(LIBRARY.cited - set(CONTENT.sources)) == []


def test_templates_pair_with_modules_that_exist_and_every_module_is_used_once() -> None:
    paired = [code for template in LIBRARY.templates.values() for code in template.modules]

    assert sorted(paired) == [module.code for module in CONTENT.modules]


@each_exercise
def test_a_file_is_named_after_its_exercise(exercise: Exercise) -> None:
    assert load_exercise(FOLDER / "exercises" / f"{exercise.code.lower()}.toml") == exercise


@each_exercise
def test_an_exercise_says_how_it_is_done(exercise: Exercise) -> None:
    texts = [
        exercise.name,
        exercise.purpose,
        exercise.start,
        exercise.caution,
        exercise.staff_note,
        exercise.evidence,
        *exercise.ladder,
    ]
    lists = [exercise.muscles, exercise.kit, exercise.steps, exercise.faults, exercise.ladder]

    assert [bool(part) for part in [*texts, *lists]] == [True] * (len(texts) + 5)


@each_exercise
def test_a_sixth_grader_can_read_how_it_is_done(exercise: Exercise) -> None:
    how = " ".join([exercise.start, *exercise.steps])

    for text in (exercise.caution, how):
        assert (grade(text) <= 6.0, longest_sentence(text) <= 25) == (True, True), text


@each_exercise
def test_no_exercise_leads_back_to_itself(exercise: Exercise) -> None:
    assert exercise.code not in set(harder_than(exercise))


def harder_than(exercise: Exercise) -> Iterator[str]:
    for code in exercise.harder:
        yield code
        yield from harder_than(LIBRARY.exercises[code])


def first_numbers(pattern: str, text: str) -> tuple[int, int] | None:
    """Read "8-12" or "8" as low and high."""
    found = re.search(pattern, text)
    return (int(found[1]), int(found[2] or found[1])) if found else None


def spoken(dose: Dose, name: str) -> tuple[int, int] | None:
    low, high = getattr(dose, f"{name}_low"), getattr(dose, f"{name}_high")
    return None if low is None else (low, high)


NUMBER = r"(\d+)(?:(?:-| -> )(\d+))?"


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if e.code != "WALK_RUN"], ids=lambda e: e.code)
def test_the_dose_in_numbers_is_the_dose_in_words(exercise: Exercise) -> None:
    dose, text = exercise.dose, exercise.dose_text
    tempo = re.search(r"tempo (\S+),", text)

    assert {
        "sets": first_numbers(rf"^{NUMBER} x ", text),
        "amount": first_numbers(rf" x {NUMBER}", text),
        "effort": first_numbers(rf"effort {NUMBER}", text),
    } == {name: spoken(dose, name) for name in ("sets", "amount", "effort")}
    assert first_numbers(rf"rest {NUMBER} s", text) in (None, spoken(dose, "rest_seconds"))
    assert first_numbers(rf"{NUMBER} (?:days/week|runs/week)", text) in (None, spoken(dose, "days_per_week"))
    assert (f"pain <= {dose.pain_cap}" in text) == (dose.pain_cap is not None)
    assert tempo is None or tempo[1] == dose.tempo
    assert ("each" in text or "forward and back" in text) == (dose.side in (Side.EACH, Side.EACH_WAY))


ITEMS = [
    pytest.param(item.text, item.dose, item.changes, id=f"{phase.key} {item.exercise}")
    for template in LIBRARY.templates.values()
    for phase in template.phases
    for item in phase.items
]


@pytest.mark.parametrize(("text", "dose", "changes"), [item for item in ITEMS if "WALK_RUN" not in item.id])
def test_a_template_item_says_in_numbers_what_it_says_in_words(text: str, dose: Dose, changes: dict) -> None:
    words = {
        "sets": first_numbers(rf"^{NUMBER} x ", text),
        "amount": first_numbers(rf" x {NUMBER}", text),
        "effort": first_numbers(rf"effort {NUMBER}", text),
        "days_per_week": first_numbers(rf"{NUMBER} x week", text),
    }

    said = {name for name, numbers in words.items() if numbers}
    assert {name: words[name] for name in said} == {name: spoken(dose, name) for name in said}
    assert {name for name in words if f"{name}_low" in changes} == said


def test_what_an_item_does_not_say_comes_from_the_exercise() -> None:
    item = LIBRARY.templates["P1"].phases[1].items[0]

    usual = LIBRARY.exercises["CLAM"].dose
    changes = {"sets_low": 3, "amount_low": 15, "load_note": "light band", "effort_low": 6}
    assert item.dose == dataclasses.replace(usual, **changes, sets_high=3, amount_high=15, effort_high=6)


@each_template
def test_a_template_says_how_well_it_is_supported(template: Template) -> None:
    assert "No trial tested this exact plan." in template.basis


@each_template
def test_a_phase_asks_for_two_to_five_exercises_and_less_than_an_hour(template: Template) -> None:
    sizes = [
        (len(phase.items), sum(minutes_for(item.dose) for item in phase.items)) for phase in template.phases
    ]

    assert [size for size in sizes if not (2 <= size[0] <= 5 and size[1] < 60)] == []


def test_walk_run_totals_match_the_table() -> None:
    totals = [
        (stage.stage, stage.total_run_minutes, stage.total_minutes) for stage in LIBRARY.walk_run.stages
    ]

    runs = [5, 10, 15, 18, 20, 25, 24, 27, 28, 30, 30, 30]
    sessions = [25, 25, 25, 30, 30, 30, 28, 30, 30, 30, 30, 30]
    assert totals == [
        (f"R{row}", *minutes) for row, minutes in enumerate(zip(runs, sessions, strict=True), 1)
    ]


@pytest.mark.parametrize(
    ("library", "problem"),
    [
        (changed_exercise("SKATER", harder=("FLY",)), "SKATER: harder exercise FLY does not exist"),
        (
            changed_exercise("SKATER", harder=("CLAM",)),
            "SKATER: CLAM is harder, but CLAM does not list it as easier",
        ),
        (
            changed_exercise("CARRY", easier=("HIP_HIKE", "CLAM")),
            "CARRY: CLAM is easier, but CLAM does not list it as harder",
        ),
        (changed_phase(optional=("FLY",)), "P1 phase 1a: exercise FLY does not exist"),
        (changed_phase(stages=("R1", "R2")), "P1 phase 1a: needs either weeks or stages"),
        (changed_phase(weeks=None, stages=("R1", "R99")), "P1 phase 1a: stage R99 does not exist"),
    ],
    ids=["missing", "one-sided", "one-sided back", "optional", "weeks and stages", "stage"],
)
def test_a_broken_link_is_named(library: Library, problem: str) -> None:
    assert library.problems() == [problem]


def test_an_unusable_dose_is_named() -> None:
    skater = LIBRARY.exercises["SKATER"].dose
    library = changed_exercise("SKATER", dose=dataclasses.replace(skater, sets_high=11))

    assert library.problems() == ["SKATER: Sets must be from 1 to 10."]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("*.py", "__pycache__")
    return Path(shutil.copytree(FOLDER, tmp_path / "library", ignore=ignore))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sets = [3, 3]", "sets = 3"),
        ("sets = [3, 3]", "sets = [3]"),
        ("sets = [3, 3]", "rounds = [3, 3]"),
        ('unit = "reps"', 'unit = "miles"'),
        ('profile = "impact"', 'profile = "fun"'),
        ('family = "impact"\n', ""),
        ("[dose]", "[dose"),
    ],
)
def test_a_broken_exercise_file_is_named(copied: Path, old: str, new: str) -> None:
    path = copied / "exercises" / "skater.toml"
    text = path.read_text()
    path.write_text(text.replace(old, new))

    assert text != path.read_text()
    with pytest.raises(BrokenLibrary, match=r"^skater\.toml: "):
        load_library(copied)


def test_a_template_that_names_an_unknown_exercise_is_refused(copied: Path) -> None:
    (copied / "exercises" / "iso_abd.toml").unlink()

    with pytest.raises(BrokenLibrary, match=r"^p1\.toml: KeyError\('ISO_ABD'\)"):
        load_library(copied)


def test_an_exercise_given_twice_is_refused(copied: Path) -> None:
    shutil.copy(copied / "exercises" / "clam.toml", copied / "exercises" / "clam2.toml")

    with pytest.raises(BrokenLibrary, match="CLAM is given in two files"):
        load_library(copied)
