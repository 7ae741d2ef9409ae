"""What one exercise asks of a person, as numbers: a frozen `Dose`, its checks and its estimated time."""

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    """What `amount` counts within one set."""

    REPS = "reps"
    SECONDS = "seconds"
    BREATHS = "breaths"
    METERS = "meters"
    STEPS = "steps"
    MINUTES = "minutes"
    TURNS = "turns"


class Side(StrEnum):
    """Which side works.

    `both` needs no side (two legs together, or a run). `each` and `each_way` are done once for
    each leg or direction. `one` is one leg, still to be chosen; a plan turns it into left, right or each.
    """

    BOTH = "both"
    EACH = "each"
    EACH_WAY = "each_way"
    ONE = "one"
    LEFT = "left"
    RIGHT = "right"


class UnreadableDose(ValueError):
    """The stored or written dose has an unknown, missing or misspelled part."""


@dataclass(frozen=True, kw_only=True)
class Dose:
    """Sets, amount and limits of one exercise. `None` means "not said", never zero.

    amount is per set and per side, counted in `unit` · tempo is lower-pause-lift in seconds ("3-1-1"),
    "slow" or "quick" · effort and pain_cap are 0–10 · load_kg is a weight, load_note anything else
    ("light band") · note holds what numbers cannot say ("not the day before a run").
    """

    sets_low: int
    sets_high: int
    amount_low: int
    amount_high: int
    unit: Unit
    side: Side = Side.BOTH
    tempo: str | None = None
    rest_seconds_low: int | None = None
    rest_seconds_high: int | None = None
    days_per_week_low: int | None = None
    days_per_week_high: int | None = None
    times_per_day: int = 1
    effort_low: int | None = None
    effort_high: int | None = None
    load_kg: float | None = None
    load_note: str = ""
    pain_cap: int | None = None
    note: str = ""

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> "Dose":
        """Read a dose as `as_mapping` wrote it. Unknown parts raise UnreadableDose; ranges are not judged."""
        try:
            read = {**values, "unit": Unit(values["unit"]), "side": Side(values.get("side", Side.BOTH))}
            return cls(**read)
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableDose(f"this dose cannot be read: {error}") from error

    def as_mapping(self) -> dict[str, object]:
        """Give plain strings and numbers, ready for JSON."""
        return {
            name: str(value) if isinstance(value, StrEnum) else value for name, value in asdict(self).items()
        }

    def problems(self) -> list[str]:
        """List what is out of range, in plain sentences; an empty list means the dose can be used."""
        ranges = (problem for limit in _RANGES for problem in _range_problems(self, limit))
        singles = (problem for limit in _SINGLES for problem in _single_problems(self, limit))
        return [*ranges, *singles, *_tempo_problems(self.tempo)]


@dataclass(frozen=True)
class _Limit:
    """How far one number, or one low–high pair, may go."""

    name: str
    label: str
    least: int
    most: int
    required: bool = False


_RANGES = (
    _Limit("sets", "Sets", 1, 10, required=True),
    _Limit("amount", "Amount per set", 1, 600, required=True),
    _Limit("rest_seconds", "Rest in seconds", 0, 600),
    _Limit("days_per_week", "Days per week", 1, 7),
    _Limit("effort", "Effort", 0, 10),
)
_SINGLES = (
    _Limit("times_per_day", "Times per day", 1, 6, required=True),
    _Limit("load_kg", "Load in kilograms", 0, 300),
    _Limit("pain_cap", "Pain limit", 0, 10),
)


def _range_problems(dose: Dose, limit: _Limit) -> list[str]:
    low, high = getattr(dose, f"{limit.name}_low"), getattr(dose, f"{limit.name}_high")
    if low is None and high is None and not limit.required:
        return []
    if not (_is_whole(low) and _is_whole(high)):
        return [f"{limit.label} needs a whole number for both ends."]
    if low > high:
        return [f"{limit.label}: the low end ({low}) is above the high end ({high})."]
    if low < limit.least or high > limit.most:
        return [f"{limit.label} must be from {limit.least} to {limit.most}."]
    return []


def _single_problems(dose: Dose, limit: _Limit) -> list[str]:
    value = getattr(dose, limit.name)
    if value is None and not limit.required:
        return []
    is_number = _is_whole(value) or (limit.name == "load_kg" and isinstance(value, float))
    # Written this way round, NaN is refused too.
    if is_number and limit.least <= value <= limit.most:
        return []
    return [f"{limit.label} must be from {limit.least} to {limit.most}."]


