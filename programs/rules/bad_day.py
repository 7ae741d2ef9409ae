"""The short version of a session for a bad day: one or two calm exercises of the plan. It counts as kept.

Runs and jumps are left out, and so is rolling or another warm-up alone: it prepares, and is no session (S2-18).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from programs.rules.dose import Dose, seconds_per_session

MOST = 2
NOT_ALONE = ("warm-up",)
USUAL_EFFORT = 6  # where the plan does not say


@dataclass(frozen=True, kw_only=True)
class Option:
    """One exercise that is due."""

    item_id: UUID
    family: str
    profile: str
    dose: Dose


def short_version(due: Sequence[Option]) -> tuple[UUID, ...]:
    """The calmest first: least effort, then least weight, then least time. Empty when nothing could be left out."""
    fit = [option for option in due if option.profile != "impact" and option.family not in NOT_ALONE]
    calmest = sorted(fit, key=_demand)[: min(MOST, len(due) - 1)]
    return tuple(option.item_id for option in calmest)


def _demand(option: Option) -> tuple[int, float, int]:
    dose = option.dose
    effort = USUAL_EFFORT if dose.effort_high is None else dose.effort_high
    return effort, dose.load_kg or 0.0, seconds_per_session(dose)
