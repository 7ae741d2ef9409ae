"""Reads of the library: what is published now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from programs.figures import picture
from programs.models import ExerciseVersion, TemplateVersion, WalkRunStage
from programs.rules.dose import Dose, short


def current_exercises() -> dict[str, ExerciseVersion]:
    """The newest published version of each exercise, by code."""
    public = ExerciseVersion.objects.filter(exercise__live=True)
    newest = public.order_by("exercise_id", "-number").distinct("exercise_id")
    return {version.code: version for version in newest}


def current_templates() -> QuerySet[TemplateVersion]:
    """The newest published version of each program template, in order of code."""
    newest = TemplateVersion.objects.filter(template=OuterRef("template")).order_by("-number")
    public = TemplateVersion.objects.filter(template__live=True)
    return public.filter(pk=Subquery(newest.values("pk")[:1])).order_by("code")


def walk_run_table() -> QuerySet[WalkRunStage]:
    return WalkRunStage.objects.all()


@dataclass(frozen=True)
class PhaseInWords:
    name: str
    advice: str
    hint: str
    lines: list[tuple[str, str]]  # exercise, dose in words


@dataclass(frozen=True)
class ProgramInWords:
    """A template for reading: its codes turned into exercise names."""

    name: str
    content: dict[str, object]
    phases: list[PhaseInWords]


def programs_in_words() -> list[ProgramInWords]:
    """Every current template; two queries."""
    exercises = current_exercises()
    return [
        ProgramInWords(template.name, template.content, _phases_in_words(template, exercises))
        for template in current_templates()
    ]


def exercise_version(version_id: UUID) -> ExerciseVersion | None:
    """One published version, also one that has been replaced: plans may still point at it."""
    return ExerciseVersion.objects.filter(pk=version_id).first()


def exercise_families(*, words: Sequence[str] = ()) -> list[tuple[str, list[ExerciseVersion]]]:
    """Current exercises by family, those that hold every one of the words; one query."""
    return by_family(version for version in current_exercises().values() if _holds(version, words))


def exercise_in_module(part: Mapping[str, Any]) -> dict[str, str]:
    """What a module shows of the exercise that it names: its name and picture; empty when it is not public."""
    version = (
        ExerciseVersion.objects.filter(exercise__code=part["exercise"], exercise__live=True)
        .order_by("-number")
        .first()
    )
    return {"name": version.name, "svg": picture(version.code) or ""} if version else {"name": "", "svg": ""}


def by_family(versions: Iterable[ExerciseVersion]) -> list[tuple[str, list[ExerciseVersion]]]:
    """Sorted by family, then by name."""
    ordered = sorted(versions, key=lambda version: (version.content["family"], version.name))
    families = groupby(ordered, key=lambda version: version.content["family"])
    return [(family, list(members)) for family, members in families]


def easier_and_harder(version: ExerciseVersion) -> dict[str, list[ExerciseVersion]]:
    """The current versions of the exercises this one names as easier and harder; one query."""
    exercises = current_exercises()
    return {
        way: [exercises[code] for code in version.content[way] if code in exercises]
        for way in ("easier", "harder")
    }


def _holds(version: ExerciseVersion, words: Sequence[str]) -> bool:
    parts = (
        version.name,
        version.code,
        version.content["family"],
        version.content["purpose"],
        version.content["muscles"],
    )
    text = " ".join(parts).casefold()
    return all(word in text for word in words)


def _phases_in_words(template: TemplateVersion, exercises: dict[str, ExerciseVersion]) -> list[PhaseInWords]:
    return [
        PhaseInWords(
            phase["name"],
            phase["advice"],
            phase.get("hint", ""),
            [_item_in_words(item, exercises) for item in phase["items"]],
        )
        for phase in template.content["phases"]
    ]


def _item_in_words(item: dict[str, Any], exercises: dict[str, ExerciseVersion]) -> tuple[str, str]:
    exercise = exercises.get(item["exercise"])
    return exercise.name if exercise else item["exercise"], item["text"] or short(
        Dose.from_mapping(item["dose"])
    )
