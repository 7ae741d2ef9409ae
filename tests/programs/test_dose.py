"""A dose is checked, timed and put in words without a database."""

import dataclasses
import json

import pytest

from programs.rules.dose import (
    Dose,
    Side,
    Unit,
    UnreadableDose,
    describe,
    minutes_for,
    seconds_per_session,
    short,
)


def make_dose(**changes: object) -> Dose:
    smallest = Dose(sets_low=3, sets_high=3, amount_low=10, amount_high=10, unit=Unit.REPS)
    return dataclasses.replace(smallest, **changes)


CLAM = make_dose(
    sets_low=2,
    amount_low=12,
    amount_high=15,
    tempo="3-2-1",
    rest_seconds_low=45,
    rest_seconds_high=60,
    days_per_week_low=3,
    days_per_week_high=4,
    effort_low=5,
    effort_high=6,
    side=Side.EACH,
    pain_cap=3,
)


def test_an_ordinary_dose_has_no_problems() -> None:
    assert CLAM.problems() == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"sets_low": 0}, "Sets must be from 1 to 10."),
        ({"sets_high": 11}, "Sets must be from 1 to 10."),
        ({"sets_low": 4}, "Sets: the low end (4) is above the high end (3)."),
        ({"sets_low": None}, "Sets needs a whole number for both ends."),
        ({"sets_low": True}, "Sets needs a whole number for both ends."),
        ({"amount_high": 601}, "Amount per set must be from 1 to 600."),
        ({"amount_low": 2.5}, "Amount per set needs a whole number for both ends."),
        ({"rest_seconds_low": 30}, "Rest in seconds needs a whole number for both ends."),
        ({"effort_low": 5, "effort_high": 11}, "Effort must be from 0 to 10."),
        ({"days_per_week_low": 0, "days_per_week_high": 3}, "Days per week must be from 1 to 7."),
        ({"days_per_week_low": 3, "days_per_week_high": 8}, "Days per week must be from 1 to 7."),
        ({"load_kg": 300.5}, "Load in kilograms must be from 0 to 300."),
        ({"load_kg": float("nan")}, "Load in kilograms must be from 0 to 300."),
        ({"load_kg": "5"}, "Load in kilograms must be from 0 to 300."),
        ({"pain_cap": -1}, "Pain limit must be from 0 to 10."),
        ({"pain_cap": 2.5}, "Pain limit must be from 0 to 10."),
        ({"times_per_day": 0}, "Times per day must be from 1 to 6."),
        ({"tempo": "3-1"}, 'Tempo must look like 3-1-1, or be the word "slow" or "quick".'),
        ({"tempo": "3-1-1\n"}, 'Tempo must look like 3-1-1, or be the word "slow" or "quick".'),
    ],
)
def test_a_number_out_of_range_is_named(changes: dict[str, object], problem: str) -> None:
    assert make_dose(**changes).problems() == [problem]


@pytest.mark.parametrize(
    "changes",
    [
        {"sets_low": 1, "sets_high": 10},
        {"amount_low": 1, "amount_high": 600},
        {"effort_low": 0, "effort_high": 10},
        {"days_per_week_low": 1, "days_per_week_high": 7},
        {"load_kg": 0},
        {"load_kg": 300},
        {"load_kg": 7.5},
        {"tempo": "slow"},
    ],
)
def test_the_edges_are_allowed(changes: dict[str, object]) -> None:
    assert make_dose(**changes).problems() == []


@pytest.mark.parametrize(
    ("changes", "seconds"),
    [
        pytest.param({}, 3 * 10 * 4 + 2 * 15, id="reps without tempo or rest"),
        pytest.param({"tempo": "3-2-1"}, 3 * 10 * 6 + 2 * 15, id="tempo"),
        pytest.param({"tempo": "slow"}, 3 * 10 * 6 + 2 * 15, id="slow"),
        pytest.param({"tempo": "quick"}, 3 * 10 * 1 + 2 * 15, id="quick"),
        pytest.param({"side": Side.EACH}, 3 * 10 * 4 * 2 + 2 * 15, id="each side"),
        pytest.param({"side": Side.LEFT}, 3 * 10 * 4 + 2 * 15, id="left only"),
        pytest.param(
            {"rest_seconds_low": 45, "rest_seconds_high": 60}, 3 * 10 * 4 + 2 * 60, id="longest rest"
        ),
        pytest.param({"rest_seconds_low": 0, "rest_seconds_high": 0}, 3 * 10 * 4, id="no rest at all"),
        pytest.param({"unit": Unit.SECONDS, "amount_high": 30}, 3 * 30 + 2 * 15, id="hold"),
        pytest.param(
            {"unit": Unit.SECONDS, "tempo": "3-1-1"}, 3 * 10 + 2 * 15, id="tempo does not stretch a hold"
        ),
        pytest.param(
            {"unit": Unit.STEPS, "side": Side.EACH_WAY}, 3 * 10 * 2 * 2 + 2 * 15, id="steps each way"
        ),
        pytest.param({"unit": Unit.METERS, "amount_high": 20}, 3 * 25 + 2 * 15, id="carry"),
        pytest.param({"unit": Unit.MINUTES, "sets_high": 1, "amount_high": 30}, 30 * 60, id="run"),
        pytest.param({"times_per_day": 2}, 3 * 10 * 4 + 2 * 15, id="one go of two"),
    ],
)
def test_the_time_of_one_go_is_estimated(changes: dict[str, object], seconds: int) -> None:
    assert seconds_per_session(make_dose(**changes)) == seconds


def test_minutes_count_every_go_of_the_day() -> None:
    assert minutes_for(make_dose()) == 2.5
    assert minutes_for(make_dose(times_per_day=2)) == 5.0


def test_a_dose_survives_a_trip_through_json() -> None:
    assert Dose.from_mapping(json.loads(json.dumps(CLAM.as_mapping()))) == CLAM


@pytest.mark.parametrize(
    "changes",
    [{"unit": "miles"}, {"side": "top"}, {"sets": 3}, {"unit": None}],
    ids=["unit", "side", "name", "none"],
)
def test_a_misspelled_dose_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(UnreadableDose):
        Dose.from_mapping({**CLAM.as_mapping(), **changes})


def test_a_dose_without_sets_is_refused() -> None:
    with pytest.raises(UnreadableDose):
        Dose.from_mapping({"amount_low": 10, "amount_high": 10, "unit": "reps"})


def test_a_dose_reads_as_plain_english() -> None:
    assert describe(CLAM) == (
        "2 to 3 sets of 12 to 15 reps, each side, tempo 3-2-1, rest 45 to 60 seconds, "
        "3 to 4 days a week, effort 5 to 6 of 10, pain at most 3 of 10"
    )


def test_one_of_something_is_singular() -> None:
    dose = make_dose(
        sets_low=1,
        sets_high=1,
        amount_low=1,
        amount_high=1,
        unit=Unit.MINUTES,
        days_per_week_low=1,
        days_per_week_high=1,
    )
    assert describe(dose) == "1 set of 1 minute, 1 day a week"


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        (CLAM, "2–3 × 12–15"),
        (make_dose(unit=Unit.SECONDS, amount_low=20, amount_high=30), "3 × 20–30 s"),
        (make_dose(unit=Unit.STEPS), "3 × 10 steps"),
    ],
)
def test_a_dose_has_a_short_form(dose: Dose, words: str) -> None:
    assert short(dose) == words
