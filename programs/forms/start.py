"""What the plan desk opens with, as a browser would send it: from a template, or from the plan as it stands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.http import QueryDict

from programs.forms.rows import row_data
from programs.rules.dose import Side
from programs.rules.plans import PhaseDraft


@dataclass(frozen=True, kw_only=True)
class PlanStart:
    """`weekdays` are the plan's days; items that differ carry their own. `seen` is the newest version's number, or 0."""

    patient_id: UUID
    name: str
    from_on: date
    weekdays: tuple[int, ...]
    phases: Sequence[PhaseDraft]
    seen: int = 0
    template_id: UUID | None = None
    phase_position: int = 1
    modules: tuple[UUID, ...] = ()


def start_data(start: PlanStart) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({
        "patient": str(start.patient_id), "seen": str(start.seen), "name": start.name,
        "template": str(start.template_id or ""), "from_on": start.from_on.isoformat(),
        "side": Side.EACH, "current": str(start.phase_position), "note": "",
    })  # fmt: skip
    data.setlist("weekdays", [str(day) for day in start.weekdays])
    data.setlist("modules", [str(key) for key in start.modules])
    data.setlist("phases", [f"p{number}" for number in range(len(start.phases))])
    for number, phase in enumerate(start.phases):
        _put_phase(data, phase, key=f"p{number}", plan_days=start.weekdays)
    return data


def shared_weekdays(phases: Iterable[PhaseDraft]) -> tuple[int, ...]:
    """The days that most items share: they become the plan's days, so that only exceptions show."""
    counted = Counter(item.weekdays for phase in phases for item in phase.items)
    return counted.most_common(1)[0][0] if counted else ()


def _put_phase(data: QueryDict, phase: PhaseDraft, *, key: str, plan_days: tuple[int, ...]) -> None:
    data.update({f"{key}-key": phase.key, f"{key}-name": phase.name, f"{key}-advice": phase.advice})
    data.setlist(f"{key}-rows", [f"r{number}" for number in range(len(phase.items))])
    for number, item in enumerate(phase.items):
        own = replace(item, weekdays=() if item.weekdays == plan_days else item.weekdays)
        for field, values in row_data(own, prefix=f"{key}-r{number}").items():
            data.setlist(field, values)
