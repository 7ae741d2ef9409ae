"""When a clinic is open: weekday hours turned into moments, so that "within 4 hours" and "within 2 working days" can be kept.

A clinic that has told no hours counts as always open: then nothing waits longer than it may.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("1", "2", "3", "4", "5", "6", "7")  # ISO, Monday first
LOOK_AHEAD = 60  # days: further than any deadline reaches
Pair = tuple[time, time]


@dataclass(frozen=True)
class Hours:
    """From when to when on each ISO weekday, in the clinic's own time zone. A weekday left out is closed."""

    days: Mapping[int, Pair]
    zone: str

    @classmethod
    def of(cls, told: Mapping[str, list[str]], zone: str) -> "Hours":
        """From what is stored: {"1": ["09:00", "17:00"], …}."""
        days = {
            int(day): (time.fromisoformat(pair[0]), time.fromisoformat(pair[1])) for day, pair in told.items()
        }
        return cls(days, zone)

    def on(self, day: date) -> tuple[datetime, datetime] | None:
        """The opening of one local day as two moments; None when closed, or when the clocks skip all of it."""
        pair = self.days.get(day.isoweekday())
        if pair is None:
            return None
        opens, closes = (datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC) for at in pair)
        return (opens, closes) if opens < closes else None


def usual() -> dict[str, list[str]]:
    """What a clinic has before anybody said otherwise: Monday to Friday, nine to five."""
    return {day: ["09:00", "17:00"] for day in WEEKDAYS[:5]}


def is_open(hours: Hours, at: datetime) -> bool:
    span = hours.on(at.astimezone(ZoneInfo(hours.zone)).date())
    return not hours.days or (span is not None and span[0] <= at < span[1])


def after_open_time(hours: Hours, start: datetime, wait: timedelta) -> datetime:
    """The moment by which the clinic has been open for `wait` since `start`."""
    for opens, closes in _spans(hours, start):
        begun = max(opens, start)
        if begun + wait <= closes:
            return begun + wait
        wait -= max(timedelta(0), closes - begun)
    return start + wait


def end_of_working_day(hours: Hours, start: datetime, days: int) -> datetime:
    """When the clinic closes on the last of so many working days; the day itself does not count."""
    received_on = start.astimezone(ZoneInfo(hours.zone)).date()
    later = [span for day, span in _days(hours, received_on) if day > received_on]
    return later[days - 1][1] if len(later) >= days else start + timedelta(days=days)


def _spans(hours: Hours, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    first = start.astimezone(ZoneInfo(hours.zone)).date()
    return (span for _day, span in _days(hours, first))


def _days(hours: Hours, first: date) -> Iterator[tuple[date, tuple[datetime, datetime]]]:
    for ahead in range(LOOK_AHEAD):
        day = first + timedelta(days=ahead)
        span = hours.on(day)
        if span:
            yield day, span
