"""The smallest drafts that can be stored."""

from datetime import date
from uuid import uuid4

from programs.models import ExerciseVersion, PlanItem
from programs.rules.dose import Dose, Side, Unit
from programs.rules.plans import ItemDraft, PhaseDraft
from programs.rules.sessions import EntryDraft, SessionDraft
from tests.factories import make_exercise_version

TUESDAY = date(2026, 3, 10)


def item_draft(exercise: ExerciseVersion | None = None, **changes: object) -> ItemDraft:
    dose = Dose(sets_low=3, sets_high=3, amount_low=10, amount_high=12, unit=Unit.REPS, side=Side.LEFT)
    version = exercise or make_exercise_version()
    return ItemDraft(**{"exercise_version_id": version.pk, "dose": dose, "weekdays": (1, 3, 5), **changes})


def phase_draft(*items: ItemDraft, name: str = "Settle") -> PhaseDraft:
    return PhaseDraft(name=name, items=items or (item_draft(),))


def session_draft(*items: PlanItem, **changes: object) -> SessionDraft:
    done = {"sets_done": 3, "amount_done": 10, "pain_during": 2}
    entries = tuple(EntryDraft(plan_item_id=item.pk, **done) for item in items)
    version = items[0].phase.version if items else None
    return SessionDraft(
        **{"client_id": uuid4(), "planned_on": TUESDAY, "outcome": "done", "entries": entries,
           "plan_version_id": version and version.pk,
           "phase_position": version and version.phase_position, **changes}
    )  # fmt: skip
