"""Storing the delivered library: exercises in two passes (their links need the others), templates, stages."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import transaction

from education.actions.loading import Loaded, Stored, load_row
from programs import library
from programs.blocks import TemplateItemBlock, said
from programs.figures import delivered
from programs.models import Exercise, ProgramTemplate, WalkRunStage

Fields = Mapping[str, Any]
Row = TypeVar("Row", Exercise, ProgramTemplate)
LISTS = {"muscles": ", ", "kit": ", ", "steps": "\n", "faults": "\n", "ladder": "\n", "sources": " "}
WORDS = (
    "code",
    "name",
    "family",
    "profile",
    "purpose",
    "start",
    "caution",
    "staff_note",
    "evidence",
    "dose_text",
)
FLAGS = ("is_easiest", "is_hardest")
TEMPLATE_LISTS = {"entry": "\n", "exit": "\n", "modules": " ", "sources": " "}
TEMPLATE_WORDS = ("code", "name", "phase_max_days", "frequency", "who", "basis")
PHASE_WORDS = ("key", "name", "when", "advice", "hint", "optional")


@transaction.atomic
def load_exercises(*, files: Iterable[library.Exercise]) -> dict[str, Loaded]:
    """Store the exercises; say by code what became of each."""
    wanted = {file.code: _exercise_parts(file) for file in files}
    known = _shared(Exercise)
    new = {code: _bare_exercise(parts) for code, parts in wanted.items() if code not in known}
    rows = known | new
    return {
        code: load_row(
            row=rows[code],
            is_new=code in new,
            fields=parts,
            read=_exercise_fields,
            write=lambda row, parts=parts: _write_exercise(row, parts, rows),
        )
        for code, parts in wanted.items()
    }


def load_templates(*, files: Iterable[library.Template]) -> dict[str, Loaded]:
    """Store the templates; say by code what became of each. The exercises must be there."""
    exercises = _shared(Exercise)
    known = _shared(ProgramTemplate)
    wanted = {file.code: _template_parts(file) for file in files}
    return {
        code: load_row(
            row=known.get(code) or ProgramTemplate(code=code, live=False),
            is_new=code not in known,
            fields=parts,
            read=_template_fields,
            write=lambda row, parts=parts: _write_template(row, parts, exercises),
        )
        for code, parts in wanted.items()
    }


@transaction.atomic
def load_stages(*, stages: Iterable[library.RunStage]) -> int:
    """Store the walk-run table; say how many stages were new or different."""
    names = ("stage", "position", "repeats", "walk_minutes", "run_minutes", "note")
    known = {row.stage: [getattr(row, name) for name in names] for row in WalkRunStage.objects.all()}
    wanted = [
        [file.stage, position, file.repeats, file.walk_minutes, file.run_minutes, file.note]
        for position, file in enumerate(stages, start=1)
    ]
    changed = [values for values in wanted if known.get(values[0]) != values]
    WalkRunStage.objects.bulk_create(
        [WalkRunStage(**dict(zip(names, values, strict=True))) for values in changed],
        update_conflicts=True,
        unique_fields=["stage"],
        update_fields=names[1:],
    )
    return len(changed)


def _shared(model: type[Row]) -> dict[str, Row]:
    """The shared library's rows by code; what clinics made of them is theirs."""
    return {row.code: row for row in model.objects.shared()}


def _exercise_parts(file: library.Exercise) -> Fields:
    return {
        **{name: str(getattr(file, name)) for name in WORDS},
        **{name: joint.join(getattr(file, name)) for name, joint in LISTS.items()},
        **{name: getattr(file, name) for name in FLAGS},
        "dose": file.dose.as_mapping(),
        "easier": sorted(file.easier),
        "harder": sorted(file.harder),
        **_pose(delivered(file.code)),
    }


def _exercise_fields(row: Exercise) -> Fields:
    return {
        **{name: getattr(row, name) for name in (*WORDS, *LISTS, *FLAGS)},
        "dose": row.dose.as_mapping(),
        "easier": sorted(other.code for other in row.easier.all()),
        "harder": sorted(other.code for other in row.harder.all()),
        **_pose(row.pose),
        **({"medium": row.medium_id} if row.medium_id else {}),
    }


