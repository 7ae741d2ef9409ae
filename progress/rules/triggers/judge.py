"""Everything known about each exposure of one person, and how much may be said of it. Source: clinical.md 7.2 and 7.3."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from typing import Any

from progress.rules.triggers.effect import difference, probability_worse, shift_share, without_each_week
from progress.rules.triggers.exact import Arrangements
from progress.rules.triggers.pairs import Pair, Week, weeks_before, weeks_of
from progress.rules.triggers.policy import TriggerPolicy

Series = Mapping[str, Sequence[Pair]]


class Tier(StrEnum):
    NOT_ENOUGH = "not_enough_days"
    CLEAR = "clear_pattern"
    POSSIBLE = "possible_pattern"
    NONE = "no_clear_pattern"


@dataclass(frozen=True)
class Finding:
    """One exposure. Days exposed and not are those of the weeks that could be compared; None means not known.

    `difference` is D in points, `control` the same D with pain before the exposure, `q` is over all exposures with
    enough days, `shift` is p_circ.
    """

    tier: Tier
    pairs: int
    weeks: int
    exposed: int
    unexposed: int
    mean_exposed: Fraction | None = None
    mean_unexposed: Fraction | None = None
    difference: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    probability_worse: Fraction | None = None
    p: Fraction | None = None
    q: Fraction | None = None
    among: int = 0  # how many exposures q is over
    shift: Fraction | None = None
    control: Fraction | None = None
    least_without_a_week: Fraction | None = None
    most_without_a_week: Fraction | None = None


def findings(series: Series, policy: TriggerPolicy) -> dict[str, Finding]:
    """Judge all exposures of one person together, as q needs all of them; in the order they were given."""
    measured = {key: _measured(pairs, policy) for key, pairs in series.items()}
    q_values = benjamini_hochberg(
        {key: found.p for key, found in measured.items() if found.p is not None and is_enough(found, policy)}
    )
    joined = {
        key: replace(found, q=q_values.get(key), among=len(q_values)) for key, found in measured.items()
    }
    return {key: replace(found, tier=tier_of(found, policy)) for key, found in joined.items()}


def as_of_checkpoints(series: Series, policy: TriggerPolicy) -> dict[str, Sequence[Pair]]:
    """Each exposure's first 28, 42 or 56 days, the most it has reached; none before that.

    This is what patients are told from, so that looking every day changes nothing.
    """
    return {key: pairs[: _reached(len(pairs), policy)] for key, pairs in series.items()}


def overlaps(series: Series, policy: TriggerPolicy) -> tuple[tuple[str, str], ...]:
    """Exposures that fell on the same days too often to be told apart: shared days of days with either."""
    return tuple(
        (one, other)
        for one, other in combinations(series, 2)
        if _shared(series[one], series[other]) >= policy.overlap_share
    )


def is_enough(found: Finding, policy: TriggerPolicy) -> bool:
    return (
        found.pairs >= policy.min_pairs
        and found.exposed >= policy.min_exposed
        and found.unexposed >= policy.min_unexposed
        and found.weeks >= policy.min_informative_weeks
    )


def _reached(days: int, policy: TriggerPolicy) -> int:
    return max((n for n in policy.checkpoints_days if n <= days), default=0)


def _measured(pairs: Sequence[Pair], policy: TriggerPolicy) -> Finding:
    weeks = weeks_of(pairs)
    counted = Finding(
        tier=Tier.NOT_ENOUGH,
        pairs=len(pairs),
        weeks=len(weeks),
        exposed=sum(len(week.exposed) for week in weeks),
        unexposed=sum(len(week.unexposed) for week in weeks),
    )
    return replace(counted, **_figures(pairs, weeks, policy)) if weeks else counted


def _figures(pairs: Sequence[Pair], weeks: Sequence[Week], policy: TriggerPolicy) -> dict[str, Any]:
    arrangements = Arrangements.of(weeks)
    low, high = arrangements.interval(policy.interval_alpha)
    before, left = weeks_before(pairs), without_each_week(weeks)
    return {
        "mean_exposed": _mean([pain for week in weeks for pain in week.exposed]),
        "mean_unexposed": _mean([pain for week in weeks for pain in week.unexposed]),
        "difference": difference(weeks),
        "low": low,
        "high": high,
        "probability_worse": probability_worse(weeks),
        "p": arrangements.p,
        "shift": shift_share(pairs),
        "control": difference(before) if before else None,
        "least_without_a_week": min(left, default=None),
        "most_without_a_week": max(left, default=None),
    }


def _mean(values: Sequence[int]) -> Fraction:
    return Fraction(sum(values), len(values))


def benjamini_hochberg(p_values: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The share of false alarms among all with a p as small: the largest first, never rising on the way down."""
    found: dict[str, Fraction] = {}
    least = Fraction(1)
    ranked = sorted(p_values, key=lambda key: p_values[key])
    for rank in range(len(ranked), 0, -1):
        least = min(least, p_values[ranked[rank - 1]] * len(ranked) / rank)
        found[ranked[rank - 1]] = least
    return found


def tier_of(found: Finding, policy: TriggerPolicy) -> Tier:
    """What is not known never makes a pattern clear. A negative D is never more than "no clear pattern"."""
    if not is_enough(found, policy) or found.difference is None or found.q is None:
        return Tier.NOT_ENOUGH
    if found.difference < policy.effect_points:
        return Tier.NONE
    strong = _is_strong(found, policy)
    if strong and found.pairs >= policy.clear_pairs and _control_holds(found, policy):
        return Tier.CLEAR
    return Tier.POSSIBLE if strong or found.q <= policy.possible_q else Tier.NONE


def _is_strong(found: Finding, policy: TriggerPolicy) -> bool:
    """The strong rule without its length and its negative control."""
    return (
        found.q is not None
        and found.q <= policy.clear_q
        and found.least_without_a_week is not None
        and found.least_without_a_week >= policy.stable_points
        and found.shift is not None
        and found.shift <= policy.shift_share
    )


def _control_holds(found: Finding, policy: TriggerPolicy) -> bool:
    return (
        found.control is not None
        and found.difference is not None
        and found.control < found.difference * policy.control_share
    )


def _shared(one: Sequence[Pair], other: Sequence[Pair]) -> Fraction:
    """Of the days of which both are known: with both, of those with either."""
    first = {pair.day: pair.exposed for pair in one}
    both = [(first[pair.day], pair.exposed) for pair in other if pair.day in first]
    either = sum(a or b for a, b in both)
    return Fraction(sum(a and b for a, b in both), either) if either else Fraction()
