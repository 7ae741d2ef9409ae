"""What a plan asks for is added up and refused without a database."""

from datetime import date
from uuid import uuid4

import pytest

from programs.rules.dose import Dose, Side, Unit
from programs.rules.plans import ItemDraft, PhaseDraft, burden, is_due, problems, spread


def dose(**changes: object) -> Dose:
    """Three sets of ten with a minute's rest: 4 minutes."""
    return Dose(
        **{"sets_low": 3, "sets_high": 3, "amount_low": 10, "amount_high": 10, "unit": Unit.REPS,
           "rest_seconds_low": 60, "rest_seconds_high": 60, **changes}
    )  # fmt: skip


def item(**changes: object) -> ItemDraft:
    return ItemDraft(**{"exercise_version_id": uuid4(), "dose": dose(), "weekdays": (1, 3, 5), **changes})


def phase(*items: ItemDraft) -> PhaseDraft:
    return PhaseDraft(name="Settle", items=items or (item(),))


def test_burden_counts_the_fullest_day_and_the_week() -> None:
    asked = burden([(dose(), (1, 3)), (dose(), (1,))])

    assert (asked.exercises, asked.minutes_on_fullest_day, asked.minutes_a_week, asked.days_a_week) == (
        2,
        8,
        12,
        2,
    )


def test_nothing_asked_is_no_burden() -> None:
    asked = burden([])

    assert (asked.exercises, asked.minutes_on_fullest_day, asked.is_heavy) == (0, 0, False)


def test_burden_warns_above_four_exercises() -> None:
    assert [burden([(dose(), (1,))] * count).is_heavy for count in (4, 5)] == [False, True]


def test_a_usable_plan_has_no_problems() -> None:
    assert problems([phase(), phase()], phase_position=2) == []


@pytest.mark.parametrize(
    ("phases", "position"),
    [
        pytest.param([], 1, id="no phase"),
        pytest.param([phase()], 2, id="current phase beyond the last"),
        pytest.param([phase()], 0, id="current phase before the first"),
        pytest.param([PhaseDraft(name="Settle", items=())], 1, id="phase without an exercise"),
        pytest.param([phase(item(weekdays=()))], 1, id="exercise without a day"),
        pytest.param([phase(item(weekdays=(8,)))], 1, id="a day that no week has"),
        pytest.param([phase(item(dose=dose(side=Side.ONE)))], 1, id="side still to be chosen"),
        pytest.param([phase(item(dose=dose(sets_low=11, sets_high=11)))], 1, id="too many sets"),
    ],
)
def test_what_is_not_a_plan_is_refused(phases: list[PhaseDraft], position: int) -> None:
    assert problems(phases, phase_position=position) != []


def test_days_are_spread_over_the_week() -> None:
    assert [spread(days) for days in (1, 3, 7)] == [(3,), (1, 3, 5), (1, 2, 3, 4, 5, 6, 7)]


def test_a_tuesday_is_due_on_tuesdays_only() -> None:
    assert [is_due(weekdays=(2,), on=date(2026, 3, day)) for day in (9, 10, 11)] == [False, True, False]
