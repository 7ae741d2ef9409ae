"""Freeze what editors published. A version never changes; publishing the same words again makes none."""

from dataclasses import fields

from django.db import transaction

from clinic import audit
from clinic.models import User
from programs.models import Exercise, ExerciseVersion, ProgramTemplate, TemplateVersion
from programs.rules.dose import Dose

DOSE_FIELDS = tuple(field.name for field in fields(Dose))


@transaction.atomic
def freeze_exercise(*, exercise: Exercise, by: User | None) -> ExerciseVersion:
    """Append the exercise as it is published now, or give back the newest version if nothing changed."""
    Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
    content = _exercise_content(exercise)
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
    content = _template_content(template)
    newest = template.versions.order_by("-number").first()
    if newest and (newest.code, newest.name, newest.content) == (template.code, template.name, content):
        return newest
    version = TemplateVersion.objects.create(
        template=template, number=newest.number + 1 if newest else 1, code=template.code, name=template.name,
        content=content, published_by=by,
    )  # fmt: skip
    audit.record(by=by, verb="template.published", subject=version, code=version.code, number=version.number)
    return version


def _exercise_content(exercise: Exercise) -> dict[str, object]:
    plain = (
        "family",
        "profile",
        "purpose",
        "muscles",
        "kit",
        "start",
        "ladder",
        "caution",
        "evidence",
        "dose_text",
    )
    return {
        **{name: getattr(exercise, name) for name in plain},
        "steps": _lines(exercise.steps),
        "faults": _lines(exercise.faults),
        "dose": exercise.dose.as_mapping(),
        "easier": sorted(other.code for other in exercise.easier.all()),
        "harder": sorted(other.code for other in exercise.harder.all()),
    }


def _template_content(template: ProgramTemplate) -> dict[str, object]:
    return {
        "weeks": [template.weeks_low, template.weeks_high],
        "phase_max_days": template.phase_max_days,
        "frequency": template.frequency,
        "days_per_week": template.days_per_week,
        "who": template.who,
        "entry": _lines(template.entry),
        "exit": _lines(template.exit),
        "phases": [_phase_content(block.value) for block in template.phases],
    }


def _phase_content(phase: dict) -> dict[str, object]:
    items = [_item_content(item) for item in phase["items"]]
    return {"key": phase["key"], "name": phase["name"], "advice": phase["advice"] or "", "items": items}


def _item_content(item: dict) -> dict[str, object]:
    """The exercise's usual dose, with whatever the template says instead."""
    usual = item["exercise"].dose.as_mapping()
    said = {name: item[name] for name in DOSE_FIELDS if item.get(name) not in (None, "")}
    dose = Dose.from_mapping({**usual, **said}).as_mapping()
    return {"exercise": item["exercise"].code, "dose": dose, "text": item.get("text") or ""}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
