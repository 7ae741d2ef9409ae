"""Reads from a drawn part of the body to exercises: a patient's own, or the library's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinic.models import Clinic, Patient
from education.anatomy import BodyPart, parts
from programs.models import ExerciseVersion, PlanItem
from programs.queries.library import current_exercises
from programs.queries.plans import open_items, plan_page
from programs.rules.muscles import support, trains


@dataclass(frozen=True)
class OwnExercises:
    """What of a patient's plan trains a part: in the current phase, and only in others."""

    has_plan: bool
    now: tuple[PlanItem, ...] = ()
    other: tuple[PlanItem, ...] = ()


def own_exercises(patient: Patient, part: BodyPart, on: date) -> OwnExercises:
    """Of the open plan, each exercise once; three queries for a plan of any size."""
    page = plan_page(patient, on)
    if page is None:
        return OwnExercises(has_plan=False)
    now = _once(item for item in page.items if _trains(item.exercise_version, part))
    known = {item.exercise_version.code for item in now}
    others = (item for phase in page.others for item in open_items(phase.items.all(), patient))
    other = _once(
        i for i in others if i.exercise_version.code not in known and _trains(i.exercise_version, part)
    )
    return OwnExercises(True, now, other)


def library_by_part(clinic: Clinic) -> list[tuple[BodyPart, list[ExerciseVersion]]]:
    """Each drawn muscle with the exercises of a clinic's library, those with the most studies first; one query."""
    versions = list(current_exercises(clinic).values())
    return [
        (part, sorted((version for version in versions if _trains(version, part)), key=_best_first))
        for part in parts().values()
        if part.key in part.trains
    ]


def _trains(version: ExerciseVersion, part: BodyPart) -> bool:
    return trains(version.content["muscles"], part.trains, profile=version.content["profile"])


def _best_first(version: ExerciseVersion) -> tuple[int, int, str]:
    studies, others = support(version.content.get("sources", ()))
    return -studies, -others, version.name


def _once(items: Iterable[PlanItem]) -> tuple[PlanItem, ...]:
    first: dict[str, PlanItem] = {}
    for item in items:
        first.setdefault(item.exercise_version.code, item)
    return tuple(first.values())
