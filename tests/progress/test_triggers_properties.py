"""What holds for any log: the exact test against all arrangements by hand, names, scales, and repeating."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from progress.rules.triggers import DEFAULT, Finding, Pair, Tier, findings
from progress.rules.triggers.exact import STEPS, WIDEST, Arrangements
from progress.rules.triggers.pairs import Week

bounded = settings(max_examples=40, deadline=None)
pain = st.integers(0, 10)


@st.composite
def small_weeks(draw: Callable) -> tuple[Week, ...]:
    """One to three weeks of two to five days."""
    weeks = []
    for _ in range(draw(st.integers(1, 3))):
        days = draw(st.lists(pain, min_size=2, max_size=5))
        exposed = draw(st.integers(1, len(days) - 1))
        weeks.append(Week(tuple(days[:exposed]), tuple(days[exposed:])))
    return tuple(weeks)


@st.composite
def logs(draw: Callable) -> dict[str, list[Pair]]:
    """Three exposures over five weeks, some days of some of them not logged."""
    mornings = draw(st.lists(pain, min_size=36, max_size=36))
    log = {}
    for key in "abc":
        ticks = draw(st.lists(st.sampled_from([True, False, False, None]), min_size=35, max_size=35))
        log[key] = [
            Pair(day, tick, mornings[day + 1], mornings[day])
            for day, tick in enumerate(ticks)
            if tick is not None
        ]
    return log


def by_hand(weeks: tuple[Week, ...], quarters: int) -> Fraction:
    """List every arrangement, one by one, with each really exposed morning eased by so many quarters."""
    eased = [
        ([4 * p - quarters for p in week.exposed] + [4 * p for p in week.unexposed], len(week.exposed))
        for week in weeks
    ]
    middle = sum(Fraction(k * sum(days), len(days)) for days, k in eased)
    seen = abs(sum(sum(days[:k]) for days, k in eased) - middle)
    ways = [[sum(some) for some in combinations(days, k)] for days, k in eased]
    found = [abs(sum(one) - middle) >= seen for one in product(*ways)]
    return Fraction(sum(found), len(found))


def figures(found: Finding, *, without: tuple[str, ...] = ()) -> Finding:
    return replace(found, **dict.fromkeys(without))


@bounded
@given(small_weeks(), st.integers(-12, 12))
def test_counting_agrees_with_listing_every_arrangement(weeks: tuple[Week, ...], quarters: int) -> None:
    assert Arrangements.of(weeks).share_as_far(quarters) == by_hand(weeks, quarters)


@bounded
@given(small_weeks())
def test_the_interval_holds_every_shift_that_is_not_rejected_and_no_other(weeks: tuple[Week, ...]) -> None:
    ways = Arrangements.of(weeks)
    kept = [q for q in range(-WIDEST, WIDEST + 1) if ways.share_as_far(q) > DEFAULT.interval_alpha]

    low, high = (int(end * STEPS) for end in ways.interval(DEFAULT.interval_alpha))

    assert [q for q in kept if not low <= q <= high] == []
    assert not kept or [q for q in range(low + 1, high) if q not in kept] == []


@bounded
@given(logs(), st.permutations("abc"))
def test_other_names_in_another_order_only_rename_the_results(
    log: dict[str, list[Pair]], names: list[str]
) -> None:
    renamed = {new: log[old] for old, new in sorted(zip("abc", names, strict=True), key=lambda pair: pair[1])}

    before, after = findings(log, DEFAULT), findings(renamed, DEFAULT)

    assert {old: after[new] for old, new in zip("abc", names, strict=True)} == before


@bounded
@given(logs(), st.integers(-5, 5))
def test_the_same_amount_more_every_morning_changes_no_effect(log: dict[str, list[Pair]], more: int) -> None:
    moved = {
        key: [replace(pair, after=pair.after + more, before=pair.before + more) for pair in pairs]
        for key, pairs in log.items()
    }
    means = ("mean_exposed", "mean_unexposed")

    before, after = findings(log, DEFAULT), findings(moved, DEFAULT)

    assert {key: figures(found, without=means) for key, found in after.items()} == {
        key: figures(found, without=means) for key, found in before.items()
    }


@bounded
@given(logs())
def test_turning_yes_and_no_around_turns_the_effect_and_leaves_the_test(log: dict[str, list[Pair]]) -> None:
    turned = {key: [replace(p, exposed=not p.exposed) for p in pairs] for key, pairs in log.items()}

    before, after = findings(log, DEFAULT), findings(turned, DEFAULT)

    assert [found.p for found in after.values()] == [found.p for found in before.values()]
    assert [found.difference and -found.difference for found in after.values()] == [
        found.difference for found in before.values()
    ]


@bounded
@given(logs())
def test_an_effect_below_one_point_is_never_more_than_no_clear_pattern(log: dict[str, list[Pair]]) -> None:
    found = findings(log, DEFAULT).values()

    told = [one.tier for one in found if one.difference is not None and one.difference < 1]

    assert set(told) <= {Tier.NONE, Tier.NOT_ENOUGH}


@bounded
@given(logs())
def test_the_same_log_gives_the_same_answer(log: dict[str, list[Pair]]) -> None:
    assert findings(log, DEFAULT) == findings(log, DEFAULT)
