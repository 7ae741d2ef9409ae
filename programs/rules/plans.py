"""What a clinician wants a plan to say, before it is stored, and how much it asks of the patient."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from programs.rules.dose import Dose, minutes_for

MOST_EXERCISES = 4  # clinical.md P2: two to four exercises are easier to keep up
MOST_PHASES = 8
MOST_ITEMS = 12
WEEKDAYS = range(1, 8)  # ISO: 1 Monday … 7 Sunday


@dataclass(frozen=True, kw_only=True)
class ItemDraft:
    """One dosed exercise. `weekdays` are ISO days, 1 Monday … 7 Sunday."""

    exercise_version_id: UUID
    dose: Dose
    weekdays: tuple[int, ...]
    why: str = ""
    goal: str = ""  # the activity it is for, in the patient's words
    despite: str = ""  # why it is given although something stands against it


@dataclass(frozen=True, kw_only=True)
class PhaseDraft:
    name: str
    items: tuple[ItemDraft, ...]
    key: str = ""
    advice: str = ""


@dataclass(frozen=True, kw_only=True)
class ModuleChoice:
    """A module version to read along with the plan, and why."""

    version_id: UUID
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Burden:
    """What one phase asks: on its fullest day, and in a week. `uncounted` exercises can't be read yet."""

    exercises: int
    minutes_on_fullest_day: int
    minutes_a_week: int
    days_a_week: int
    uncounted: int = 0

    @property
    def is_heavy(self) -> bool:
        return self.exercises > MOST_EXERCISES


def burden(items: Iterable[tuple[Dose, Sequence[int]]], *, uncounted: int = 0) -> Burden:
    """Add up (dose, weekdays) pairs of one phase. Minutes are rounded up: a promise that is kept."""
    items = list(items)
    by_day = {day: sum(minutes_for(dose) for dose, weekdays in items if day in weekdays) for day in WEEKDAYS}
    return Burden(
        exercises=len(items) + uncounted,
        uncounted=uncounted,
        minutes_on_fullest_day=_whole(max(by_day.values())),
        minutes_a_week=_whole(sum(by_day.values())),
        days_a_week=sum(1 for minutes in by_day.values() if minutes),
    )


def problems(phases: Sequence[PhaseDraft], *, phase_position: int) -> list[str]:
    """List what keeps these phases from being a plan, in plain sentences; empty means they can be stored."""
    found = []
    if not 1 <= len(phases) <= MOST_PHASES:
        found.append(f"A plan has 1 to {MOST_PHASES} phases.")
    if not 1 <= phase_position <= len(phases):
        found.append("The current phase must be one of the plan's phases.")
    for phase in phases:
        found += _phase_problems(phase)
    return found


def spread(days_per_week: int) -> tuple[int, ...]:
    """Usual weekdays for so many days a week, with rest days between where there is room."""
    usual = {1: (3,), 2: (2, 5), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 5, 6), 6: (1, 2, 3, 4, 5, 6)}
    return usual.get(days_per_week, tuple(WEEKDAYS))


def is_due(*, weekdays: Sequence[int], on: date) -> bool:
    return on.isoweekday() in weekdays


def _phase_problems(phase: PhaseDraft) -> list[str]:
    if not 1 <= len(phase.items) <= MOST_ITEMS:
        return [f"{phase.name}: a phase has 1 to {MOST_ITEMS} exercises."]
    found = [f"{phase.name}: {problem}" for item in phase.items for problem in item.dose.problems()]
    if any(not item.weekdays or not set(item.weekdays) <= set(WEEKDAYS) for item in phase.items):
        found.append(f"{phase.name}: every exercise needs at least one day of the week.")
    if any(item.dose.side == "one" for item in phase.items):
        found.append(f"{phase.name}: choose left, right or each side.")
    return found


def _whole(minutes: float) -> int:
    return int(-(-minutes // 1))
