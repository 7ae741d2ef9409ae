"""Doses in words that patients read."""

import pytest

from programs.rules.dose import Dose, Side, Unit
from programs.templatetags.doses import dose_line, dose_minutes, dose_short, weekday_names


def dose(**changes: object) -> Dose:
    return Dose(
        **{"sets_low": 3, "sets_high": 3, "amount_low": 10, "amount_high": 10, "unit": Unit.REPS, **changes}
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "3 sets of 10 times"),
        ({"sets_low": 1, "sets_high": 1, "amount_low": 1, "amount_high": 1, "unit": Unit.MINUTES}, "1 set of 1 minute"),
        ({"sets_low": 2, "amount_high": 12, "side": Side.EACH}, "2 to 3 sets of 10 to 12 times, each side"),
        ({"rest_seconds_low": 45, "rest_seconds_high": 60}, "3 sets of 10 times · rest 45 to 60 seconds"),
        ({"effort_low": 6, "effort_high": 6}, "3 sets of 10 times · effort 6 of 10 (a bit hard)"),
        ({"effort_low": 0, "effort_high": 10}, "3 sets of 10 times · effort 0 to 10 of 10 (as hard as you can)"),
        ({"load_kg": 7.5, "load_note": "light band"}, "3 sets of 10 times · light band, 7.5 kg"),
        ({"times_per_day": 2}, "3 sets of 10 times · 2 times a day"),
        ({"tempo": "3-1-1"}, "3 sets of 10 times · 3 seconds down, 1 still, 1 up"),
        ({"tempo": "slow"}, "3 sets of 10 times · slowly"),
        ({"tempo": "quick"}, "3 sets of 10 times · quickly"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_dose_is_a_plain_line(changes: dict[str, object], words: str) -> None:
    assert dose_line(dose(**changes)) == words


def test_every_unit_has_words() -> None:
    assert all(str(unit)[:-1] in dose_line(dose(unit=unit)) for unit in Unit if unit is not Unit.REPS)


def test_a_dose_fits_a_table_cell() -> None:
    assert dose_short(dose(side=Side.LEFT)) == "3 × 10, left side"


def test_minutes_are_rounded_up() -> None:
    assert dose_minutes(dose()) == 3  # 2.5


def test_days_are_named_in_order() -> None:
    assert weekday_names([5, 1]) == "Monday, Friday"
