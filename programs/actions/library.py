"""Freeze what editors published. A version never changes; publishing the same words again makes none."""

from typing import TypeVar

from django.db import transaction

from clinic import audit
from clinic.models import User
from education.actions import must_be_reviewed
from education.models.reviews import Review
from programs import queries
from programs.models import Exercise, ExerciseVersion, ProgramTemplate, TemplateVersion

Version = TypeVar("Version", ExerciseVersion, TemplateVersion)


class NotFit(ValueError):
    """Nobody could follow the exercise as it is. The editor's form says so first."""


def freeze_exercise(*, exercise: Exercise, by: User | None, review: Review | None = None) -> ExerciseVersion:
    """Append the exercise as it is published now, or give back the newest version if nothing changed."""
    found = queries.exercise_problems(key=exercise.pk, code=exercise.code, content=exercise.frozen)
    if found:
        raise NotFit(f"{exercise.code} can't be published: {found}")
    return _freeze(exercise, by=by, review=review, verb="exercise.published")


def freeze_template(
    *, template: ProgramTemplate, by: User | None, review: Review | None = None
) -> TemplateVersion:
    """Append the template as it is published now, or give back the newest version if nothing changed."""
    return _freeze(template, by=by, review=review, verb="template.published")


@transaction.atomic
def _freeze(row: Exercise | ProgramTemplate, *, by: User | None, review: Review | None, verb: str) -> Version:
    must_be_reviewed(by=by, review=review, code=row.code)
    type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    content = row.frozen
    newest = row.versions.order_by("-number").first()
    if newest and (newest.code, newest.name, newest.content) == (row.code, row.name, content):
        return newest
    version = row.versions.create(
        number=newest.number + 1 if newest else 1,
        code=row.code,
        name=row.name,
        content=content,
        published_by=by,
        reviewed_by=review and review.by,
        reviewed_at=review and review.at,
    )
    audit.record(by=by, verb=verb, subject=version, code=version.code, number=version.number)
    return version
