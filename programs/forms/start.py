"""What the plan desk opens with, as a browser would send it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from clinic.models import Patient
from programs.forms.plan import PlanDesk
from programs.forms.rows import row_data
from programs.models import ExerciseVersion, PlanPhase, TemplateVersion
from programs.queries import Advice, Shelf
from programs.rules.assessment import MOST_MODULES
from programs.rules.dose import Dose, Side
from programs.rules.plans import ItemDraft, PhaseDraft, spread


@dataclass(frozen=True, kw_only=True)
class PlanStart:
    """`weekdays` are the plan's days; items that differ carry their own. `seen` is the newest version, or 0."""

    patient_id: UUID
    name: str
    from_on: date
    weekdays: tuple[int, ...]
    phases: Sequence[PhaseDraft]
    seen: int = 0
    template_id: UUID | None = None
    phase_position: int = 1
    modules: tuple[UUID, ...] = ()


def open_desk(
    patient: Patient, shelf: Shelf, *, chosen: TemplateVersion | None, today: date
) -> PlanDesk | None:
    """The desk with the open plan on it, or with the chosen template; None when there is neither yet."""
    if shelf.plan:
        return PlanDesk(start_data(_from_plan(patient, shelf, today=today)), today=today, shelf=shelf)
    if chosen:
        return PlanDesk(
            start_data(_from_template(patient, shelf, chosen, today=today)), today=today, shelf=shelf
        )
    return None


def _from_plan(patient: Patient, shelf: Shelf, *, today: date) -> PlanStart:
    phases = [_phase_as_it_stands(phase) for phase in shelf.phases]
    return PlanStart(
        patient_id=patient.pk, name=shelf.plan.name, from_on=today, weekdays=shared_weekdays(phases), phases=phases,
        seen=shelf.version.number, phase_position=shelf.version.phase_position,
    )  # fmt: skip


def _from_template(patient: Patient, shelf: Shelf, chosen: TemplateVersion, *, today: date) -> PlanStart:
    """A first plan also suggests what to read."""
    exercises = {exercise.code: exercise for exercise in shelf.exercises.values()}
    days = chosen.content["days_per_week"]
    phases = [
        _phase_of_template(phase, exercises, days=days, advice=shelf.advice, is_first=number == 0)
        for number, phase in enumerate(chosen.content["phases"])
    ]
    return PlanStart(
        patient_id=patient.pk, name=chosen.name, from_on=today, weekdays=spread(days), phases=phases,
        template_id=chosen.pk, modules=_modules(shelf),
    )  # fmt: skip


def _phase_as_it_stands(phase: PlanPhase) -> PhaseDraft:
    items = tuple(
        ItemDraft(
            exercise_version_id=item.exercise_version_id,
            dose=item.dose,
            weekdays=tuple(item.weekdays),
            why=item.why,
            goal=item.goal,
            despite=item.despite,
        )
        for item in phase.items.all()
    )
    return PhaseDraft(key=phase.key, name=phase.name, advice=phase.advice, items=items)


def _modules(shelf: Shelf) -> tuple[UUID, ...]:
    """What the confirmed findings lead to, of what was not given yet; else the first, for who has read nothing."""
    if shelf.advice and shelf.advice.confirmed:
        wanted = [code for code, _why in shelf.advice.proposal.modules]
        there = {module.code: module.version_id for module in shelf.modules}
        return tuple(there[code] for code in wanted if code in there)[:MOST_MODULES]
    return () if shelf.has_history else tuple(module.version_id for module in shelf.modules[:1])


def _phase_of_template(
    phase: Mapping[str, Any],
    exercises: Mapping[str, ExerciseVersion],
    *,
    days: int,
    advice: Advice | None,
    is_first: bool,
) -> PhaseDraft:
    told = {item["exercise"]: item for item in phase["items"] if item["exercise"] in exercises}
    items = (
        _as_proposed(told, exercises, advice, days=days, is_first=is_first)
        if advice and advice.confirmed
        else tuple(_item_of_template(item, exercises[code], days=days) for code, item in told.items())
    )
    return PhaseDraft(key=phase["key"], name=phase["name"], advice=phase["advice"], items=items)


def _as_proposed(
    told: Mapping[str, Mapping[str, Any]],
    exercises: Mapping[str, ExerciseVersion],
    advice: Advice,
    *,
    days: int,
    is_first: bool,
) -> tuple[ItemDraft, ...]:
    """The phase as the findings shape it; what the program does not hold comes with its own usual dose."""
    laid = advice.lay_out(list(told), is_first=is_first)
    return tuple(
        replace(
            _item_of_template(
                told.get(one.code, {"dose": exercises[one.code].content["dose"]}),
                exercises[one.code],
                days=days,
            ),
            why=one.because.to_patient,
        )
        for one in laid.placed
    )


def _item_of_template(item: Mapping[str, Any], exercise: ExerciseVersion, *, days: int) -> ItemDraft:
    """Days of its own only where the dose asks for fewer than the plan has: nobody should train more by accident."""
    dose = Dose.from_mapping(item["dose"])
    most = dose.days_per_week_high or days
    own = spread(most) if most < days else ()
    return ItemDraft(exercise_version_id=exercise.pk, dose=dose, weekdays=own)


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
