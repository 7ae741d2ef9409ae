"""Reads of patients' plans. Callers pass the patient they may see."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from clinic.models import Patient
from programs.models import Plan, PlanItem, PlanPhase, PlanVersion
from programs.rules.days import local_day
from programs.rules.plans import is_due


@dataclass(frozen=True)
class PlanOnDay:
    """A plan as it stands on one day. `items` are the current phase's, with their exercise version joined."""

    plan: Plan
    version: PlanVersion
    phases: tuple[PlanPhase, ...]
    phase: PlanPhase | None
    items: tuple[PlanItem, ...]

    def open_to(self, patient: Patient) -> "PlanOnDay":
        """What this patient may do of it now."""
        return replace(self, items=open_items(self.items, patient))


@dataclass(frozen=True)
class DayAhead:
    """One of the coming days; no items is a day of rest."""

    on: date
    items: tuple[PlanItem, ...]


@dataclass(frozen=True)
class PlanPage:
    """A plan for reading: every phase with its items; `starts_later` when its first day is still to come."""

    version: PlanVersion
    phases: tuple[PlanPhase, ...]
    starts_later: bool
    patient: Patient

    @property
    def items(self) -> tuple[PlanItem, ...]:
        """What the patient may do of the current phase now."""
        return open_items(self.current.items.all(), self.patient)

    @property
    def current(self) -> PlanPhase:
        return next(phase for phase in self.phases if phase.position == self.version.phase_position)

    @property
    def others(self) -> list[PlanPhase]:
        return [phase for phase in self.phases if phase.position != self.version.phase_position]

    @property
    def steps(self) -> list[dict[str, str]]:
        """The phases as components/steps.html takes them."""
        here = self.version.phase_position
        states = {-1: "done", 0: "current", 1: "next"}
        return [
            {"title": phase.name, "state": states[(phase.position > here) - (phase.position < here)]}
            for phase in self.phases
        ]


def open_plan(patient: Patient) -> Plan | None:
    return patient.plans.current().select_related("started_by").first()


def newest_version(plan: Plan) -> PlanVersion:
    """The plan's last word, also if it starts in the future: what the clinician's form shows."""
    return plan.versions.select_related("created_by").order_by("-number")[0]


def plan_on(patient: Patient, on: date) -> PlanOnDay | None:
    """The open plan as it stands on a local day, or None before it starts. At most three queries."""
    versions = PlanVersion.objects.filter(plan__patient=patient, plan__ended_at__isnull=True, from_on__lte=on)
    version = versions.select_related("plan", "created_by").order_by("-number").first()
    return None if version is None else _standing(version)


def items_under(patient: Patient, version_id: UUID) -> tuple[PlanItem, ...]:
    """The current phase's items of one version, if the version is this patient's; one query."""
    items = PlanItem.objects.filter(
        phase__version_id=version_id,
        phase__version__plan__patient=patient,
        phase__position=F("phase__version__phase_position"),
    )
    return tuple(items.select_related("exercise_version", "phase__version").order_by("position"))


def plan_page(patient: Patient, on: date) -> PlanPage | None:
    """The open plan as it stands on a day, or as it will begin; three queries."""
    versions = PlanVersion.objects.filter(plan__patient=patient, plan__ended_at__isnull=True)
    joined = versions.select_related("plan", "plan__template_version", "created_by")
    in_force = joined.filter(from_on__lte=on).order_by("-number").first()
    version = in_force or joined.order_by("from_on", "-number").first()
    if version is None:
        return None
    return PlanPage(
        version, tuple(phases_with_items(version)), starts_later=in_force is None, patient=patient
    )


def open_items(items: Iterable[PlanItem], patient: Patient) -> tuple[PlanItem, ...]:
    """Without running and jumping, while an answer that a clinician has not cleared puts those away."""
    return tuple(item for item in items if not (patient.impact_is_closed and item.has_impact))


def phases_with_items(version: PlanVersion) -> QuerySet[PlanPhase]:
    """Every phase of a version with all its items and exercises; two queries."""
    items = PlanItem.objects.select_related("exercise_version").order_by("position")
    return version.phases.order_by("position").prefetch_related(Prefetch("items", items))


