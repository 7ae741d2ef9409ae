"""What we ask readers about themselves: what they believe, three times, and to tell it in their own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from education.rules.parts import Part, words_of
from education.rules.stances import voiced

LATER = timedelta(days=14)
TOP = 10


class UnknownAsk(LookupError):
    """The frozen module does not ask this."""


class Moment(StrEnum):
    """When somebody says how true a statement is for them."""

    BEFORE = "before"
    AFTER = "after"
    LATER = "later"


class Silence(StrEnum):
    """Why there is no number: nobody asked yet, or it was asked and left open."""

    NOT_ASKED = "not_asked"
    NOT_ANSWERED = "not_answered"


Said = int | Silence


@dataclass(frozen=True, kw_only=True)
class Rating:
    """One answer of 0 to 10 on a local day; None when it was skipped."""

    key: str
    moment: str
    value: int | None
    on: date


@dataclass(frozen=True, kw_only=True)
class Belief:
    """A statement with what was said of it so far. `due` is when it is asked now, if it is."""

    key: str
    statement: str
    low: str
    high: str
    points: str
    before: Said
    after: Said
    later: Said
    due: Moment | None

    @property
    def numbers(self) -> tuple[Said, Said, Said]:
        return self.before, self.after, self.later

    @property
    def is_told(self) -> bool:
        return any(isinstance(said, int) for said in self.numbers)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A question to answer in own words, with the newest answer or none."""

    key: str
    prompt: str
    points: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question of the reader about one part."""

    key: str
    text: str
    on: date


def later_is_due(after_on: date | None, *, today: date) -> bool:
    """Whether two weeks have gone by since an answer after reading."""
    return after_on is not None and today - after_on >= LATER


def beliefs(
    asks: Iterable[Part], ratings: Iterable[Rating], *, passed: int, is_read: bool, today: date
) -> tuple[Belief, ...]:
    """Each statement of the module. `passed`: how many parts the reader has passed."""
    known = {(rating.key, rating.moment): rating for rating in ratings}
    return tuple(
        _belief(ask, {moment: known.get((ask["key"], moment)) for moment in Moment}, passed, is_read, today)
        for ask in asks
        if ask["kind"] == "belief"
    )


def _belief(
    ask: Part, ratings: Mapping[Moment, Rating | None], passed: int, is_read: bool, today: date
) -> Belief:
    after = ratings[Moment.AFTER]
    is_late = later_is_due(after.on if after and after.value is not None else None, today=today)
    open_now = {
        Moment.BEFORE: not passed and not is_read,
        Moment.AFTER: is_read,
        Moment.LATER: is_late,
    }
    asked = {Moment.BEFORE: passed > 0 or is_read, Moment.AFTER: is_read, Moment.LATER: is_late}
    waiting = [moment for moment in Moment if open_now[moment] and ratings[moment] is None]
    return Belief(
        key=ask["key"],
        statement=ask["statement"],
        low=ask["low"],
        high=ask["high"],
        points=ask["points"],
        before=_said(ratings[Moment.BEFORE], asked[Moment.BEFORE]),
        after=_said(ratings[Moment.AFTER], asked[Moment.AFTER]),
        later=_said(ratings[Moment.LATER], asked[Moment.LATER]),
        due=waiting[0] if waiting else None,
    )


def _said(rating: Rating | None, asked: bool) -> Said:
    if rating is not None:
        return Silence.NOT_ANSWERED if rating.value is None else rating.value
    return Silence.NOT_ANSWERED if asked else Silence.NOT_ASKED


def told(asks: Iterable[Part], newest: Mapping[str, str]) -> tuple[Told, ...]:
    """Each question to answer in own words. `newest`: the last answer by key."""
    return tuple(
        Told(
            key=ask["key"],
            prompt=ask["prompt"],
            points=tuple(ask["points"]),
            text=newest.get(ask["key"], ""),
        )
        for ask in asks
        if ask["kind"] == "teach_back"
    )


def untouched(asks: Iterable[Part]) -> dict[str, Any]:
    """Everything a module asks, as nobody has answered it yet."""
    asks = tuple(asks)
    return {
        "beliefs": beliefs(asks, (), passed=0, is_read=False, today=date.min),
        "told": told(asks, {}),
    }


def find_ask(asks: Iterable[Part], key: str, *, kind: str) -> Part:
    for ask in asks:
        if ask["key"] == key and ask["kind"] == kind:
            return ask
    raise UnknownAsk(key)


def passage(sections: Iterable[Part], key: str, *, stances: Mapping[str, str]) -> str:
    """The words of a part as this reader sees them, to be kept with a question about it. Raises UnknownAsk."""
    part = next((voiced(part, stances) for part in sections if part["key"] == key), None)
    if part is None:
        raise UnknownAsk(key)
    words = [part["text"], part["voice"]] if part["kind"] == "stance" else list(words_of(part))
    return "\n\n".join(filter(None, [part.get("name", ""), *words]))
