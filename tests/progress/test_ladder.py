"""Steps up and down a written ladder, the walk-run table, the criteria between phases, and the policy's numbers."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from programs.rules.dose import Dose, Side, Unit, short
from progress.rules.progression.criteria import NamedTest, passed, side_percent
from progress.rules.progression.evidence import TestResult as Tested
from progress.rules.progression.ladder import fewer, gentlest, step_down, step_up
from progress.rules.progression.policy import (
    DEFAULT,
    TERMS,
    BadOverride,
    Policy,
    from_mapping,
    overridden,
)
from progress.rules.progression.runs import Stage, longest_allowed, stage_back, stage_of
from tests.progress.logs import dose

LIBRARY = Path(__file__).parents[2] / "programs" / "library" / "exercises"


def exercise(code: str) -> tuple[list[str], Dose]:
    """The ladder and the usual dose of an exercise of the library."""
    told = tomllib.loads((LIBRARY / f"{code.lower()}.toml").read_text())
    usual = told["dose"]
    parts = {"unit": Unit(usual["unit"]), "load_note": usual.get("load_note", ""), "side": Side.EACH}
    (sets_low, sets_high), (low, high) = usual["sets"], usual["amount"]
    return told["ladder"], Dose(
        sets_low=sets_low, sets_high=sets_high, amount_low=low, amount_high=high, **parts
    )


def climb(code: str, steps: int) -> list[str]:
    ladder, usual = exercise(code)
    now, seen = gentlest(usual, ladder), []
    for _n in range(steps):
        step = step_up(now, ladder=ladder, usual=usual, policy=DEFAULT)
        if step is None:
            return [*seen, "top"]
        now = step.dose
        load = f" {now.load_kg:g} kg" if now.load_kg else ""
        seen.append(f"{step.variable}: {short(now)}{load}" + (f" {now.load_note}" if now.load_note else ""))
    return seen


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("SL_ABD", ["amount: 2 × 8–10", "amount: 2 × 10–12", "sets: 3 × 10–12", "load: 3 × 8 0.5 kg", "amount: 3 × 8–10 0.5 kg",
                    "amount: 3 × 10–12 0.5 kg", "top"]),
        ("CLAM", ["amount: 2 × 12–14", "amount: 2 × 14–15", "sets: 3 × 14–15", "ladder: 2 × 12 Light band"]),
        ("SP_FULL", ["amount: 3 × 20–30 s", "amount: 3 × 30–40 s", "amount: 3 × 40–45 s", "top"]),
        ("STEP_DOWN", ["amount: 3 × 8–10", "amount: 3 × 10–12", "ladder: 3 × 8 15 cm"]),
        ("RDL_KICK", ["amount: 3 × 8–10", "load: 3 × 8 5 kg", "amount: 3 × 8–10 5 kg", "load: 3 × 8 10 kg",
                      "amount: 3 × 8–10 10 kg", "top"]),
        ("HIP_THRUST", ["load: 3 × 8 5 kg", "amount: 3 × 8–10 5 kg", "load: 3 × 8 5.5 kg"]),
        ("BOX_SQUAT", ["amount: 3 × 10–12", "ladder: 3 × 10 Low chair", "amount: 3 × 10–12 Low chair", "load: 3 × 10 5 kg Low chair"]),
        ("CALF", ["ladder: 3 × 8 One leg", "amount: 3 × 8–10 One leg"]),
    ],
)  # fmt: skip
def test_an_exercise_climbs_its_own_ladder(code: str, expected: list[str]) -> None:
    assert climb(code, len(expected)) == expected


STEPPED = [
    path.stem for path in sorted(LIBRARY.glob("*.toml")) if 'profile = "warmup"' not in path.read_text()
]


@pytest.mark.parametrize("code", STEPPED)
def test_one_variable_goes_up_at_a_time(code: str) -> None:
    ladder, usual = exercise(code)
    now = gentlest(usual, ladder)
    for _n in range(30):
        step = step_up(now, ladder=ladder, usual=usual, policy=DEFAULT)
        if step is None:
            break
        then = step.dose
        risen = [then.sets_high > now.sets_high, then.amount_high > now.amount_high, (then.load_kg or 0) > (now.load_kg or 0),
                 then.load_note != now.load_note]  # fmt: skip
        assert (sum(risen), then.problems()) == (1, [])
        now = then


@pytest.mark.parametrize("code", STEPPED)
def test_going_down_never_raises_anything_and_comes_to_an_end(code: str) -> None:
    ladder, usual = exercise(code)
    now = replace(usual, load_kg=20.0, load_note=ladder[-1])
    for _n in range(60):
        step = step_down(now, ladder=ladder, usual=usual, policy=DEFAULT)
        if step is None:
            return
        then = step.dose
        assert then != now
        assert (then.sets_high <= now.sets_high, then.amount_high <= now.amount_high) == (True, True)
        assert (then.load_kg or 0) <= (now.load_kg or 0)
        now = then
    pytest.fail("it never comes to an end")


def test_from_3_x_10_the_step_before_is_2_x_8() -> None:
    ladder, usual = exercise("SL_ABD")

    assert short(step_down(dose(3, 10), ladder=ladder, usual=usual, policy=DEFAULT).dose) == "2 × 8"


def test_a_weight_goes_before_the_chair_gets_higher() -> None:
    ladder, usual = exercise("BOX_SQUAT")
    step = step_down(
        dose(3, 10, load_kg=5, load_note="Low chair"), ladder=ladder, usual=usual, policy=DEFAULT
    )

    assert (step.variable, step.dose.load_kg, step.dose.load_note) == ("load", None, "Low chair")


def test_a_growing_weight_goes_down_by_the_step_allowed() -> None:
    ladder, usual = exercise("HIP_THRUST")
    step = step_down(dose(3, 8, load_kg=20), ladder=ladder, usual=usual, policy=DEFAULT)

    assert (step.variable, step.dose.load_kg) == ("load", 18.0)


@pytest.mark.parametrize(("load", "heavier"), [(20.0, 22.0), (12.0, 13.0), (5.0, 5.5)])
def test_a_load_grows_by_no_more_than_ten_percent(load: float, heavier: float) -> None:
    ladder, usual = exercise("HIP_THRUST")

    assert (
        step_up(dose(3, 12, load_kg=load), ladder=ladder, usual=usual, policy=DEFAULT).dose.load_kg == heavier
    )


def test_with_nothing_below_there_is_one_set_less_then_fewer_of_them() -> None:
    assert (short(fewer(dose(2, 8)).dose), short(fewer(dose(1, 8)).dose), fewer(dose(1, 1))) == (
        "1 × 8",
        "1 × 6",
        None,
    )


TABLE = tuple(Stage(key=f"R{n}", repeats=5, walk_minutes=5, run_minutes=n) for n in range(1, 13))


@pytest.mark.parametrize(
    ("now", "after_gap", "then"),
    [("R5", False, "R4"), ("R5", True, "R3"), ("R2", True, "R1"), ("R1", False, "R1")],
)
def test_a_runner_goes_down_one_stage_and_two_after_a_gap(now: str, after_gap: bool, then: str) -> None:
    stage = next(stage for stage in TABLE if stage.key == now)

    assert stage_back(stage, TABLE, after_gap=after_gap, policy=DEFAULT).key == then


@pytest.mark.parametrize(
    ("note", "key"),
    [("Stage R3: 5 × …", "R3"), ("R12", "R12"), ("R10-R12", "R10"), ("", None), ("R99", None)],
)
def test_a_stage_is_read_from_the_dose(note: str, key: str | None) -> None:
    found = stage_of(dose(1, 30, load_note=note), TABLE)

    assert (found and found.key) == key


def test_one_run_grows_by_no_more_than_a_tenth_of_the_longest() -> None:
    assert (longest_allowed(5.0, DEFAULT), longest_allowed(None, DEFAULT)) == (5.5, None)


CALF = NamedTest(key="calf_raise", needed=20, unit="reps", pain_cap=2, by_side=True)


@pytest.mark.parametrize(
    ("result", "is_passed"),
    [
        (Tested(test="calf_raise", left=20, right=20, pain=2), True),
        (Tested(test="calf_raise", left=18, right=20, pain=2), True),
        (Tested(test="calf_raise", left=17, right=20, pain=2), False),
        (Tested(test="calf_raise", left=20, right=20, pain=3), False),
        (Tested(test="calf_raise", left=20, right=None, pain=2), None),
        (Tested(test="calf_raise", left=20, right=20, pain=None), None),
        (None, None),
    ],
)
def test_a_named_test_compares_the_sides(result: Tested | None, is_passed: bool | None) -> None:
    assert passed(CALF, result, DEFAULT) is is_passed


def test_the_weaker_side_is_a_share_of_the_better_one() -> None:
    assert (side_percent(45, 50), side_percent(50, 45), side_percent(0, 0), side_percent(None, 1)) == (
        90.0,
        90.0,
        None,
        None,
    )


def test_every_number_of_the_policy_has_a_range_and_a_basis_and_starts_within_it() -> None:
    values = DEFAULT.as_mapping()

    assert list(values) == list(TERMS)
    assert [
        name for name, value in values.items() if not TERMS[name].least <= value <= TERMS[name].most
    ] == []


def test_a_patients_numbers_lie_over_the_clinics_over_the_defaults() -> None:
    clinic, patient = {"strength_pain_green": 2, "strength_days": 10}, {"strength_days": 14}

    made = overridden(clinic, patient)

    assert (made.strength_pain_green, made.strength_days, made.run_days) == (2, 14, 3)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"strength_pain_amber": 9}, "strength_pain_amber"),
        ({"strength_pain_amber": 2}, "strength_pain_amber"),
        ({"strength_days": 7.5}, "strength_days"),
        ({"hold_weekly_rise": float("nan")}, "hold_weekly_rise"),
        ({"no_such_number": 1}, "no_such_number"),
        ({"hold_gap_days": 14, "step_back_gap_days": 10}, "hold_gap_days"),
    ],
)
def test_a_number_out_of_range_or_out_of_order_is_refused(values: dict[str, float], named: str) -> None:
    with pytest.raises(BadOverride) as refused:
        overridden(values)

    assert list(refused.value.problems) == [named]


def test_the_same_numbers_have_the_same_version_whoever_set_them() -> None:
    assert overridden({"strength_days": 10}).version == Policy(strength_days=10).version != DEFAULT.version


def test_a_policy_is_read_back_as_it_was_stored() -> None:
    stored = overridden({"strength_days": 10})

    assert from_mapping(stored.as_mapping()) == stored
