"""A finding as the numbers a sentence needs, rounded for people. The words themselves belong to the views."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from progress.rules.triggers.judge import Finding, Tier
from progress.rules.triggers.policy import TriggerPolicy

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Progress:
    """How far the days have come towards the first look."""

    days: int
    of: int


@dataclass(frozen=True)
class Clear:
    """Points higher, to the nearest half; the interval in quarters; of so many days, so many with the exposure."""

    points: Fraction
    low: Fraction
    high: Fraction
    days: int
    exposed: int


def for_patient(found: Finding, policy: TriggerPolicy, *, days: int) -> Progress | Clear | None:
    """What a patient may be told; None is "no clear link". `days` is how many pairs there are today.

    A possible pattern reads as "no clear link": it is the clinician's to share. An effect below zero is never told.
    """
    if found.tier is Tier.NOT_ENOUGH:
        return Progress(days, policy.clear_pairs)
    if found.tier is not Tier.CLEAR or found.difference is None or found.low is None or found.high is None:
        return None
    compared = found.exposed + found.unexposed
    return Clear(_to_half(found.difference), found.low, found.high, compared, found.exposed)


def _to_half(points: Fraction) -> Fraction:
    return floor(points / HALF + HALF) * HALF
