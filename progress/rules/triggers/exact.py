"""The exact test: if nothing were going on, any k of the n days of a week were equally likely to be the exposed ones.

All arrangements are counted, none is drawn. A week's counts are the digits of one large number, so that putting weeks
together is a multiplication and a tail is a remainder (Kronecker's substitution): 56 days take well under a millisecond.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import ceil, comb, prod
from typing import Self

from progress.rules.triggers.effect import WHOLE, difference
from progress.rules.triggers.pairs import WEEK_DAYS, Week

STEPS = 4  # per point: the interval is found in quarters
WIDEST = 10 * STEPS


@dataclass(frozen=True)
class Arrangements:
    """Every way the exposed days could have fallen in one or more informative weeks.

    `ways`: for each week, how many choices of k days have this sum of pain and so many really exposed days.
    """

    weeks: Sequence[Week]
    ways: tuple[Counter[tuple[int, int]], ...]

    @classmethod
    def of(cls, weeks: Sequence[Week]) -> Self:
        return cls(weeks, tuple(_ways(week) for week in weeks))

    @property
    def p(self) -> Fraction:
        """Two-sided: the share with |T − E(T)| at least as large as seen, T = pain summed over the exposed days."""
        return self.share_as_far(0)

    def interval(self, alpha: Fraction) -> tuple[Fraction, Fraction]:
        """The shifts, in quarters of a point, that the same test does not reject when exposed mornings are eased by them.

        The share never rises again on the way from D outwards: each arrangement drops out once and for all. So halving
        finds the ends. When even the quarters next to D are rejected, they are the ends.
        """
        seen = STEPS * difference(self.weeks)
        low = _last_kept(lambda quarters: self.share_as_far(-quarters) > alpha, first=ceil(-seen))
        high = _last_kept(lambda quarters: self.share_as_far(quarters) > alpha, first=ceil(seen))
        return Fraction(-low, STEPS), Fraction(high, STEPS)

    def share_as_far(self, quarters: int) -> Fraction:
        """Ease every really exposed morning by so many quarters, and give the share at least as far off as seen."""
        total = prod(comb(len(week.exposed) + len(week.unexposed), len(week.exposed)) for week in self.weeks)
        width = total.bit_length() + 1  # of one digit: no count can run over into the next
        counts, lowest = 1, 0
        for ways in self.ways:
            sums = [(STEPS * pain - quarters * real, count) for (pain, real), count in ways.items()]
            least = min(sums)[0]
            counts *= sum([count << width * (value - least) for value, count in sums])
            lowest += least
        middle = sum(_expected(week, quarters) for week in self.weeks)  # in 1/WHOLE, like the gap
        seen = sum(STEPS * sum(week.exposed) - quarters * len(week.exposed) for week in self.weeks)
        gap = abs(WHOLE * seen - middle)
        if not gap:
            return Fraction(1)
        below = (middle - gap) // WHOLE - lowest + 1  # so many digits from the lowest sum up are as far below
        above = -((-middle - gap) // WHOLE) - lowest
        tails = (counts & (1 << width * max(0, below)) - 1, counts >> width * above)
        return Fraction(sum(_digits(tail, width) for tail in tails), total)


def _ways(week: Week) -> Counter[tuple[int, int]]:
    base = WEEK_DAYS + 1  # pain and really exposed in one number, so that one sum adds up both
    days = [base * pain + 1 for pain in week.exposed] + [base * pain for pain in week.unexposed]
    chosen = Counter(map(sum, combinations(days, len(week.exposed))))
    return Counter({divmod(both, base): count for both, count in chosen.items()})


def _expected(week: Week, quarters: int) -> int:
    """Mean over all arrangements, as a multiple of 1/WHOLE."""
    k = len(week.exposed)
    pain = STEPS * (sum(week.exposed) + sum(week.unexposed)) - quarters * k
    return WHOLE // (k + len(week.unexposed)) * k * pain


def _last_kept(is_kept: Callable[[int], bool], *, first: int) -> int:
    """The largest number from `first` up to the widest that is kept, where all before it are kept too."""
    return first + max(0, bisect_left(range(first, WIDEST + 1), True, key=lambda q: not is_kept(q)) - 1)


def _digits(number: int, width: int) -> int:
    """The sum of its digits, which is what is left of it modulo the base less one, as long as it is smaller."""
    return number % ((1 << width) - 1)
