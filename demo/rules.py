"""A seeded simulator of six kinds of patients, day by day. Pure: the same seed gives the same days."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random

SEED = 2026
WEEKS = 12


class Behaviour(StrEnum):
    """Six patients a clinic knows. The comment says what their log should make a clinician see."""

    STEADY = "steady"  # does the work, slowly better
    FADING = "fading"  # started well, says less and less
    OVER_REPORTING = "over_reporting"  # everything "done", entered at once on Sundays, and no better
    FLARING = "flaring"  # better, with two flares
    NERVE_LIKE = "nerve_like"  # burning skin, up and down, not easing
    HIDDEN_TRIGGER = "hidden_trigger"  # worse after the same weekday each week


@dataclass(frozen=True)
class Person:
    """Who is simulated. `start_pain` is 0–10; `weekdays` are ISO days with a planned session."""

    number: int
    behaviour: Behaviour
    start_pain: float
    weekdays: tuple[int, ...]
    started_on: date


@dataclass(frozen=True)
class CheckLog:
    """One daily check. Pain 0–10, sleep 1–5; `worry` empty means the question was left open."""

    morning_pain: int
    stiffness: str
    sleep: int
    places: tuple[str, ...]
    worry: bool | None
    worry_note: str = ""


@dataclass(frozen=True)
class SessionLog:
    """One session. Effort and pain 0–10; `late_days` is how long after the session it was typed in."""

    outcome: str
    reason: str
    effort: int | None
    pain_during: int | None
    pain_after: int | None
    share_done: float
    late_days: int
    note: str = ""
    short: bool = False  # the short version of a bad day


@dataclass(frozen=True)
class ScreenLog:
    """What was not answered "no" on the questions about warning signs, and what a clinician wrote on clearing it."""

    flagged: dict[str, str]
    cleared: str = ""


@dataclass(frozen=True)
class Day:
    """One simulated day. An empty check or session: nothing logged, which is not nothing done."""

    on: date
    check: CheckLog | None
    session: SessionLog | None
    screen: ScreenLog | None = None


def people(count: int, *, today: date, seed: int = SEED) -> list[Person]:
    """Make `count` people whose twelve weeks end today, the six behaviours in turn."""
    return [person(number, today=today, seed=seed) for number in range(count)]


def person(number: int, *, today: date, seed: int = SEED) -> Person:
    dice = Random(f"{seed}:person:{number}")  # noqa: S311
    behaviours = list(Behaviour)
    weekdays = dice.choice([(1, 3, 5), (1, 3, 6), (2, 4, 6), (2, 5, 7)])
    start_pain = round(dice.uniform(3.5, 6.5), 1)
    return Person(
        number, behaviours[number % len(behaviours)], start_pain, weekdays, today - timedelta(weeks=WEEKS)
    )


def days(who: Person, *, until: date, seed: int = SEED) -> Iterator[Day]:
    """Say what this person logged from their first day to `until`. A longer run begins with the same days."""
    dice = Random(f"{seed}:days:{who.number}")  # noqa: S311
    wobble = 0.0
    for index in range((until - who.started_on).days + 1):
        on = who.started_on + timedelta(days=index)
        throws = [dice.random() for _ in range(8)]  # a fixed number a day keeps earlier days the same
        wobble = 0.6 * wobble + (throws[0] - 0.5) * 1.6
        pain = min(10, max(0, round(pain_level(who, index) + wobble)))
        said = check_on(who, index, on, pain, throws), session_on(who, index, on, pain, throws)
        yield Day(on, *said, screen_on(who, index))


# Who has an answer that a clinician still has to look at, and who had one that is cleared: by number, then by day.
FLAGGED = {
    (4, 82): ScreenLog({"W4": "yes", "W1": "not_sure"}),
    (6, 61): ScreenLog(
        {"U3": "yes"}, cleared="Seen in the emergency department the same day, walks freely again."
    ),
}


def screen_on(who: Person, index: int) -> ScreenLog | None:
    """Once a week; somebody whose log fades stops that, too."""
    if index % 7 != 5 or (who.behaviour is Behaviour.FADING and index > 42):
        return None
    return FLAGGED.get((who.number, index), ScreenLog({}))


def pain_level(who: Person, index: int) -> float:
    """The level that morning pain wobbles around on a day."""
    eased = who.start_pain * math.exp(-index / 45)
    if who.behaviour is Behaviour.FLARING:
        return eased + max(flare(index, 33), flare(index, 63))
    if who.behaviour is Behaviour.NERVE_LIKE:
        return who.start_pain - 0.5 + math.sin(index / 6) * 1.2
    if who.behaviour is Behaviour.OVER_REPORTING:
        return who.start_pain - 0.4
    if who.behaviour is Behaviour.FADING:
        return max(eased, who.start_pain * 0.6)
    if who.behaviour is Behaviour.HIDDEN_TRIGGER:
        return eased * 0.8 + (2.6 if (who.started_on + timedelta(days=index)).isoweekday() == 7 else 0.0)
    return eased


def flare(index: int, start: int) -> float:
    """Four points more for two days, then settling over a week."""
    since = index - start
    return 0.0 if since < 0 else 4.0 if since < 2 else max(0.0, 4.0 - (since - 1) * 0.7)


def keenness(who: Person, index: int) -> float:
    """How likely this person is to log on a day, 0–1."""
    if who.behaviour is Behaviour.FADING:
        return max(0.08, 0.95 - index / 70)
    return {
        Behaviour.STEADY: 0.9,
        Behaviour.OVER_REPORTING: 1.0,
        Behaviour.FLARING: 0.8,
        Behaviour.NERVE_LIKE: 0.75,
        Behaviour.HIDDEN_TRIGGER: 0.88,
    }[who.behaviour]


def check_on(who: Person, index: int, on: date, pain: int, throws: list[float]) -> CheckLog | None:
    if throws[1] > keenness(who, index):
        return None
    nerve = who.behaviour is Behaviour.NERVE_LIKE
    # One worry per nerve-like person, some ten days before the end: a clinician should find it.
    worried = nerve and index == WEEKS * 7 - 10 + who.number % 7
    stiffness = "0" if pain < 2 else "1-10" if pain < 4 else "11-30" if pain < 6 else "31-60"
    return CheckLog(
        morning_pain=pain,
        stiffness="0" if nerve else stiffness,
        sleep=min(5, max(1, round(4.6 - pain / 3 - throws[2]))),
        places=("skin", "outer_thigh") if nerve else ("outer_knee",) if pain else (),
        worry=worried if throws[3] < 0.95 else None,
        worry_note="The skin on my thigh feels numb since yesterday." if worried else "",
    )


def session_on(who: Person, index: int, on: date, pain: int, throws: list[float]) -> SessionLog | None:
    if on.isoweekday() not in who.weekdays:
        return None
    if who.behaviour is Behaviour.OVER_REPORTING:
        return SessionLog("done", "", 3, 1, 1, 1.0, late_days=7 - on.isoweekday())
    if throws[4] > keenness(who, index):
        return None
    during = min(10, max(0, pain - 1 + round(throws[5] * 2)))
    effort = 3 + 2 * round(throws[6] * 2) + (2 if pain >= 4 else 0)
    if pain >= 6:
        return SessionLog(
            "not_today", "sore", None, None, None, 0.0, 0, "Too sore today, I will try tomorrow."
        )
    if throws[7] < 0.08:
        return SessionLog("not_today", "time", None, None, None, 0.0, 0)
    if pain >= 4 and throws[7] > 0.6:
        return SessionLog("done", "", 3, during, max(0, during - 1), 1.0, 0, short=True)
    if pain >= 4 or throws[7] < 0.18:
        return SessionLog(
            "partly", "sore" if pain >= 4 else "time", effort, during, max(0, during - 1), 0.6, 0
        )
    return SessionLog("done", "", effort, during, max(0, during - 1), 1.0, 0)