def _pose(pose: Fields) -> Fields:
    """Left out when empty, like the medium: rows loaded before they were kept still read as they were written."""
    return {"pose": pose} if pose else {}


def _bare_exercise(parts: Fields) -> Exercise:
    """A draft without links, so that others can link to it."""
    row = Exercise(**{name: parts[name] for name in (*WORDS, *LISTS, *FLAGS)}, **parts["dose"], live=False)
    row.save()
    return row


def _write_exercise(row: Exercise, parts: Fields, rows: Mapping[str, Exercise]) -> None:
    for name in (*WORDS, *LISTS, *FLAGS):
        setattr(row, name, parts[name])
    for name, value in parts["dose"].items():
        setattr(row, name, value)
    row.pose = parts.get("pose", {})
    row.medium_id = parts.get("medium")
    row.easier = [rows[code] for code in parts["easier"]]
    row.harder = [rows[code] for code in parts["harder"]]


def _template_parts(file: library.Template) -> Fields:
    return {
        **{name: getattr(file, name) for name in TEMPLATE_WORDS},
        **{name: joint.join(getattr(file, name)) for name, joint in TEMPLATE_LISTS.items()},
        "weeks_low": file.weeks[0],
        "weeks_high": file.weeks[1],
        "days_per_week": file.days_per_week[0],
        "phases": [_phase_parts(phase) for phase in file.phases],
    }


def _phase_parts(phase: library.Phase) -> dict[str, Any]:
    items = [{"exercise": item.exercise, "text": item.text, **item.changes} for item in phase.items]
    return {
        "key": phase.key,
        "name": phase.name,
        "when": _when(phase),
        "advice": phase.advice,
        "hint": phase.hint,
        "optional": " ".join(phase.optional),
        "items": items,
    }


def _when(phase: library.Phase) -> str:
    word, ends = ("Week", phase.weeks) if phase.weeks else ("Stage", phase.stages)
    first, last = ends
    return f"{word} {first}" if first == last else f"{word}s {first}–{last}"


def _template_fields(row: ProgramTemplate) -> Fields:
    names = (*TEMPLATE_WORDS, *TEMPLATE_LISTS, "weeks_low", "weeks_high", "days_per_week")
    return {
        **{name: getattr(row, name) for name in names},
        "phases": [_phase_fields(block.value) for block in row.phases],
    }


def _phase_fields(phase: Mapping[str, Any]) -> dict[str, Any]:
    items = [
        {"exercise": item["exercise"].code, "text": item["text"] or "", **said(item)}
        for item in phase["items"]
    ]
    return {**{name: phase[name] or "" for name in PHASE_WORDS}, "items": items}


def _write_template(row: ProgramTemplate, parts: Fields, exercises: Mapping[str, Exercise]) -> None:
    for name, value in parts.items():
        if name != "phases":
            setattr(row, name, value)
    row.phases = [("phase", _phase_value(phase, exercises)) for phase in parts["phases"]]


def _phase_value(phase: Fields, exercises: Mapping[str, Exercise]) -> dict[str, Any]:
    """The phase as its block takes it: every dose part named, None where the template is silent."""
    parts = dict.fromkeys(TemplateItemBlock().child_blocks)
    items = [{**parts, **item, "exercise": exercises[item["exercise"]]} for item in phase["items"]]
    return {**phase, "items": items}


def _link_exercise(row: Exercise, parts: Fields) -> None:
    _write_exercise(row, parts, _shared(Exercise))


def _link_template(row: ProgramTemplate, parts: Fields) -> None:
    _write_template(row, parts, _shared(Exercise))


# How they read as plain fields, and are written from them: what a content pack is made of.
EXERCISE = Stored(Exercise, read=_exercise_fields, write=_link_exercise)
TEMPLATE = Stored(ProgramTemplate, read=_template_fields, write=_link_template)
