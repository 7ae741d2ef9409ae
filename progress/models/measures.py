"""Outcome measures: a patient's own activities, and the sheets they answered. Appended; a correction names its original."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models import Patient
from clinic.models.patients import new_key
from programs.rules.sessions import is_late


class ActivityQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(end__isnull=True)


class Activity(models.Model):
    """Something that matters to this patient, in their own words: what the PSFS is about."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="activities")
    words = models.CharField(_("activity"), max_length=80)
    named_at = models.DateTimeField(default=timezone.now)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["named_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="activity_has_words")]

    def __str__(self) -> str:
        return self.words


class ActivityEnd(models.Model):
    """An activity is asked no more. What was rated of it stays."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    activity = models.OneToOneField(Activity, models.PROTECT, related_name="end")
    ended_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.activity_id} ended"


class MeasureSheet(models.Model):
    """What a patient answered at one time. Empty means not answered.

    `groc` is −5 to +5, `sane` 0–100. `performed_at` is the patient's time, `received_at` ours.
    """

    class PlanDone(models.TextChoices):
        NONE = "none", _("None")
        SOME = "some", _("Some")
        HALF = "half", _("About half")
        MOST = "most", _("Most")
        ALL = "all", _("All")

    class Reason(models.TextChoices):
        TIME = "time", _("No time")
        PAIN = "pain", _("Pain")
        FORGOT = "forgot", _("Forgot")
        UNSURE = "unsure", _("Not sure how")
        EQUIPMENT = "equipment", _("Missing equipment")
        UNWELL = "unwell", _("Not well")
        NO_HELP = "no_help", _("Did not seem to help")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="measure_sheets", db_index=False)
    client_id = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    on = models.DateField()
    groc = models.SmallIntegerField(null=True)
    sane = models.PositiveSmallIntegerField(null=True)
    plan_done = models.CharField(max_length=4, choices=PlanDone.choices, blank=True)
    reasons = ArrayField(models.CharField(max_length=10, choices=Reason.choices), default=list)
    performed_at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(default=timezone.now)
    time_suspect = models.BooleanField(default=False)  # the phone's clock was out of bounds
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    conflicts_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="conflicts")

    class Meta:
        ordering = ["-on", "-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "client_id"],
                condition=Q(conflicts_with__isnull=True),
                name="one_sheet_per_client_id",
            ),
            models.UniqueConstraint(
                fields=["patient", "client_id", "content_hash"], name="one_sheet_per_content"
            ),
            # One line of corrections: what counts is the last of it.
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="one_correction_per_sheet"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | Q(conflicts_with__isnull=True),
                name="sheet_corrects_or_conflicts",
            ),
            models.CheckConstraint(
                condition=Q(groc__isnull=True) | Q(groc__gte=-5, groc__lte=5), name="sheet_groc_in_range"
            ),
            models.CheckConstraint(
                condition=Q(sane__isnull=True) | Q(sane__lte=100), name="sheet_sane_in_range"
            ),
            models.CheckConstraint(
                condition=Q(plan_done__in=["", "none", "some", "half", "most", "all"]),
                name="sheet_plan_done_known",
            ),
            models.CheckConstraint(
                condition=Q(on__gte="2000-01-01", on__lte="2100-01-01"), name="sheet_day_is_plausible"
            ),
            models.CheckConstraint(
                condition=Q(
                    performed_at__gte="2000-01-01T00:00:00Z", performed_at__lte="2100-01-01T00:00:00Z"
                ),
                name="sheet_time_is_plausible",
            ),
        ]
        # What is due, the table of changes, and the evidence of proposals read a patient's sheets by day.
        indexes = [models.Index(fields=["patient", "on"], name="sheets_by_patient_and_day")]

    def __str__(self) -> str:
        return f"{self.patient_id} {self.on}"

    @property
    def reasons_words(self) -> str:
        return ", ".join(str(self.Reason(reason).label) for reason in self.reasons)

    @property
    def is_late(self) -> bool:
        return is_late(performed_at=self.performed_at, received_at=self.received_at)


class ActivityRating(models.Model):
    """How well one activity could be done: 0 not at all, 10 as before."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    sheet = models.ForeignKey(MeasureSheet, models.PROTECT, related_name="ratings", db_index=False)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="ratings")
    score = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["activity__named_at", "activity_id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "activity"], name="one_rating_per_activity"),
            models.CheckConstraint(condition=Q(score__lte=10), name="rating_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.score}"
