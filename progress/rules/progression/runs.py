"""The walk-run table: where a runner stands, and the stage up or down. Source: clinical.md section 3."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from programs.rules.dose import Dose
from progress.rules.progression.policy import Policy

RUN_CODE = "WALK_RUN"
_NAMED = re.compile(r"\bR(\d{1,2})\b")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One row of the table; minutes of walking and running, so many times. Hills come last."""

    key: str
    repeats: int
    walk_minutes: int
    run_minutes: int
    note: str = ""

    @property
    def minutes(self) -> int:
        return self.repeats * (self.walk_minutes + self.run_minutes)

    @property
    def words(self) -> str:
        turns = f"{self.repeats} × (walk {self.walk_minutes} min, run {self.run_minutes} min)"
        if not self.walk_minutes:
            turns = f"run {self.run_minutes} min"
        return f"Stage {self.key}: {turns}" + (f", {self.note}" if self.note else "")


def stage_of(dose: Dose, table: Sequence[Stage]) -> Stage | None:
    """The stage a dose names; None when it names none, which nobody may guess."""
    named = _NAMED.search(f"{dose.load_note} {dose.note}")
    return next((stage for stage in table if named and stage.key == named[0]), None)


def next_stage(now: Stage, table: Sequence[Stage]) -> Stage | None:
    """One up; None after the last, where the cap on a single run takes over."""
    place = table.index(now)
    return table[place + 1] if place + 1 < len(table) else None


def stage_back(now: Stage, table: Sequence[Stage], *, after_gap: bool, policy: Policy) -> Stage:
    """One down, two after a gap of weeks; the first has nothing below."""
    by = policy.run_stages_down_after_gap if after_gap else policy.run_stages_down
    return table[max(0, table.index(now) - by)]


def at_stage(dose: Dose, stage: Stage) -> Dose:
    return replace(
        dose, sets_low=1, sets_high=1, amount_low=stage.minutes, amount_high=stage.minutes, load_note=stage.words
    )  # fmt: skip


def longest_allowed(longest_in_30_days: float | None, policy: Policy) -> float | None:
    """The cap on one run after the last stage (S25), in the unit it was given; None when no run was measured."""
    if longest_in_30_days is None:
        return None
    return round(longest_in_30_days * (100 + policy.run_growth_percent) / 100, 2)
