"""The one next action of a patient's day, and the strip of their week."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

IsPlanned = Callable[[date], bool]


class Next(StrEnum):
    CARD = "card"
    SCREEN = "screen"
    CHECK = "check"
    SESSION = "session"
    MODULE = "module"
    DONE = "done"
    REST = "rest"


@dataclass(frozen=True)
class Day:
    """Where the day stands: what was said, what is asked."""

    card_open: bool = False  # the program stands behind it
    screen_due: bool = False
    screen_cannot_wait: bool = False
    check_done: bool = False
    session_due: bool = False
    session_said: bool = False
    unread_modules: int = 0


def next_action(day: Day) -> Next:
    """Give one thing: a card first, then the questions about warning signs, how it is, the session, reading, or nothing."""
    if day.card_open:
        return Next.CARD
    if day.screen_due and day.screen_cannot_wait:
        return Next.SCREEN
    if not day.check_done:
        return Next.CHECK
    if day.screen_due:
        return Next.SCREEN
    if day.session_due and not day.session_said:
        return Next.SESSION
    if day.unread_modules:
        return Next.MODULE
    return Next.DONE if day.session_due else Next.REST


_SAID = {"done": "done", "partly": "partly", "not_today": "skipped"}


@dataclass(frozen=True)
class WeekDay:
    """One cell. `state`: done, partly, skipped, missing (planned, nothing said), planned, today or rest."""

    on: date
    state: str


def week_of(today: date, said: Mapping[date, str], is_planned: IsPlanned) -> tuple[WeekDay, ...]:
    """Monday to Sunday of today's week."""
    return days_of(today - timedelta(days=today.weekday()), 7, today=today, said=said, is_planned=is_planned)


def days_of(
    first: date, count: int, *, today: date, said: Mapping[date, str], is_planned: IsPlanned
) -> tuple[WeekDay, ...]:
    """Some days in a row; a planned day of which nothing was said is missing, never skipped."""
    days = (first + timedelta(days=offset) for offset in range(count))
    return tuple(WeekDay(on, _state(on, today, said, is_planned(on))) for on in days)


def _state(on: date, today: date, said: Mapping[date, str], planned: bool) -> str:
    if on in said:
        return _SAID[said[on]]
    if not planned:
        return "rest"
    if on == today:
        return "today"
    return "missing" if on < today else "planned"
