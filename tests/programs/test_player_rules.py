"""A dose becomes timed steps: per side, per set, with the rests between."""

import pytest

from programs.rules.dose import Dose, Side, Unit
from programs.rules.player import steps_of

HOLD = {"unit": Unit.SECONDS, "amount_low": 20, "amount_high": 30}
REPS = {"unit": Unit.REPS, "amount_low": 10, "amount_high": 12}


def walked(**dose: object) -> list[str]:
    """Each step as kind, set, way and seconds."""
    steps = steps_of(Dose(**{"sets_low": 1, "sets_high": 3, **dose}))
    return [f"{step.kind} {step.set_number} {step.way} {step.seconds or '-'}" for step in steps]


@pytest.mark.parametrize(
    ("dose", "steps"),
    [
        pytest.param(REPS, ["counted 1 both -"], id="the person counts repetitions"),
        pytest.param(HOLD, ["ready 1 both 5", "timed 1 both 20"], id="a hold is counted down, at the low end"),
        pytest.param({**HOLD, "unit": Unit.MINUTES, "amount_low": 2}, ["ready 1 both 5", "timed 1 both 120"], id="minutes are seconds"),
        pytest.param({**HOLD, "side": Side.EACH},
            ["ready 1 left 5", "timed 1 left 20", "ready 1 right 5", "timed 1 right 20"], id="each side has its own hold"),
        pytest.param({**REPS, "side": Side.EACH_WAY}, ["counted 1 one -", "counted 1 other -"], id="each way"),
        pytest.param({**REPS, "side": Side.RIGHT}, ["counted 1 right -"], id="one side only"),
        pytest.param({**REPS, "side": Side.EACH, "sets_low": 2, "rest_seconds_low": 45, "rest_seconds_high": 60},
            ["counted 1 left -", "counted 1 right -", "rest 1 both 45", "counted 2 left -", "counted 2 right -"],
            id="a rest comes after both sides and not after the last set"),
        pytest.param({**REPS, "sets_low": 2}, ["counted 1 both -", "rest 1 both 15", "counted 2 both -"], id="no rest written is a change over"),
        pytest.param({**REPS, "sets_low": 2, "rest_seconds_low": 0, "rest_seconds_high": 0},
            ["counted 1 both -", "counted 2 both -"], id="a rest of nothing is none"),
    ],
)  # fmt: skip
def test_a_dose_is_walked_step_by_step(dose: dict[str, object], steps: list[str]) -> None:
    assert walked(**dose) == steps


@pytest.mark.parametrize("unit", [Unit.BREATHS, Unit.METERS, Unit.STEPS, Unit.TURNS])
def test_what_a_clock_cannot_count_the_person_counts(unit: Unit) -> None:
    assert walked(unit=unit, amount_low=5, amount_high=5) == ["counted 1 both -"]


def test_a_clock_runs_for_exactly_the_holds_and_rests_that_were_asked() -> None:
    dose = Dose(sets_low=4, sets_high=5, side=Side.EACH, rest_seconds_low=30, rest_seconds_high=30, **HOLD)

    assert sum(step.seconds for step in steps_of(dose) if step.kind != "ready") == 4 * 2 * 20 + 3 * 30
