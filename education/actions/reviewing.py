"""From draft to publication by way of a second person. Mails about it go through the outbox, once each."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from wagtail.models import Revision, TaskState, Workflow, WorkflowContentType, WorkflowState, WorkflowTask

from clinic import mail
from clinic.audit import record
from clinic.models import User
from education.models import ClinicalReview
from education.models.reviews import may_review, reviewers, writers

NAME = "clinical review"
logger = logging.getLogger(__name__)


class NotYours(PermissionError):
    """Whoever wrote a text, or is no editor of it, does not decide on it."""


class AlreadyDecided(RuntimeError):
    """Somebody else was quicker, or it was taken back."""


@transaction.atomic
def ensure_review(*, models: Iterable[type[Model]]) -> Workflow:
    """Let every one of these kinds go through one review by a second person."""
    task, _created = ClinicalReview.objects.get_or_create(name=NAME, defaults={"active": True})
    workflow, _created = Workflow.objects.get_or_create(name=NAME, defaults={"active": True})
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    for model in models:
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        link, _created = WorkflowContentType.objects.get_or_create(
            content_type=kind, defaults={"workflow": workflow}
        )
        if link.workflow_id != workflow.pk:
            link.workflow = workflow
            link.save()
    return workflow


@transaction.atomic
def ask_for_review(*, row: Any, by: User) -> TaskState:
    """Put the newest draft before the others, again if it was sent back."""
    state = row.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(by)
    else:
        state = row.get_workflow().start(row, by)
    step = state.current_task_state
    record(by=by, verb="review.asked", subject=row, code=row.code)
    for reviewer in reviewers(row):
        _tell("review_asked", step, reviewer)
    return step


@transaction.atomic
def approve(*, row: Any, step_id: int, by: User, comment: str = "") -> TaskState:
    """Publish what was looked at, at once or at its planned time. Raises NotYours, AlreadyDecided, or what the freeze raises."""
    step, told = _open_step(row, step_id, by), writers(row)
    step.approve(user=by, comment=comment)
    record(by=by, verb="review.approved", subject=row, code=row.code)
    _tell_writers(step, told - {by.pk})
    return step


@transaction.atomic
def ask_for_changes(*, row: Any, step_id: int, by: User, comment: str) -> TaskState:
    """Send it back with a word on what to change. Raises NotYours or AlreadyDecided."""
    step, told = _open_step(row, step_id, by), writers(row)
    step.reject(user=by, comment=comment)
    record(by=by, verb="review.sent_back", subject=row, code=row.code)
    _tell_writers(step, told - {by.pk})
    return step


def publish_due(*, now: datetime) -> None:
    """Let what is planned for now go live, each by itself: what does not fit any more is called off, and the others go on."""
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except (ValueError, PermissionError) as why:  # NotFit of either room, NotReviewed
            logger.warning("A planned publication was called off: %s", type(why).__name__)
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            record(by=None, verb="review.called_off", subject=revision.content_object)


def _open_step(row: Any, step_id: int, by: User) -> TaskState:
    """The step that was looked at, held until the end: of two who decide at once, the second finds it closed."""
    steps = TaskState.objects.for_instance(row).filter(task__in=ClinicalReview.objects.all())
    step = steps.select_for_update(of=("self",)).filter(pk=step_id).first()
    if step is None or step.status != TaskState.STATUS_IN_PROGRESS:
        raise AlreadyDecided
    if not may_review(row, by):
        raise NotYours
    return step


def _tell_writers(step: TaskState, who: Iterable[int]) -> None:
    for writer in User.objects.filter(pk__in=who, is_active=True):
        _tell("review_decided", step, writer)


def _tell(kind: str, step: TaskState, to: User) -> None:
    mail.post(
        kind=kind, key=f"{kind}:{step.pk}:{to.pk}", to=to.email, context={"step": step.pk, "user": to.pk}
    )
