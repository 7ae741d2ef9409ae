"""What a reviewer looks at: what changed against what is public, and what the gate makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState

from clinic.models import User
from education.blocks import ASK_BLOCKS, CHECK_BLOCKS, MODULE_BLOCKS
from education.models import ClinicalReview, Module
from education.models.reviews import editors_of, may_review, writers
from education.queries import gate_look
from education.rules.gate import Look
from education.rules.parts import ASKS, SECTIONS
from programs.models import Exercise, ProgramTemplate
from programs.rules import own

Row = Module | Exercise | ProgramTemplate
KINDS: Mapping[str, type[Row]] = {"modules": Module, "exercises": Exercise, "programs": ProgramTemplate}
WORDS = ("title", "goal", "minutes", "note", "reading_reason")
BLOCKS = {**dict(MODULE_BLOCKS), **dict(CHECK_BLOCKS), **dict(ASK_BLOCKS)}
SHAPES = {**SECTIONS, **ASKS, "check": {"question": "", "options": []}}
LABELS = {"dose": _("Usual dose"), "weeks": _("Weeks"), "name": _("Name")}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One part that differs from what is public, in marked pieces."""

    label: str
    pieces: list[tuple[str, str]]
    is_new: bool
    is_gone: bool


@dataclass(frozen=True, kw_only=True)
class Review:
    """One text, for the page where somebody decides on it. `step` is None when it does not wait for anybody."""

    row: Row
    kind: str
    draft: Row
    step: TaskState | None
    wrote: list[User]
    may_decide: bool
    changes: list[Change]
    public: int | None  # the number of the public version
    look: Look | None  # what the gate makes of it; modules only


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One text in review or sent back, on the first page of the desk."""

    row: Row
    kind: str
    name: str
    since: datetime
    asked_by: str
    comment: str
    may_decide: bool
    is_sent_back: bool


def kind_in_review(row: Row) -> str:
    return next(kind for kind, model in KINDS.items() if isinstance(row, model))


def row_in_review(kind: str, key: int, user: User) -> Row | None:
    """The row with this key, for one of its editors."""
    model = KINDS.get(kind)
    row = model.objects.filter(pk=key).first() if model else None
    return row if row and editors_of(row).filter(pk=user.pk).exists() else None


def review(kind: str, key: int, user: User) -> Review | None:
    """Everything the page shows; None where there is nothing for this person."""
    row = row_in_review(kind, key, user)
    if row is None:
        return None
    state = row.current_workflow_state
    step = state.current_task_state if state and state.status == WorkflowState.STATUS_IN_PROGRESS else None
    draft = step.revision.as_object() if step else row.get_latest_revision_as_object()
    newest = row.versions.order_by("-number").first() if row.live else None
    return Review(
        row=row,
        kind=kind,
        draft=draft,
        step=step,
        wrote=list(User.objects.filter(pk__in=writers(row)).order_by("name")),
        may_decide=bool(step) and may_review(row, user),
        changes=_changes(_of_version(newest) if newest else {}, _of_draft(draft)),
        public=newest and newest.number,
        look=look(draft) if isinstance(draft, Module) else None,
    )


def waiting(user: User) -> list[Waiting]:
    """What is in review or was sent back, of what this person edits; newest first."""
    states = WorkflowState.objects.active().filter(
        workflow__workflow_tasks__task__in=ClinicalReview.objects.all()
    )
    states = states.select_related("current_task_state__finished_by", "requested_by").order_by("-created_at")
    found = ((state, state.content_object) for state in states[:50])
    return [
        _waiting(state, row, user)
        for state, row in found
        if row and editors_of(row).filter(pk=user.pk).exists()
    ]


def _waiting(state: WorkflowState, row: Row, user: User) -> Waiting:
    step, is_sent_back = state.current_task_state, state.status == WorkflowState.STATUS_NEEDS_CHANGES
    return Waiting(
        row=row,
        kind=kind_in_review(row),
        name=step.revision.object_str,
        since=step.started_at,
        asked_by=state.requested_by.name if state.requested_by else "",
        comment=step.comment,
        may_decide=not is_sent_back and may_review(row, user),
        is_sent_back=is_sent_back,
    )


def look(draft: Module) -> Look:
    """What the publish gate makes of a draft."""
    return gate_look(
        minutes=draft.minutes,
        sections=draft.frozen_sections,
        checks=draft.frozen_checks,
        asks=draft.frozen_asks,
        reason=draft.reading_reason,
    )


def _changes(public: Mapping[str, Any], draft: Mapping[str, Any]) -> list[Change]:
    found = own.differences(then=public, now=public, ours=draft)
    order = {name: number for number, name in enumerate([*draft, *public])}
    return [
        Change(
            label=one.part,
            pieces=own.marked(one.now, one.ours),
            is_new=one.part not in public,
            is_gone=one.part not in draft,
        )
        for one in sorted(found, key=lambda one: order[one.part])
    ]


def _of_draft(draft: Row) -> dict[str, Any]:
    if isinstance(draft, Module):
        words = {name: getattr(draft, name) for name in WORDS}
        return _labeled(draft, words) | _blocks(
            draft.written_sections, draft.frozen_checks, draft.frozen_asks
        )
    return _labeled(draft, {"name": draft.name, **draft.frozen})


def _of_version(version: Any) -> dict[str, Any]:
    if hasattr(version, "module"):
        words = {name: getattr(version, name) for name in WORDS}
        return _labeled(version.module, words) | _blocks(version.sections, version.checks, version.asks)
    return _labeled(version.row, {"name": version.name, **version.content})


def _labeled(row: Row, parts: Mapping[str, Any]) -> dict[str, Any]:
    known = {field.name: field for field in row._meta.get_fields()}
    return {
        str(LABELS.get(name) or capfirst(known[name].verbose_name if name in known else name)): value
        for name, value in parts.items()
    }


def _blocks(*lists: list[dict[str, Any]]) -> dict[str, Any]:
    """Blocks by what they are and their key, each with what its kind holds and nothing lent from elsewhere."""
    found = {}
    for part in (part for parts in lists for part in parts):
        kind = part.get("kind", "check")
        found[f"{BLOCKS[kind].label} · {part['key']}" if kind in BLOCKS else part["key"]] = {
            name: part.get(name) for name in SHAPES[kind]
        }
    return found
