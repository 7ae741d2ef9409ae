"""The trigger lab against the tables of clinical.md section 7, as rows of a file and by hand."""

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from progress.rules.triggers import (
    DEFAULT,
    Finding,
    Pair,
    Tier,
    as_of_checkpoints,
    findings,
    overlaps,
    pairs_of,
)
from progress.rules.triggers.effect import shift_share
from progress.rules.triggers.exact import Arrangements
from progress.rules.triggers.judge import benjamini_hochberg, is_enough, tier_of
from progress.rules.triggers.pairs import weeks_of

VECTORS = json.loads((Path(__file__).parent / "trigger_vectors.json").read_text())
EXAMPLE = VECTORS["example"]
MORNING_OF_DAY_0 = 2  # of T4 and T5: left out of the file's rows, and the one that gives its pre-exposure D
FIGURES = {
    "informative_weeks": "weeks", "n_exposed": "exposed", "n_unexposed": "unexposed", "diff": "difference",
    "prob_worse": "probability_worse", "p": "p", "loo_min": "least_without_a_week",
    "loo_max": "most_without_a_week", "p_circ": "shift", "pre": "control", "mean_exposed": "mean_exposed",
    "mean_unexposed": "mean_unexposed", "q": "q",
}  # fmt: skip


def example() -> dict[str, list[Pair]]:
    mornings = EXAMPLE["morning"]
    return {
        key: [Pair(day, bool(x), mornings[day + 1], mornings[day]) for day, x in enumerate(ticks)]
        for key, ticks in EXAMPLE["exposures"].items()
    }


def pairs_in(rows: list[list[int]]) -> list[Pair]:
    before = [MORNING_OF_DAY_0, *(after for _, _, after in rows)]
    return [
        Pair(day, bool(x), after, earlier) for (day, x, after), earlier in zip(rows, before, strict=False)
    ]


def rounded(found: Finding, given: dict[str, object]) -> dict[str, object]:
    """The figures that the file gives, to its four digits."""
    said = {name: getattr(found, FIGURES[name]) for name in given if name in FIGURES}
    return {name: value if value is None else round(float(value), 4) for name, value in said.items()}


def expected(given: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in given.items() if name in FIGURES}


def series(ticks: str, after: str, *, first: int = 0) -> list[Pair]:
    return [
        Pair(first + day, x == "1", int(pain), int(pain))
        for day, (x, pain) in enumerate(zip(ticks, after, strict=True))
    ]


@pytest.mark.parametrize("key", EXAMPLE["results"])
def test_the_worked_example_comes_out_to_every_digit(key: str) -> None:
    given, found = EXAMPLE["results"][key], findings(example(), DEFAULT)[key]

    assert rounded(found, given) == expected(given)
    assert ([float(found.low), float(found.high)], found.tier) == (given["ci"], given["tier"])


def test_hills_come_out_as_whole_fractions() -> None:
    found = findings(example(), DEFAULT)["hills"]

    assert (found.p, found.shift, found.difference) == (
        Fraction(2277, 194481),
        Fraction(2, 28),
        Fraction(49, 40),
    )


@pytest.mark.parametrize("case", VECTORS["more"], ids=lambda case: case["name"].split()[0])
def test_the_other_cases_come_out_to_every_digit(case: dict[str, object]) -> None:
    pairs = pairs_in(case["rows"])
    found = findings({"it": pairs}, DEFAULT)["it"]
    given = case["result"]

    assert rounded(found, given) == expected(given)
    assert (round(float(shift_share(pairs)), 4), found.tier) == (case["p_circ"], case["tier"])
    assert "ci" not in given or [float(found.low), float(found.high)] == given["ci"]
    assert case["pre_diff"] is None or round(float(found.control), 4) == case["pre_diff"]


def test_what_is_not_logged_makes_no_pair_and_slides_along_without_a_hole() -> None:
    first = date(2026, 3, 1)
    day = [first + timedelta(days=n) for n in range(6)]

    found = pairs_of(
        {day[0]: True, day[2]: False, day[4]: True}, {day[1]: 5, day[2]: 3, day[3]: 2}, first=first
    )

    assert found == (Pair(0, True, 5, None), Pair(2, False, 2, 3))
    assert shift_share(found) == 1


def test_a_day_ticked_no_is_a_day_and_a_day_not_ticked_is_none() -> None:
    first = date(2026, 3, 1)
    mornings = {first + timedelta(days=n): 3 for n in range(5)}

    assert len(pairs_of({first: False}, mornings, first=first)) == 1


def strong(*, days: int = 28, pre: int = 0) -> list[Pair]:
    """Two days of each week, two points more the morning after, spread so that no shift comes near."""
    ticks = "0100100100001000100010101000"[:days]
    return [Pair(day, x == "1", 5 if x == "1" else 3, 3 + pre * (x == "1")) for day, x in enumerate(ticks)]


