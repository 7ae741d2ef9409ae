"""What was given to a patient to read, and what they did with it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models import Patient
from clinic.models.patients import new_key
from education import rules
from education.models.modules import Module, ModuleVersion

STATE_WORDS = {
    rules.State.WAITING: _("New"),
    rules.State.OPENED: _("Started"),
    rules.State.READ: _("Read"),
    rules.State.UNDERSTOOD: _("Understood"),
}


class ReadingQuerySet(models.QuerySet):
    def current(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def unread(self) -> Self:
        return self.current().filter(read_at__isnull=True)


class ReadingAssignment(models.Model):
    """One module version given to one patient. Opened, read and understood only move forward."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="reading", db_index=False)
    module = models.ForeignKey(Module, models.PROTECT, related_name="+")
    version = models.ForeignKey(ModuleVersion, models.PROTECT, related_name="assignments")
    position = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(_("why for you"), max_length=300, blank=True)
    assigned_at = models.DateTimeField(default=timezone.now)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sections_seen = models.PositiveSmallIntegerField(default=0)
    # Where the reader got furthest on any device, counted from 1: the next visit goes on there.
    place_part = models.PositiveSmallIntegerField(default=0)
    place_paragraph = models.PositiveSmallIntegerField(default=0)
    # The clinic's stances when it was first opened, by topic: what somebody has read does not change under them.
    stances = models.JSONField(null=True)
    opened_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    understood_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["position", "assigned_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "module"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_open_assignment_per_module",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="reading_withdrawn_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(opened_at__isnull=False), name="read_means_opened"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} {self.version_id}"

    @property
    def state(self) -> rules.State:
        return rules.state_of(
            opened=self.opened_at is not None,
            read=self.read_at is not None,
            understood=self.understood_at is not None,
        )

    @property
    def state_words(self) -> str:
        return STATE_WORDS[self.state]

    @property
    def resume(self) -> str:
        """What to add to the module's address to go on where the reader was."""
        return rules.resume(
            state=self.state, seen=self.sections_seen, part=self.place_part, paragraph=self.place_paragraph
        )


class CheckAttempt(models.Model):
    """One answer to one check question. Appended; retries are further rows."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    assignment = models.ForeignKey(ReadingAssignment, models.PROTECT, related_name="attempts")
    check_key = models.CharField(max_length=40)
    option = models.PositiveSmallIntegerField()
    is_right = models.BooleanField()
    misconception = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["answered_at"]

    def __str__(self) -> str:
        return f"{self.check_key} {'right' if self.is_right else 'not yet'}"