def _tempo_problems(tempo: str | None) -> list[str]:
    if tempo is None or tempo in _TEMPO_WORDS or re.fullmatch(r"[0-9]-[0-9]-[0-9]", tempo, re.ASCII):
        return []
    return ['Tempo must look like 3-1-1, or be the word "slow" or "quick".']


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_SECONDS_EACH = {
    Unit.REPS: 4.0,
    Unit.SECONDS: 1.0,
    Unit.BREATHS: 6.0,
    Unit.METERS: 1.25,  # a slow, loaded walk: 0.8 m each second
    Unit.STEPS: 2.0,
    Unit.MINUTES: 60.0,
    Unit.TURNS: 4.0,
}
_TEMPO_WORDS = {"slow": 6.0, "quick": 1.0}  # seconds for one rep; a hop is quick
_CHANGEOVER_SECONDS = 15


def seconds_per_session(dose: Dose) -> int:
    """Estimate how long one go takes, at the top of its ranges so that it never promises less than it asks.

    sets × amount × seconds each (a rep takes its tempo, or 4 s without one) × 2 if done on each side,
    plus one rest between rounds. One leg rests while the other works, so sides add no rest. Where no
    rest is written, 15 s to change over are counted. Getting the kit out is not.
    """
    sides = 2 if dose.side in (Side.EACH, Side.EACH_WAY) else 1
    work = dose.sets_high * dose.amount_high * _seconds_each(dose) * sides
    rest = _CHANGEOVER_SECONDS if dose.rest_seconds_high is None else dose.rest_seconds_high
    return math.ceil(work + (dose.sets_high - 1) * rest)


def minutes_for(dose: Dose) -> float:
    """Estimate the minutes this dose asks on a day it is done, to a tenth; sum these for a plan's burden."""
    return round(seconds_per_session(dose) * dose.times_per_day / 60, 1)


def _seconds_each(dose: Dose) -> float:
    if dose.unit is not Unit.REPS or dose.tempo is None:
        return _SECONDS_EACH[dose.unit]
    if dose.tempo in _TEMPO_WORDS:
        return _TEMPO_WORDS[dose.tempo]
    return float(sum(int(part) for part in dose.tempo.split("-")))


def short(dose: Dose) -> str:
    """Give the dose in a few signs, for tables: "3 × 12–15" or "3 × 20–30 s"."""
    signs = {Unit.SECONDS: " s", Unit.METERS: " m", Unit.MINUTES: " min", Unit.REPS: ""}
    sign = signs.get(dose.unit, f" {dose.unit}")
    return (
        f"{_span(dose.sets_low, dose.sets_high, '–')} × {_span(dose.amount_low, dose.amount_high, '–')}{sign}"
    )


def describe(dose: Dose) -> str:
    """Put the whole dose in plain English, for staff and logs. Pages use translated words instead."""
    parts = [
        _work_words(dose),
        _SIDE_WORDS[dose.side],
        dose.load_note,
        f"{dose.load_kg:g} kg" if dose.load_kg is not None else "",
        f"tempo {dose.tempo}" if dose.tempo else "",
        _pair_words(dose, "rest_seconds", "rest {} seconds"),
        _pair_words(dose, "days_per_week", "{} days a week"),
        f"{dose.times_per_day} times a day" if dose.times_per_day > 1 else "",
        _pair_words(dose, "effort", "effort {} of 10"),
        f"pain at most {dose.pain_cap} of 10" if dose.pain_cap is not None else "",
        dose.note,
    ]
    return ", ".join(part for part in parts if part)


_SIDE_WORDS = {
    Side.BOTH: "",
    Side.EACH: "each side",
    Side.EACH_WAY: "each way",
    Side.ONE: "one side, to be chosen",
    Side.LEFT: "left side",
    Side.RIGHT: "right side",
}


def _work_words(dose: Dose) -> str:
    sets = _span(dose.sets_low, dose.sets_high, " to ")
    amount = _span(dose.amount_low, dose.amount_high, " to ")
    unit = dose.unit.removesuffix("s") if dose.amount_high == 1 else dose.unit
    return f"{sets} {'set' if dose.sets_high == 1 else 'sets'} of {amount} {unit}"


def _pair_words(dose: Dose, name: str, sentence: str) -> str:
    low, high = getattr(dose, f"{name}_low"), getattr(dose, f"{name}_high")
    if low is None or high is None:
        return ""
    words = sentence.format(_span(low, high, " to "))
    return words.replace("1 days", "1 day") if high == 1 else words


def _span(low: int, high: int, joint: str) -> str:
    return str(low) if low == high else f"{low}{joint}{high}"