@pytest.mark.parametrize(
    ("pairs", "tier"),
    [
        (strong(), Tier.CLEAR),
        (strong(days=27), Tier.POSSIBLE),
        (strong(days=21), Tier.POSSIBLE),
        (strong(days=20), Tier.NOT_ENOUGH),
        (strong(pre=1), Tier.POSSIBLE),  # half of D on the morning before: pain was up already
        ([Pair(p.day, p.exposed, p.after, None) for p in strong()], Tier.POSSIBLE),  # not known is not a pass
        (
            [Pair(p.day, p.exposed, 8 - p.after, p.before) for p in strong()],
            Tier.NONE,
        ),  # it "helps": never told
        ([Pair(p.day, p.exposed, 3, p.before) for p in strong()], Tier.NONE),
        ([], Tier.NOT_ENOUGH),
    ],
    ids=[
        "clear",
        "27 days",
        "21 days",
        "20 days",
        "was up before",
        "before not known",
        "negative",
        "flat",
        "empty",
    ],
)
def test_a_log_has_this_tier(pairs: list[Pair], tier: Tier) -> None:
    assert findings({"it": pairs}, DEFAULT)["it"].tier is tier


# A pattern that is clear by a hair: every number stands at its limit.
JUST_CLEAR = Finding(
    tier=Tier.NOT_ENOUGH, pairs=28, weeks=3, exposed=5, unexposed=5, difference=Fraction(1), q=Fraction(1, 10),
    shift=Fraction(1, 10), control=Fraction(49, 100), least_without_a_week=Fraction(1, 2),
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "tier"),
    [
        ({}, Tier.CLEAR),
        ({"difference": Fraction(99, 100)}, Tier.NONE),
        ({"difference": Fraction(-3)}, Tier.NONE),
        ({"q": Fraction(11, 100)}, Tier.POSSIBLE),
        ({"q": Fraction(1, 5)}, Tier.POSSIBLE),
        ({"q": Fraction(21, 100)}, Tier.NONE),
        ({"q": None}, Tier.NOT_ENOUGH),
        ({"shift": Fraction(11, 100)}, Tier.POSSIBLE),
        ({"shift": Fraction(11, 100), "q": Fraction(21, 100)}, Tier.NONE),
        ({"least_without_a_week": Fraction(49, 100)}, Tier.POSSIBLE),
        ({"least_without_a_week": None}, Tier.POSSIBLE),
        ({"control": Fraction(1, 2)}, Tier.POSSIBLE),
        ({"control": None}, Tier.POSSIBLE),
        ({"pairs": 27}, Tier.POSSIBLE),
        ({"pairs": 21}, Tier.POSSIBLE),
        ({"pairs": 20}, Tier.NOT_ENOUGH),
        ({"weeks": 2}, Tier.NOT_ENOUGH),
        ({"exposed": 4}, Tier.NOT_ENOUGH),
        ({"unexposed": 4}, Tier.NOT_ENOUGH),
    ],
    ids=lambda value: (
        " ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
    ),
)
def test_each_number_at_and_past_its_limit(changed: dict[str, object], tier: Tier) -> None:
    assert tier_of(replace(JUST_CLEAR, **changed), DEFAULT) is tier


def test_q_never_falls_when_p_rises() -> None:
    p = {"a": Fraction(1, 100), "b": Fraction(4, 100), "c": Fraction(41, 1000), "d": Fraction(9, 10)}

    assert benjamini_hochberg(p) == {
        "a": Fraction(4, 100), "b": Fraction(41, 750), "c": Fraction(41, 750), "d": Fraction(9, 10)
    }  # fmt: skip


def test_too_few_days_of_either_kind_are_not_enough_however_long_the_log() -> None:
    seldom = [Pair(day, day in (1, 9, 17, 25), 3, 3) for day in range(42)]
    often = [Pair(p.day, not p.exposed, p.after, p.before) for p in seldom]

    assert [is_enough(found, DEFAULT) for found in findings({"a": seldom, "b": often}, DEFAULT).values()] == [
        False
    ] * 2


def test_what_has_too_few_days_costs_the_others_nothing() -> None:
    alone = findings({"it": strong()}, DEFAULT)["it"]
    beside = findings({"it": strong(), "short": strong(days=14)}, DEFAULT)

    assert (beside["it"], beside["short"].q) == (alone, None)


def test_patients_are_told_from_the_last_checkpoint_only() -> None:
    log = [Pair(day, day % 3 == 0, day % 7) for day in range(60)]

    told = [
        len(as_of_checkpoints({"it": log[:days]}, DEFAULT)["it"]) for days in (27, 28, 41, 42, 55, 56, 60)
    ]

    assert told == [0, 28, 28, 42, 42, 56, 56]


@pytest.mark.parametrize(
    ("ticks", "told_apart"),
    [("1111100", "1111100"), ("1111100", "1110000"), ("1111100", "0111111")],
    ids=["the same days", "3 of 5", "4 of 7"],
)
def test_exposures_on_the_same_days_are_a_pair(ticks: str, told_apart: str) -> None:
    found = overlaps({"a": series(ticks, "3333333"), "b": series(told_apart, "3333333")}, DEFAULT)

    assert found == (() if told_apart == "0111111" else (("a", "b"),))


def test_days_of_which_one_is_not_known_do_not_make_a_pair() -> None:
    assert overlaps({"a": series("111", "333"), "b": series("111", "333", first=7)}, DEFAULT) == ()


def test_an_interval_narrower_than_a_step_keeps_the_quarters_around_it() -> None:
    pairs = [Pair(day, x == "1", 9 if x == "1" else 0) for day, x in enumerate("0101010" * 8)]
    pairs[1] = Pair(1, True, 8)

    low, high = Arrangements.of(weeks_of(pairs)).interval(DEFAULT.interval_alpha)

    assert low <= findings({"it": pairs}, DEFAULT)["it"].difference <= high
