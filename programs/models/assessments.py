"""What a clinician asked, saw and measured. Appended: a re-test is a new row, a correction names the old one."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models import Patient
from clinic.models.patients import new_key


class AssessmentQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Those that count: without the ones that a later row corrects."""
        return self.filter(correction__isnull=True)


class Assessment(models.Model):
    """One examination on one day. `answers` holds only what was examined, as programs.rules.assessment reads it.

    `client_id` is made by the page, so that a form sent twice is stored once.
    """

    class Mode(models.TextChoices):
        QUICK = "quick", _("Quick")
        FULL = "full", _("Full")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="assessments", db_index=False)
    client_id = models.UUIDField()
    mode = models.CharField(max_length=10, choices=Mode.choices)
    assessed_on = models.DateField()
    answers = models.JSONField()
    catalogue = models.CharField(max_length=10)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-assessed_on", "-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "client_id"], name="one_assessment_per_client_id"),
            models.CheckConstraint(condition=Q(mode__in=["quick", "full"]), name="assessment_mode_known"),
            models.CheckConstraint(condition=~Q(answers={}), name="assessment_says_something"),
            models.CheckConstraint(
                condition=Q(assessed_on__gte="2000-01-01", assessed_on__lte="2100-01-01"),
                name="assessment_day_is_plausible",
            ),
        ]
        # A patient's assessments, newest first: the assessment page and the plan desk.
        indexes = [models.Index(fields=["patient", "-assessed_on"], name="assessments_by_patient")]

    def __str__(self) -> str:
        return f"{self.patient_id} {self.assessed_on} {self.mode}"


class Verdict(models.Model):
    """A clinician's word on one possible contributor: confirmed or rejected. The newest of a patient counts."""

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="verdicts")
    contributor = models.CharField(max_length=30)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["confirmed", "rejected"]), name="verdict_answer_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contributor} {self.answer}"
