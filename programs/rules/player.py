"""Turn a dose into the steps that the player walks: each hold, set and rest, for each side.

The player follows the low end of every range, as the log does: more is always welcome, less is never implied.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from programs.rules.dose import Dose, Side, Unit

READY_SECONDS = 5  # to put the phone down and get into place
CHANGEOVER_SECONDS = 15  # where no rest is written, as `seconds_per_session` counts it
SECONDS_IN = {Unit.SECONDS: 1, Unit.MINUTES: 60}  # what a clock can count for a person


class Kind(StrEnum):
    READY = "ready"
    TIMED = "timed"
    COUNTED = "counted"  # the person counts, and says when it is done
    REST = "rest"


class Way(StrEnum):
    """The side or direction of one step."""

    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"
    ONE = "one"
    OTHER = "other"


WAYS = {
    Side.BOTH: (Way.BOTH,),
    Side.EACH: (Way.LEFT, Way.RIGHT),
    Side.EACH_WAY: (Way.ONE, Way.OTHER),
    Side.ONE: (Way.BOTH,),
    Side.LEFT: (Way.LEFT,),
    Side.RIGHT: (Way.RIGHT,),
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do now. `seconds` is None where the person counts; `amount` is in the dose's unit."""

    kind: Kind
    set_number: int
    way: Way = Way.BOTH
    amount: int = 0
    seconds: int | None = None

    @property
    def is_work(self) -> bool:
        return self.kind in (Kind.TIMED, Kind.COUNTED)


def steps_of(dose: Dose) -> tuple[Step, ...]:
    """Every step of one go, in order. One leg rests while the other works, so a rest comes after both."""
    return tuple(_steps(dose))


def _steps(dose: Dose) -> Iterator[Step]:
    for set_number in range(1, dose.sets_low + 1):
        for way in WAYS[dose.side]:
            yield from _work(dose, set_number, way)
        if set_number < dose.sets_low and _rest(dose):
            yield Step(kind=Kind.REST, set_number=set_number, seconds=_rest(dose))


def _work(dose: Dose, set_number: int, way: Way) -> Iterator[Step]:
    """A hold begins when the person is in place; a count begins when they like."""
    step = Step(kind=Kind.COUNTED, set_number=set_number, way=way, amount=dose.amount_low)
    if dose.unit in SECONDS_IN:
        yield replace(step, kind=Kind.READY, seconds=READY_SECONDS)
        yield replace(step, kind=Kind.TIMED, seconds=dose.amount_low * SECONDS_IN[dose.unit])
    else:
        yield step


def _rest(dose: Dose) -> int:
    return CHANGEOVER_SECONDS if dose.rest_seconds_low is None else dose.rest_seconds_low
