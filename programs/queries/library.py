"""Reads of the library: what is published now."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from programs.models import ExerciseVersion, TemplateVersion, WalkRunStage


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


def exercise_version(version_id: UUID) -> ExerciseVersion | None:
    """One published version, also one that has been replaced: plans may still point at it."""
    return ExerciseVersion.objects.filter(pk=version_id).first()


def exercise_families(*, words: Sequence[str] = ()) -> list[tuple[str, list[ExerciseVersion]]]:
    """Current exercises by family, those that hold every one of the words; one query."""
    found = [version for version in current_exercises().values() if _holds(version, words)]
    found.sort(key=lambda version: (version.content["family"], version.name))
    by_family = groupby(found, key=lambda version: version.content["family"])
    return [(family, list(versions)) for family, versions in by_family]


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