def items_due(plan_on_day: PlanOnDay, on: date) -> tuple[PlanItem, ...]:
    """The items whose weekdays include this day. Runs no query."""
    return tuple(item for item in plan_on_day.items if is_due(weekdays=item.weekdays, on=on))


def next_due_on(plan_on_day: PlanOnDay, on: date) -> date | None:
    """The first day from `on` that has something due under this version. Runs no query."""
    week = (on + timedelta(days=ahead) for ahead in range(7))
    return next((day for day in week if items_due(plan_on_day, day)), None)


def days_ahead(patient: Patient, today: date, *, count: int = 7) -> tuple[DayAhead, ...]:
    """The next days, each under the version in force by then; empty without a plan. Two queries."""
    days = [today + timedelta(days=ahead) for ahead in range(count)]
    versions = PlanVersion.objects.filter(
        plan__patient=patient, plan__ended_at__isnull=True, from_on__lte=days[-1]
    )
    newest_first = list(versions.order_by("-number").values_list("pk", "from_on"))
    in_force = {day: next((pk for pk, from_on in newest_first if from_on <= day), None) for day in days}
    items = defaultdict(list)
    for item in open_items(tuple(_current_items(set(in_force.values()))), patient):
        items[item.phase.version_id].append(item)
    if not items:
        return ()
    return tuple(
        DayAhead(day, tuple(item for item in items[in_force[day]] if is_due(weekdays=item.weekdays, on=day)))
        for day in days
    )


def _current_items(version_ids: set[UUID | None]) -> QuerySet[PlanItem]:
    items = PlanItem.objects.filter(
        phase__version__in=version_ids - {None}, phase__position=F("phase__version__phase_position")
    )
    return items.select_related("exercise_version", "phase").order_by("position")


def planned_days(
    patients: Iterable[Patient] | QuerySet[Patient], start: date, end: date
) -> dict[UUID, set[date]]:
    """Days with a planned session under the version in force that day, both ends included.

    Two queries for any number of patients. A patient without any is left out. The day a plan ended no
    longer counts for it.
    """
    versions = PlanVersion.objects.filter(plan__patient__in=patients, from_on__lte=end).order_by(
        "plan__started_at", "number"
    )
    rows = list(
        versions.values_list(
            "pk", "from_on", "plan_id", "plan__patient_id", "plan__patient__time_zone", "plan__ended_at"
        )
    )
    weekdays = _weekdays_of({row[0] for row in rows})
    days: dict[UUID, set[date]] = defaultdict(set)
    for patient_id, first, last, version_id in _reigns(rows, start=start, end=end):
        covered = {first + timedelta(days=n) for n in range((last - first).days + 1)}
        due = {day for day in covered if is_due(weekdays=weekdays[version_id], on=day)}
        days[patient_id] = (days[patient_id] - covered) | due
    return {patient_id: planned for patient_id, planned in days.items() if planned}


def _standing(version: PlanVersion) -> PlanOnDay:
    phases = tuple(version.phases.order_by("position"))
    phase = next((phase for phase in phases if phase.position == version.phase_position), None)
    items = phase.items.select_related("exercise_version").order_by("position") if phase else ()
    return PlanOnDay(plan=version.plan, version=version, phases=phases, phase=phase, items=tuple(items))


def _weekdays_of(version_ids: set[UUID]) -> dict[UUID, set[int]]:
    """The weekdays on which a version's current phase asks for anything."""
    items = PlanItem.objects.filter(
        phase__version__in=version_ids, phase__position=F("phase__version__phase_position")
    )
    weekdays: dict[UUID, set[int]] = defaultdict(set)
    for version_id, days in items.values_list("phase__version_id", "weekdays"):
        weekdays[version_id].update(days)
    return weekdays


def _reigns(
    rows: list[tuple[UUID, date, UUID, UUID, str, datetime | None]], *, start: date, end: date
) -> Iterator[tuple[UUID, date, date, UUID]]:
    """Which version reigned over which days. Later rows reign over earlier ones of the same days."""
    for version_id, from_on, _plan_id, patient_id, zone, ended_at in rows:
        first, last = max(from_on, start), end
        if ended_at is not None:
            last = min(end, local_day(ended_at, zone) - timedelta(days=1))
        if first <= last:
            yield patient_id, first, last, version_id
