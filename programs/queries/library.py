"""Reads of the library: what is published now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from clinic.models import Clinic, Membership, Patient, User
from programs.figures import BadPose, motion, picture, pose_of
from programs.models import Exercise, ExerciseVersion, ProgramTemplate, TemplateVersion, WalkRunStage
from programs.models.plans import is_impact
from programs.rules.dose import Dose, short


def current_exercises(clinic: Clinic | None = None) -> dict[str, ExerciseVersion]:
    """The newest published version of each exercise, by code. A clinic's own takes the place of its original."""
    public = ExerciseVersion.objects.filter(
        exercise__in=Exercise.objects.seen_in(clinic), exercise__live=True
    )
    original = Coalesce("exercise__parent_id", "exercise_id")
    own_first = F("exercise__clinic_id").asc(nulls_last=True)
    newest = (
        public.annotate(original=original).order_by("original", own_first, "-number").distinct("original")
    )
    return {version.code: version for version in newest.select_related("exercise")}


def current_templates(clinic: Clinic | None = None) -> list[TemplateVersion]:
    """The newest published version of each program template, in order of code; a clinic's own as above."""
    public = TemplateVersion.objects.filter(
        template__in=ProgramTemplate.objects.seen_in(clinic), template__live=True
    )
    original = Coalesce("template__parent_id", "template_id")
    own_first = F("template__clinic_id").asc(nulls_last=True)
    newest = (
        public.annotate(original=original).order_by("original", own_first, "-number").distinct("original")
    )
    return sorted(newest.select_related("template"), key=lambda version: version.code)


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
    version_id: UUID
    row: ProgramTemplate


def programs_in_words(clinic: Clinic | None = None) -> list[ProgramInWords]:
    """Every current template; two queries."""
    exercises = current_exercises(clinic)
    return [
        ProgramInWords(
            template.name, template.content, _phases_in_words(template, exercises), template.pk, template.row
        )
        for template in current_templates(clinic)
    ]


def exercise_version(version_id: UUID, clinic: Clinic | None = None) -> ExerciseVersion | None:
    """One published version that this clinic may see, also one that has been replaced: plans may still point at it."""
    seen = ExerciseVersion.objects.filter(exercise__in=Exercise.objects.seen_in(clinic))
    return seen.select_related("exercise").filter(pk=version_id).first()


def exercise_seen_by(user: User, version_id: UUID) -> ExerciseVersion | None:
    """One published version that this person may see, as staff or as a patient whose program is not closed."""
    clinics = Membership.objects.current().filter(user=user).values("clinic_id")
    treating = Patient.objects.of_user(user).values("clinic_id")
    is_open = Q(exercise__clinic__isnull=True) | Q(exercise__clinic__in=clinics.union(treating))
    version = ExerciseVersion.objects.filter(is_open, pk=version_id).first()
    closed = set(Patient.objects.of_user(user).exclude(closed="").values_list("closed", flat=True))
    is_put_away = version and (Patient.Closed.PROGRAM in closed or (closed and is_impact(version)))
    return None if is_put_away else version


def motion_of(version: ExerciseVersion) -> str | None:
    """The drawn movement of a version; None when a photo or video takes its place, or when nothing moves."""
    if version.content.get("medium"):
        return None
    try:
        return motion(pose_of(version.content, version.code))
    except BadPose:
        return None


def exercise_families(
    clinic: Clinic | None = None, *, words: Sequence[str] = ()
) -> list[tuple[str, list[ExerciseVersion]]]:
    """Current exercises by family, those that hold every one of the words; one query."""
    return by_family(version for version in current_exercises(clinic).values() if _holds(version, words))


def exercise_in_module(part: Mapping[str, Any]) -> dict[str, str]:
    """What a module shows of the exercise that it names: its name and picture; empty when it is not public."""
    version = (
        ExerciseVersion.objects.filter(
            exercise__in=Exercise.objects.shared(), exercise__code=part["exercise"], exercise__live=True
        )
        .order_by("-number")
        .first()
    )
    if version is None:
        return {"name": "", "svg": ""}
    return {"name": version.name, "svg": picture(pose_of(version.content, version.code)) or ""}


def by_family(versions: Iterable[ExerciseVersion]) -> list[tuple[str, list[ExerciseVersion]]]:
    """Sorted by family, then by name."""
    ordered = sorted(versions, key=lambda version: (version.content["family"], version.name))
    families = groupby(ordered, key=lambda version: version.content["family"])
    return [(family, list(members)) for family, members in families]


def easier_and_harder(
    version: ExerciseVersion, clinic: Clinic | None = None
) -> dict[str, list[ExerciseVersion]]:
    """The current versions of the exercises this one names as easier and harder; one query."""
    exercises = current_exercises(clinic)
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
