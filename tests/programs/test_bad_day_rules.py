"""What a bad day asks for, how an easier exercise is dosed, and what a pain means: tables without a database."""

from uuid import UUID

import pytest

from programs.rules.bad_day import Option, short_version
from programs.rules.dose import Dose, Side, Unit
from programs.rules.easier import eased
from programs.rules.pain import zone

REPS = Dose(
    sets_low=3, sets_high=3, amount_low=10, amount_high=12, unit=Unit.REPS, side=Side.LEFT, load_kg=8.0, tempo="3-1-1"
)  # fmt: skip
HOLD = Dose(sets_low=4, sets_high=5, amount_low=20, amount_high=30, unit=Unit.SECONDS, side=Side.ONE)


def option(number: int, *, family: str = "squat", profile: str = "strength", **dose: object) -> Option:
    asked = {"sets_low": 3, "sets_high": 3, "amount_low": 10, "amount_high": 10, "unit": Unit.REPS, **dose}
    return Option(item_id=UUID(int=number), family=family, profile=profile, dose=Dose(**asked))


EASY, MEDIUM, HARD = (option(n, effort_low=n, effort_high=n + 2) for n in (2, 4, 6))


@pytest.mark.parametrize(
    ("due", "chosen"),
    [
        pytest.param([HARD, EASY, MEDIUM], [2, 4], id="the two that ask for least effort, calmest first"),
        pytest.param([HARD, EASY], [2], id="one of two"),
        pytest.param([EASY], [], id="of one nothing can be left out"),
        pytest.param([], [], id="nothing due"),
        pytest.param([option(1, load_kg=10.0), option(2), HARD], [2, 1], id="at the same effort the lighter one first"),
        pytest.param([option(1, sets_high=5), option(2), HARD], [2, 1], id="then the shorter one"),
        pytest.param([option(1, profile="impact"), EASY, HARD], [2, 6], id="no runs and jumps"),
        pytest.param([option(1, family="warm-up"), HARD], [6], id="rolling alone is no session"),
        pytest.param([option(1, profile="impact"), option(2, profile="impact")], [], id="a run has no short version"),
    ],
)  # fmt: skip
def test_a_bad_day_asks_for_the_calmest(due: list[Option], chosen: list[int]) -> None:
    assert [key.int for key in short_version(due)] == chosen


def test_an_easier_exercise_keeps_the_planned_amount_without_weight() -> None:
    easier = eased(REPS, Dose(sets_low=2, sets_high=2, amount_low=15, amount_high=15, unit=Unit.REPS))

    assert (easier.sets_low, easier.amount_low, easier.load_kg, easier.side) == (3, 10, None, Side.BOTH)


def test_an_easier_exercise_counted_otherwise_has_its_usual_dose_on_the_planned_side() -> None:
    easier = eased(REPS, HOLD)

    assert (easier.sets_low, easier.amount_low, easier.unit, easier.side) == (4, 20, Unit.SECONDS, Side.LEFT)


@pytest.mark.parametrize(
    ("has_impact", "zones"),
    [(False, "green green green green amber amber red red red red red"), (True, "green green green amber red red red red red red red")],
    ids=["strength", "runs and jumps"],
)  # fmt: skip
def test_pain_has_a_meaning(has_impact: bool, zones: str) -> None:
    assert [str(zone(pain, has_impact=has_impact)) for pain in range(11)] == zones.split()
