"""Every delivered exercise passes its own gate, and the gate sees what it should."""

from dataclasses import asdict, replace

import pytest

from education.rules.blame import blaming_words
from programs.figures import delivered
from programs.library import Exercise, load_library
from programs.rules import publishing
from tests.programs.test_library import CONTENT

EXERCISES = load_library().exercises
CLAM = EXERCISES["CLAM"]


def frozen(exercise: Exercise) -> dict[str, object]:
    """What a version keeps of a file."""
    words = {name: ", ".join(getattr(exercise, name)) for name in ("muscles", "kit")}
    lists = {
        name: list(getattr(exercise, name)) for name in ("steps", "faults", "easier", "harder", "sources")
    }
    ladder, dose = "\n".join(exercise.ladder), exercise.dose.as_mapping()
    return {**asdict(exercise), **words, **lists, "ladder": ladder, "dose": dose}


def problems(exercise: Exercise) -> list[tuple[str, str]]:
    found = publishing.problems(
        frozen(exercise),
        has_picture=bool(delivered(exercise.code)),
        known_sources=CONTENT.sources,
    )
    return [(problem.field, problem.code) for problem in found]


def test_all_delivered_exercises_pass_the_gate() -> None:
    refused = {code: found for code, exercise in EXERCISES.items() if (found := problems(exercise))}

    assert (refused, len(EXERCISES)) == ({}, 39)


def test_no_delivered_ladder_goes_round_in_a_circle_or_only_one_way() -> None:
    easier = {code: exercise.easier for code, exercise in EXERCISES.items()}
    harder = {code: exercise.harder for code, exercise in EXERCISES.items()}

    assert publishing.circles(harder) == set()
    assert publishing.one_way(easier=easier, harder=harder) == set()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"code": "NO_POSE"}, ("", "no_picture")),
        ({"muscles": ()}, ("muscles", "empty")),
        ({"start": ""}, ("start", "empty")),
        ({"steps": ("Lift.",)}, ("steps", "too_few")),
        ({"faults": ()}, ("faults", "too_few")),
        ({"easier": ()}, ("easier", "no_way")),
        ({"is_hardest": True}, ("is_hardest", "not_the_end")),
        ({"harder": ("ISO_ABD",)}, ("harder", "both_ways")),
        ({"caution": " "}, ("caution", "empty")),
        ({"sources": ()}, ("sources", "empty")),
        ({"sources": ("S999",)}, ("sources", "unknown_source")),
        ({"dose": replace(CLAM.dose, sets_low=0)}, ("", "dose")),
        ({"dose": replace(CLAM.dose, effort_low=None, effort_high=None, days_per_week_low=None, days_per_week_high=None)},
         ("effort_low", "open_dose")),
        ({"faults": ("Rushing", "Being lazy")}, ("faults", "blame")),
    ],
)  # fmt: skip
def test_the_gate_sees_what_is_missing(changes: dict[str, object], found: tuple[str, str]) -> None:
    assert problems(replace(CLAM, **changes)) == [found]


def test_a_circle_is_seen_from_everywhere_in_it_and_from_nowhere_else() -> None:
    assert publishing.circles({"A": ["B"], "B": ["C"], "C": ["A", "D"], "D": []}) == {"A", "B", "C"}


def test_a_link_that_only_one_end_lists_is_noticed() -> None:
    assert publishing.one_way(easier={"B": ["A"]}, harder={"A": ["B", "C"]}) == {("A", "C")}


@pytest.mark.parametrize("kind", ["You failed again", "Don't be LAZY", "non-compliant", "This is your fault"])
def test_blame_is_noticed_and_plain_words_are_not(kind: str) -> None:
    assert len(blaming_words(kind)) == 1
    assert blaming_words("Common faults: the hip falls. Missing data is not logged.") == []
