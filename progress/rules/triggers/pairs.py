"""Days of the log as pairs: what was ticked in the evening, and pain on the morning after. Not logged makes no pair."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

DAY = timedelta(days=1)
WEEK_DAYS = 7


@dataclass(frozen=True)
class Pair:
    """One day whose evening tick and next morning are both known. `day` counts from the first log.

    Pain is 0–10. `before` is pain on waking on the day itself, before the exposure; None means not logged.
    """

    day: int
    exposed: bool
    after: int
    before: int | None = None

    @property
    def week(self) -> int:
        return self.day // WEEK_DAYS


@dataclass(frozen=True)
class Week:
    """The pairs of one 7-day week, as pain after exposed and after other days."""

    exposed: tuple[int, ...]
    unexposed: tuple[int, ...]

    @property
    def is_informative(self) -> bool:
        return bool(self.exposed and self.unexposed)


def pairs_of(ticks: Mapping[date, bool], mornings: Mapping[date, int], *, first: date) -> tuple[Pair, ...]:
    """Pair each ticked day with the morning after it, in order of days. `first` is the first log of the person."""
    return tuple(
        Pair((on - first).days, ticks[on], mornings[on + DAY], mornings.get(on))
        for on in sorted(ticks)
        if on + DAY in mornings
    )


def weeks_of(pairs: Iterable[Pair]) -> tuple[Week, ...]:
    """The informative weeks, in order. Comparing inside weeks removes slow recovery and flare."""
    rows = ((pair.week, pair.exposed, pair.after) for pair in pairs)
    return informative(rows)


def weeks_before(pairs: Iterable[Pair]) -> tuple[Week, ...]:
    """The same with pain before the exposure, from the pairs where it is known: the negative control."""
    rows = ((pair.week, pair.exposed, pair.before) for pair in pairs if pair.before is not None)
    return informative(rows)


def informative(rows: Iterable[tuple[int, bool, int]]) -> tuple[Week, ...]:
    """Rows of week, exposed, pain, in order of weeks."""
    weeks = []
    for _, group in groupby(rows, key=lambda row: row[0]):
        found = list(group)
        week = Week(
            tuple(pain for _, exposed, pain in found if exposed),
            tuple(pain for _, exposed, pain in found if not exposed),
        )
        weeks.append(week)
    return tuple(week for week in weeks if week.is_informative)
