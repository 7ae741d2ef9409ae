"""A patient's plan: versions from a date, each with phases of dosed items."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models import Patient
from clinic.models.patients import new_key
from programs.models.dose import DoseFields
from programs.models.library import ExerciseVersion, TemplateVersion


class PlanQuerySet(models.QuerySet):
    def current(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Plan(models.Model):
    """What one patient is asked to do, from start to end. At most one is open."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="plans")
    template_version = models.ForeignKey(TemplateVersion, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    started_on = models.DateField()
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(ended_at__isnull=True), name="one_open_plan_per_patient"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="plan_ended_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlanVersion(models.Model):
    """The plan as it stands from a local day on. Sessions stay tied to the version they were done under."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    phase_position = models.PositiveSmallIntegerField(_("current phase"), default=1)
    note = models.CharField(_("note for the patient"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["plan", "-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_plan_version_per_number")]

    def __str__(self) -> str:
        return f"{self.plan} v{self.number}"


class PlanPhase(models.Model):
    """One phase of a plan version, in order from 1."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="phases")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=10, blank=True)
    name = models.CharField(_("name"), max_length=80)
    advice = models.TextField(_("advice"), blank=True)

    class Meta:
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="one_phase_per_position")]

    def __str__(self) -> str:
        return self.name


def is_impact(version: ExerciseVersion) -> bool:
    return version.content["profile"] == "impact"


class PlanItem(DoseFields):
    """One dosed exercise of a phase, on given ISO weekdays (1 Monday … 7 Sunday)."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    phase = models.ForeignKey(PlanPhase, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    exercise_version = models.ForeignKey(ExerciseVersion, models.PROTECT, related_name="plan_items")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("days"))
    why = models.CharField(_("why for you"), max_length=300, blank=True)
    goal = models.CharField(_("what it is for"), max_length=80, blank=True)  # in the patient's own words
    despite = models.CharField(_("why despite the caution"), max_length=300, blank=True)  # for staff only

    class Meta:
        ordering = ["phase", "position"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "position"], name="one_item_per_position"),
            models.CheckConstraint(
                condition=Q(sets_low__gte=1, sets_high__lte=10), name="item_sets_in_range"
            ),
            models.CheckConstraint(
                condition=Q(amount_low__gte=1, amount_high__lte=600), name="item_amount_in_range"
            ),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7], weekdays__len__gte=1),
                name="item_weekdays_known",
            ),
        ]

    def __str__(self) -> str:
        return self.exercise_version.name

    @property
    def has_impact(self) -> bool:
        """Running, hopping, jumping: what some answers of a patient put away."""
        return is_impact(self.exercise_version)
