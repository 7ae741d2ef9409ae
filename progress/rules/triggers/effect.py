"""How large the difference is, in points and in order, and what one week or a shift makes of it. All exact."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from progress.rules.triggers.pairs import WEEK_DAYS, Pair, Week

WHOLE = lcm(
    *range(1, WEEK_DAYS + 1)
)  # every n of a week divides it, so that sums over weeks stay whole numbers


def difference(weeks: Sequence[Week]) -> Fraction:
    """D: mean after exposed days minus mean after others, inside one or more weeks, weighted by k·m/n."""
    return Fraction(sum(map(_contrast, weeks)), sum(map(_weight, weeks)))


def _contrast(week: Week) -> int:
    """k·m/n × (mean exposed − mean unexposed), as a multiple of 1/WHOLE."""
    k, m = len(week.exposed), len(week.unexposed)
    return WHOLE // (k + m) * (m * sum(week.exposed) - k * sum(week.unexposed))


def _weight(week: Week) -> int:
    k, m = len(week.exposed), len(week.unexposed)
    return WHOLE // (k + m) * k * m


def probability_worse(weeks: Sequence[Week]) -> Fraction:
    """PS: share of pairs of days inside weeks whose exposed morning was worse, ties counted half; ½ is no difference."""
    pairs = [(bad, other) for week in weeks for bad in week.exposed for other in week.unexposed]
    halves = sum(2 if bad > other else int(bad == other) for bad, other in pairs)
    return Fraction(halves, 2 * len(pairs))


def without_each_week(weeks: Sequence[Week]) -> tuple[Fraction, ...]:
    """D again with each week left out; empty when nothing would be left."""
    if len(weeks) < 2:
        return ()
    contrast, weight = sum(map(_contrast, weeks)), sum(map(_weight, weeks))
    return tuple(Fraction(contrast - _contrast(week), weight - _weight(week)) for week in weeks)


def shift_share(pairs: Sequence[Pair]) -> Fraction:
    """Slide the exposures along the ordered pairs, all n ways, and give the share with at least the contrast seen.

    Contrast: pain summed over exposed days, against its share of all pain. Sliding keeps runs of exposed days and
    slow waves of pain as they are, which the exact test does not, so that it can tell them from an effect.
    """
    if not pairs:
        return Fraction(1)
    n, pain = len(pairs), [pair.after for pair in pairs]
    exposed = [place for place, pair in enumerate(pairs) if pair.exposed]
    expected = len(exposed) * sum(pain)
    around = pain * 2
    contrasts = [abs(n * sum([around[place + shift] for place in exposed]) - expected) for shift in range(n)]
    return Fraction(sum(contrast >= contrasts[0] for contrast in contrasts), n)
