"""Everything within reach when a practitioner works on one patient's plan."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clinic.models import Patient
from education import queries as reading
from education.rules.claims import Freshness, freshness
from programs.models import ExerciseVersion, Plan, PlanPhase, PlanVersion, TemplateVersion
from programs.queries.library import by_family, current_exercises, current_templates
from programs.queries.plans import newest_version, open_plan, phases_with_items


@dataclass(frozen=True, kw_only=True)
class ModuleOnShelf:
    version_id: UUID
    code: str
    title: str
    minutes: int
    is_overdue: bool = False


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The open plan as it stands, and what may be put into it. `modules` leaves out those already given."""

    plan: Plan | None
    version: PlanVersion | None
    phases: tuple[PlanPhase, ...]
    templates: tuple[TemplateVersion, ...]
    exercises: dict[UUID, ExerciseVersion]
    modules: tuple[ModuleOnShelf, ...]
    given: tuple[str, ...]
    has_history: bool

    def families(self) -> list[tuple[str, list[ExerciseVersion]]]:
        """Exercises to add, by family."""
        return by_family(self.exercises.values())

    def template(self, version_id: UUID | None) -> TemplateVersion | None:
        return next((template for template in self.templates if template.pk == version_id), None)


def shelf(patient: Patient, *, on: date) -> Shelf:
    """Eight queries at most, for a plan of any size. `on` is the patient's today."""
    plan = open_plan(patient)
    version = newest_version(plan) if plan else None
    phases = tuple(phases_with_items(version)) if version else ()
    exercises = {exercise.pk: exercise for exercise in current_exercises(patient.clinic).values()}
    kept = {item.exercise_version_id: item.exercise_version for phase in phases for item in phase.items.all()}
    given = reading.reading_list(patient)
    return Shelf(
        plan=plan, version=version, phases=phases, templates=tuple(current_templates(patient.clinic)),
        exercises={**kept, **exercises}, modules=_modules(on=on, without={row.module_id for row in given}),
        given=tuple(row.version.title for row in given), has_history=bool(given) or plan is not None,
    )  # fmt: skip


def _modules(*, on: date, without: set[int]) -> tuple[ModuleOnShelf, ...]:
    offered = reading.offered_versions(on=on)
    versions = offered.only("title", "minutes", "module__code", "module_id", "review_by")
    return tuple(
        ModuleOnShelf(
            version_id=v.pk,
            code=v.module.code,
            title=v.title,
            minutes=v.minutes,
            is_overdue=freshness(v.review_by, on=on) is Freshness.OVERDUE,
        )
        for v in versions
        if v.module_id not in without
    )
