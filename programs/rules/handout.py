"""Which days the tick sheet of a handout has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from programs.rules.plans import MOST_EXERCISES, is_due

WEEKS, WEEKS_OF_A_LONG_PLAN = 4, 2


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week with the days on which anything is due. `due[i][d]`: whether exercise i is due on day d."""

    number: int
    days: tuple[date, ...]
    due: tuple[tuple[bool, ...], ...]


def tick_sheet(weekdays: Sequence[Sequence[int]], *, first: date) -> list[Week]:
    """The next weeks for exercises on these weekdays, Monday to Sunday, without days before the first.

    Two weeks of a long plan fill as many pages as four of a short one. A week with nothing left to do is no week.
    """
    count = WEEKS if len(weekdays) <= MOST_EXERCISES + 2 else WEEKS_OF_A_LONG_PLAN
    monday = first - timedelta(days=first.isoweekday() - 1)
    all_weeks = [
        [day for day in _week(monday + timedelta(weeks=n)) if day >= first and _is_any_due(weekdays, day)]
        for n in range(count + 1)
    ]
    weeks = [days for days in all_weeks if days][:count]
    return [
        Week(
            number=number,
            days=tuple(days),
            due=tuple(tuple(is_due(weekdays=of_one, on=day) for day in days) for of_one in weekdays),
        )
        for number, days in enumerate(weeks, start=1)
    ]


def _week(monday: date) -> list[date]:
    return [monday + timedelta(days=n) for n in range(7)]


def _is_any_due(weekdays: Sequence[Sequence[int]], day: date) -> bool:
    return any(is_due(weekdays=of_one, on=day) for of_one in weekdays)
