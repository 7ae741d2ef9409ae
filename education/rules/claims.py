"""When what a module claims has to be looked at again, and on what grounds it stands."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from education.rules.parts import Grade, Part


class Freshness(StrEnum):
    """How a version stands to the earliest review-by date of its claims."""

    CURRENT = "current"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class ReviewPolicy:
    """How long before its date editors hear of a claim, and how long after it the module is still offered.

    Ours, not from literature: two months to find a reviewer, half a year before nobody new is given it.
    Who has it already keeps it.
    """

    soon_days: int = 60
    grace_days: int = 180

    def last_offered(self, on: date) -> date:
        """A module is offered while its date is this day or later."""
        return on - timedelta(days=self.grace_days)


POLICY = ReviewPolicy()


def earliest_review(parts: Iterable[Part]) -> date | None:
    """The first day on which a claim must have been looked at again; None when no claim says one."""
    days = [date.fromisoformat(part["review_by"]) for part in parts if part.get("review_by")]
    return min(days, default=None)


def freshness(review_by: date | None, *, on: date, policy: ReviewPolicy = POLICY) -> Freshness:
    """Say how urgent a second look is. The day itself is still in time; no date never ages."""
    if review_by is None or review_by > on + timedelta(days=policy.soon_days):
        return Freshness.CURRENT
    if review_by >= on:
        return Freshness.DUE_SOON
    return Freshness.OVERDUE if review_by >= policy.last_offered(on) else Freshness.WITHDRAWN


@dataclass(frozen=True, kw_only=True)
class Reference:
    """One source and the numbers (from 1) of the parts that lean on it."""

    source: Part
    parts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a whole module stands on. Claims of older versions have no grade and are counted in none."""

    supported: int
    mixed: int
    clinic_view: int
    references: tuple[Reference, ...]
    review_by: date | None


def evidence(sections: Sequence[Part], sources: Mapping[str, Part]) -> Evidence:
    """Sources in the order of the reading."""
    grades = Counter(section.get("grade", "") for section in sections)
    cited: dict[str, list[int]] = {}
    for number, section in enumerate(sections, start=1):
        for key in section.get("sources", ()):
            if key in sources:
                cited.setdefault(key, []).append(number)
    return Evidence(
        supported=grades[Grade.SUPPORTED],
        mixed=grades[Grade.MIXED],
        clinic_view=grades[Grade.CLINIC_VIEW],
        references=tuple(
            Reference(source=sources[key], parts=tuple(numbers)) for key, numbers in cited.items()
        ),
        review_by=earliest_review(sections),
    )
