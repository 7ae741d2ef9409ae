"""Scores, and what a change between two of them is worth. None means that it can't be said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from progress.rules.measures.catalogue import ACTIVITIES_NEEDED, Key, Measure

Ratings = Mapping[str, int]  # by activity


class Verdict(StrEnum):
    BETTER = "better"  # likely real
    WORSE = "worse"  # likely real
    CHANCE = "chance"  # within what can be chance
    UNKNOWN = "unknown"  # not enough answers
    NO_LIMIT = "no_limit"  # nobody knows which change would be real


@dataclass(frozen=True)
class Change:
    """Points from the first to the last answer, and what they are worth."""

    verdict: Verdict
    points: float | None = None


def psfs_mean(scores: Iterable[int | None]) -> float | None:
    """The mean of three or more activities to two decimals: sum / number (S61)."""
    said = [score for score in scores if score is not None]
    return round(sum(said) / len(said), 2) if len(said) >= ACTIVITIES_NEEDED else None


def shared(before: Ratings, now: Ratings) -> tuple[float | None, float | None]:
    """Both means over the activities that were rated both times: others would compare unlike things."""
    both = [activity for activity in before if activity in now]
    return psfs_mean(before[activity] for activity in both), psfs_mean(now[activity] for activity in both)


def change(measure: Measure, before: float | None, now: float | None) -> Change:
    """Compare two scores. GROC is itself a change, so that it needs no score before it."""
    start = 0 if measure.key is Key.GROC else before
    if start is None or now is None:
        return Change(Verdict.UNKNOWN)
    points = round(now - start, 2)
    if measure.real_from is None:
        return Change(Verdict.NO_LIMIT, points)
    if abs(points) < measure.real_from:
        return Change(Verdict.CHANCE, points)
    return Change(Verdict.BETTER if (points > 0) == measure.higher_is_better else Verdict.WORSE, points)
