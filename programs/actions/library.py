"""Freeze what editors published. A version never changes; publishing the same words again makes none."""

from django.db import transaction

from clinic import audit
from clinic.models import User
from programs.models import Exercise, ExerciseVersion, ProgramTemplate, TemplateVersion


@transaction.atomic
def freeze_exercise(*, exercise: Exercise, by: User | None) -> ExerciseVersion:
    """Append the exercise as it is published now, or give back the newest version if nothing changed."""
    Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
    content = exercise.frozen
    newest = exercise.versions.order_by("-number").first()
    if newest and (newest.code, newest.name, newest.content) == (exercise.code, exercise.name, content):
        return newest
    version = ExerciseVersion.objects.create(
        exercise=exercise, number=newest.number + 1 if newest else 1, code=exercise.code, name=exercise.name,
        content=content, published_by=by,
    )  # fmt: skip
    audit.record(by=by, verb="exercise.published", subject=version, code=version.code, number=version.number)
    return version


@transaction.atomic
def freeze_template(*, template: ProgramTemplate, by: User | None) -> TemplateVersion:
    """Append the template as it is published now, or give back the newest version if nothing changed."""
    ProgramTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    content = template.frozen
    newest = template.versions.order_by("-number").first()
    if newest and (newest.code, newest.name, newest.content) == (template.code, template.name, content):
        return newest
    version = TemplateVersion.objects.create(
        template=template, number=newest.number + 1 if newest else 1, code=template.code, name=template.name,
        content=content, published_by=by,
    )  # fmt: skip
    audit.record(by=by, verb="template.published", subject=version, code=version.code, number=version.number)
    return version
