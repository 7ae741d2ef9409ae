"""Review by a second person: who wrote what is about to be published, who may approve it, and who did."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import Revision, Task, TaskState

from clinic.models import Membership, User

EDITORS = "Editors"


class ReviewLock(WorkflowLock):
    """What is being looked at stays as it is, for everybody."""

    def get_message(self, user: User) -> str:
        return _(
            "This waits for review. Until it is approved, sent back or taken back, nobody can change it."
        )

    def get_locked_by(self, user: User, can_lock: bool = False) -> str:
        return _("Waits for review")

    def get_description(self, user: User, can_lock: bool = False) -> str:
        return _("Nobody can change it until it is approved, sent back or taken back")


class ClinicalReview(Task):
    """The one step between a draft and its publication: an editor who did not write it approves it."""

    task_ptr = models.OneToOneField(
        Task, models.PROTECT, parent_link=True, primary_key=True, related_name="+"
    )
    lock_class = ReviewLock

    class Meta:
        verbose_name = _("clinical review")

    def locked_for_user(self, obj: models.Model, user: User) -> bool:
        return True

    def get_actions(self, obj: models.Model, user: User) -> list[tuple[str, str, bool]]:
        if not may_review(obj, user):
            return []
        return [("reject", _("Ask for changes"), True), ("approve", _("Approve"), True)]


@dataclass(frozen=True)
class Review:
    """Who approved a revision, and when."""

    by: User
    at: datetime


def writers(row: Any) -> set[int]:
    """Whoever wrote since it was last published, or asked for this review."""
    moments = [row.last_published_at, row.live_revision and row.live_revision.created_at]
    written = row.revisions.filter(user__isnull=False)
    if any(moments):
        written = written.filter(created_at__gt=min(filter(None, moments)))
    asked = row.workflow_states.active().filter(requested_by__isnull=False)
    return {*written.values_list("user", flat=True), *asked.values_list("requested_by", flat=True)}


def editors_of(row: Any) -> QuerySet[User]:
    """Who may edit the row: all editors, or those of the clinic whose own version it is."""
    editing = Membership.objects.current().filter(role=Membership.Role.EDITOR)
    if row.edited_in is not None:
        editing = editing.filter(clinic=row.edited_in)
    return User.objects.filter(is_active=True, groups__name=EDITORS, pk__in=editing.values("user"))


def reviewers(row: Any) -> QuerySet[User]:
    """Who may approve it: its editors, except those who wrote it."""
    return editors_of(row).exclude(pk__in=writers(row))


def may_review(row: Any, user: User) -> bool:
    return reviewers(row).filter(pk=user.pk).exists()


def review_of(revision: Revision) -> Review | None:
    """The approval of exactly these words: one from before the revision was last written does not count."""
    approved = TaskState.objects.filter(
        revision=revision,
        status=TaskState.STATUS_APPROVED,
        finished_at__gte=revision.created_at,
        finished_by__isnull=False,
        task__in=ClinicalReview.objects.all(),
    )
    state = approved.select_related("finished_by").order_by("-finished_at").first()
    return Review(state.finished_by, state.finished_at) if state else None


def reviewed_fields() -> tuple[models.Field, models.Field]:
    """Columns of a version for who approved it and when."""
    return (
        models.DateTimeField(null=True),
        models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"),
    )


def reviewed_constraints(name: str) -> list[models.CheckConstraint]:
    """Nobody approves without a time, or what they published themselves."""
    return [
        models.CheckConstraint(
            condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
            | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
            name=f"{name}_reviewed_by_and_at",
        ),
        models.CheckConstraint(
            condition=Q(reviewed_by__isnull=True)
            | Q(published_by__isnull=True)
            | ~Q(reviewed_by=F("published_by")),
            name=f"{name}_reviewed_by_another",
        ),
    ]
