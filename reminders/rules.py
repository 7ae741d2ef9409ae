"""When a reminder is due: local days and wall-clock times turned into moments. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PLAN_AHEAD = timedelta(hours=48)  # mail goes on for two days without the planner
USEFUL_FOR = timedelta(hours=3)  # later than this after its time, a reminder only annoys
KIND = "today"


@dataclass(frozen=True)
class Wish:
    """When one patient wants to be reminded. Weekdays are ISO: 1 Monday … 7 Sunday."""

    at: time
    weekdays: frozenset[int]
    zone: str
    is_on: bool = True
    paused_until: date | None = None  # the first day that is reminded of again


@dataclass(frozen=True)
class Due:
    """One reminder for one local day."""

    on: date
    at: datetime

    @property
    def not_after(self) -> datetime:
        return self.at + USEFUL_FOR


def zone_of(name: str) -> ZoneInfo:
    """The time zone of this name. One that was dropped from the zone database counts as UTC: late beats never."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def local_day(now: datetime, zone: str) -> date:
    return now.astimezone(zone_of(zone)).date()


def last_day_to_plan(now: datetime, zone: str) -> date:
    return local_day(now + PLAN_AHEAD, zone)


def moment(on: date, at: time, zone: str) -> datetime | None:
    """The moment at which clocks in this zone show this time on this day.

    A time that the clocks skip gives the first moment after the gap; one they show twice, the first.
    None for a day that the zone left out altogether (Samoa, 30 December 2011).
    """
    first = datetime.combine(on, at, tzinfo=zone_of(zone))
    candidate = first.astimezone(UTC)
    if candidate.astimezone(first.tzinfo).replace(tzinfo=None) == first.replace(tzinfo=None):
        return candidate
    before_gap = first.replace(fold=1).astimezone(UTC)
    if candidate - before_gap >= timedelta(days=1):
        return None
    return _end_of_gap(before_gap, candidate, zone_of(zone))


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment between these two at which the zone's offset changes, found by halving; gaps begin on whole seconds."""
    offset_after = after.astimezone(zone).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset_after:
            high = middle
        else:
            low = middle
    return datetime.fromtimestamp(high, UTC)


def wants(wish: Wish, on: date) -> bool:
    """Say whether this patient wants to be reminded on this local day."""
    return wish.is_on and on.isoweekday() in wish.weekdays and not is_paused(wish, on)


def is_paused(wish: Wish, on: date) -> bool:
    return wish.paused_until is not None and on < wish.paused_until


def to_plan(wish: Wish, *, planned_to: date | None, changed_at: datetime, now: datetime) -> Iterator[Due]:
    """The reminders from today to the horizon that are not planned yet.

    A time that had passed when the wish was made is not made up for; one that passed while nobody
    planned is, as long as it is still useful.
    """
    today, last = local_day(now, wish.zone), last_day_to_plan(now, wish.zone)
    on = today if planned_to is None else max(today, planned_to + timedelta(days=1))
    while on <= last:
        at = moment(on, wish.at, wish.zone) if wants(wish, on) else None
        if at is not None and at > changed_at and now <= at + USEFUL_FOR:
            yield Due(on, at)
        on += timedelta(days=1)


def moved(wish: Wish, on: date, *, now: datetime) -> Due | None:
    """Where a planned reminder belongs after a change; None when that time has passed already."""
    at = moment(on, wish.at, wish.zone)
    return Due(on, at) if at is not None and at > now else None
