"""The red-flag screen: which answer leads to which card, what it closes, when it is asked and how long it may wait.

"Yes" and "not sure" count the same, and a question left open is not a "no". Nothing here names a diagnosis, and
nothing closes a card by itself. Source: clinical.md 6.1; the questions and cards are its words (screen_words.py).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from clinic.rules.hours import Hours, after_open_time, end_of_working_day
from progress.rules.checks import Outcome
from progress.rules.screen_words import WORDING


class Level(StrEnum):
    EMERGENCY = "E"
    SAME_DAY = "U"
    SOON = "W"  # a clinician within 2 working days


class Card(StrEnum):
    """In the order in which they are shown: what cannot wait comes first, and none takes another's place."""

    A = "A"
    CRISIS = "crisis"
    B = "B"
    C = "C"
    D = "D"


class Closes(StrEnum):
    """What stands behind the card until a clinician clears it."""

    PROGRAM = "program"
    IMPACT = "impact"
    NOTHING = ""


class Said(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"


class Why(StrEnum):
    """Why the screen is asked now."""

    START = "start"
    WARNING = "warning"
    PAIN = "pain"
    WEEKLY = "weekly"
    ASKED = "asked"  # the patient opened it unasked


@dataclass(frozen=True)
class Item:
    id: str
    card: Card
    closes: Closes = Closes.NOTHING

    @property
    def level(self) -> Level:
        return Level(self.id[0])


_A, _B, _C, _D = Card.A, Card.B, Card.C, Card.D
ITEMS = (
    *(Item(f"E{n}", _A, Closes.PROGRAM) for n in range(1, 7)),
    Item("U1", _B, Closes.PROGRAM),
    Item("U2", _B, Closes.PROGRAM),
    Item("U3", _B, Closes.PROGRAM),
    Item("U4", _C, Closes.PROGRAM),
    Item("U5", _B, Closes.PROGRAM),
    *(Item(f"W{n}", _D) for n in range(1, 6)),
    Item("W6", _D, Closes.IMPACT),
    Item("W7", Card.CRISIS),
)
BY_ID = {item.id: item for item in ITEMS}
READ_TOO = {"W4": "when-it-is-a-nerve"}  # card D and module M12
FLAGGED = (Said.YES, Said.NOT_SURE)
LEVELS = tuple(Level)
CLOSINGS = tuple(Closes)

WEEK = timedelta(days=7)
UNOPENED_AT_MOST = {Level.EMERGENCY: timedelta(minutes=30), Level.SAME_DAY: timedelta(hours=4)}
LOOKED_AT_WITHIN = 2  # working days
TOLD_AT_ONCE = ("W7",)  # beside every E and U: a clinician is written to at once

Answers = Mapping[str, str]


def flagged(answers: Answers) -> tuple[Item, ...]:
    """What was answered "yes" or "not sure", in the order of the screen."""
    return tuple(item for item in ITEMS if answers.get(item.id) in FLAGGED)


def unanswered(answers: Answers) -> tuple[str, ...]:
    return tuple(item.id for item in ITEMS if item.id not in answers)


def is_all_clear(answers: Answers) -> bool:
    """Every question was answered, each with "no"."""
    return not unanswered(answers) and not flagged(answers)


def level_of(answers: Answers) -> str:
    """The gravest level that was flagged; "" when none was, which rules nothing out."""
    found = {item.level for item in flagged(answers)}
    return next((level.value for level in LEVELS if level in found), "")


def cards_of(items: Iterable[Item]) -> tuple[Card, ...]:
    """Each card once, the first one first."""
    found = {item.card for item in items}
    return tuple(card for card in Card if card in found)


def closes(items: Iterable[Item]) -> Closes:
    """The most that any of these closes."""
    return min((item.closes for item in items), key=CLOSINGS.index, default=Closes.NOTHING)


def is_told_at_once(answers: Answers) -> bool:
    """Whether the care team is written to at once: every E and U, and thoughts of harming oneself."""
    return any(item.level is not Level.SOON or item.id in TOLD_AT_ONCE for item in flagged(answers))


@dataclass(frozen=True)
class Standing:
    """When a patient was last asked, and what has come in since. Empty: never."""

    asked_on: date | None = None
    warned_since: bool = False  # a "yes" to anything new that worries them
    hurt_since: bool = False  # pain of 8 or more, on a morning or in a session


def why_due(standing: Standing, today: date) -> Why | None:
    """Why the screen is to be answered now, or None while it is not."""
    if standing.warned_since:
        return Why.WARNING
    if standing.hurt_since:
        return Why.PAIN
    if standing.asked_on is None:
        return Why.START
    return Why.WEEKLY if today - standing.asked_on >= WEEK else None


def cannot_wait(why: Why | None) -> bool:
    """Whether it comes before everything else of the day."""
    return why in (Why.WARNING, Why.PAIN)


def told_again_at(level: str, received_at: datetime, hours: Hours) -> datetime | None:
    """When staff are told once more if nobody has opened it: clinic hours only. None: there is no such time."""
    wait = UNOPENED_AT_MOST.get(Level(level)) if level else None
    return None if wait is None else after_open_time(hours, received_at, wait)


def due_at(level: str, received_at: datetime, hours: Hours) -> datetime:
    """By when a clinician should have looked. For E and U that is when they are told again."""
    again = told_again_at(level, received_at, hours)
    return again or end_of_working_day(hours, received_at, LOOKED_AT_WITHIN)


@dataclass(frozen=True)
class ScreenDraft:
    """A screen as it was answered, before it is a row. Answers hold only what was answered."""

    client_id: UUID
    answers: Answers
    why: str = Why.ASKED
    phone: str = ""
    has_called: bool = False
    wording: int = WORDING

    @property
    def content_hash(self) -> str:
        """The same answers give the same hash. Having called meanwhile is no other answer."""
        content = {"answers": dict(self.answers), "phone": self.phone, "wording": self.wording}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Screened:
    """What became of a draft, and the row that holds it."""

    outcome: Outcome
    row: Any
