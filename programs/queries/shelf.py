"""Everything within reach when a practitioner works on one patient's plan."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clinic.models import Patient
from education import queries as reading
from education.rules.claims import Freshness, freshness
from programs.models import ExerciseVersion, Plan, PlanPhase, PlanVersion, TemplateVersion
from programs.queries.advice import Advice, advice_for
from programs.queries.library import by_family, current_exercises, current_templates
from programs.queries.plans import newest_version, open_plan, phases_with_items
from programs.rules.assessment import strength


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
    advice: Advice | None

    def recommended(self) -> TemplateVersion | None:
        """The program that the confirmed findings lead to, while there is no plan."""
        if self.plan or not self.advice or not self.advice.confirmed:
            return None
        return next((one for one in self.templates if one.code == self.advice.proposal.program), None)

    def swaps(self, version: ExerciseVersion) -> list[ExerciseVersion]:
        """What could take this one's place, the strongest first among what is at home and not refused."""
        near = {*version.content["easier"], *version.content["harder"]}
        family = version.content["family"]
        others = [
            one for one in self.exercises.values()
            if one.code != version.code and (one.code in near or one.content["family"] == family)
        ]  # fmt: skip
        return sorted((one for one in others if not self._is_refused(one)), key=self.sorting)

    def sorting(self, version: ExerciseVersion) -> tuple[object, ...]:
        """At home first, then by gluteal-to-TFL index, then by measured effort of gluteus medius, then by name."""
        lacks = bool(self.advice and self.advice.lacking(version.code))
        return (lacks, *strength(version.code).rank, version.name)

    def option(self, version: ExerciseVersion) -> str:
        """An exercise to choose, with what it sorts by."""
        known = strength(version.code)
        lacks = self.advice.lacking(version.code) if self.advice else ()
        words = [
            f"GTA {known.gta}" if known.gta else "",
            f"gluteus medius {known.medius_percent} %" if known.medius_percent else "",
            f"not at home: {', '.join(lacks)}" if lacks else "",
        ]
        told = ", ".join(word for word in words if word)
        return f"{version.name} ({told})" if told else version.name

    def options(self) -> list[tuple[str, list[tuple[UUID, str]]]]:
        """Every exercise to add, by family, the strongest at home first."""
        return [
            (family, [(version.pk, self.option(version)) for version in versions])
            for family, versions in self.families()
        ]

    def _is_refused(self, version: ExerciseVersion) -> bool:
        return bool(self.advice and any(guard.refuses for guard in self.advice.guards(version.code)))

    def families(self) -> list[tuple[str, list[ExerciseVersion]]]:
        """Exercises to add, by family."""
        return [(name, sorted(rows, key=self.sorting)) for name, rows in by_family(self.exercises.values())]

    def template(self, version_id: UUID | None) -> TemplateVersion | None:
        return next((template for template in self.templates if template.pk == version_id), None)


def shelf(patient: Patient, *, on: date) -> Shelf:
    """Eleven queries at most, for a plan of any size. `on` is the patient's today."""
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
        advice=advice_for(patient, exercises=exercises, on=on),
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
