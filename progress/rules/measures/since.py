"""What the measures say of one plan: the evidence that a proposal rests on. None means not measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from progress.rules.measures.catalogue import Key
from progress.rules.measures.scoring import shared
from progress.rules.measures.sheets import SheetFact

FRESH = timedelta(days=28)  # two askings: an older answer says nothing of today (convention)


@dataclass(frozen=True)
class Measured:
    psfs_start: float | None = None
    psfs_now: float | None = None
    groc: int | None = None


def measured_since(sheets: Sequence[SheetFact], started_on: date, today: date) -> Measured:
    """Compare the newest fresh answers with those at the plan's start. Sheets are oldest first.

    The start is the last rating within four weeks up to the first day, else the first after it. The change in general
    (GROC) counts only if it was answered under this plan, because it is asked against the plan's start.
    """
    rated = [sheet for sheet in sheets if sheet.answers(Key.PSFS) and sheet.on <= today]
    changed = [
        s for s in sheets if s.groc is not None and started_on < s.on and today - FRESH < s.on <= today
    ]
    groc = changed[-1].groc if changed else None
    before = [sheet for sheet in rated if started_on - FRESH < sheet.on <= started_on]
    after = [sheet for sheet in rated if sheet.on > started_on]
    start = before[-1] if before else after[0] if after else None
    if start is None or rated[-1] is start or rated[-1].on <= today - FRESH:
        return Measured(groc=groc)
    return Measured(*shared(start.ratings, rated[-1].ratings), groc)
