"""What a patient logged. Rows are appended; a correction is a new row that names the old one."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models import Patient
from clinic.models.patients import new_key
from programs.models.plans import PlanItem, PlanVersion
from programs.rules.sessions import is_late

PAIN = Q(pain_during__isnull=True) | Q(pain_during__gte=0, pain_during__lte=10)


class Session(models.Model):
    """One session as the patient told it. `client_id` is made by the page, so a retried save is stored once.

    Pain and effort are 0–10; empty means not said. `performed_at` is the patient's time, `received_at` ours.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        PARTLY = "partly", _("Partly")
        NOT_TODAY = "not_today", _("Not today")

    class Reason(models.TextChoices):
        TIME = "time", _("No time")
        SORE = "sore", _("Too sore")
        UNSURE = "unsure", _("Not sure how")
        EQUIPMENT = "equipment", _("Missing equipment")
        FORGOT = "forgot", _("Forgot")
        UNWELL = "unwell", _("Not well")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="sessions", db_index=False)
    client_id = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, null=True, related_name="sessions")
    phase_position = models.PositiveSmallIntegerField(null=True)
    planned_on = models.DateField()
    outcome = models.CharField(_("How did it go?"), max_length=10, choices=Outcome.choices)
    reason = models.CharField(_("What got in the way?"), max_length=10, choices=Reason.choices, blank=True)
    pain_during = models.PositiveSmallIntegerField(null=True)  # worst of the session
    pain_after = models.PositiveSmallIntegerField(null=True)
    effort = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=2000, blank=True)
    performed_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    time_suspect = models.BooleanField(
        default=False
    )  # the phone's clock was out of bounds: received_at was used
    conflicts_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="conflicts")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")

    class Meta:
        ordering = ["-performed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "client_id"],
                condition=Q(conflicts_with__isnull=True),
                name="one_session_per_client_id",
            ),
            models.UniqueConstraint(
                fields=["patient", "client_id", "content_hash"], name="one_session_per_content"
            ),
            # One line of corrections: what counts is the last of it.
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False, conflicts_with__isnull=True),
                name="one_correction_per_session",
            ),
            models.CheckConstraint(condition=PAIN, name="session_pain_during_in_range"),
            models.CheckConstraint(
                condition=Q(pain_after__isnull=True) | Q(pain_after__gte=0, pain_after__lte=10),
                name="session_pain_after_in_range",
            ),
            models.CheckConstraint(
                condition=Q(effort__isnull=True) | Q(effort__gte=0, effort__lte=10),
                name="session_effort_in_range",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["done", "partly", "not_today"]), name="session_outcome_known"
            ),
            models.CheckConstraint(condition=~Q(outcome="done") | Q(reason=""), name="done_needs_no_reason"),
            models.CheckConstraint(
                condition=Q(
                    performed_at__gte="2000-01-01T00:00:00Z", performed_at__lte="2100-01-01T00:00:00Z"
                ),
                name="session_time_is_plausible",
            ),
            models.CheckConstraint(
                condition=Q(planned_on__gte="2000-01-01", planned_on__lte="2100-01-01"),
                name="session_day_is_plausible",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "planned_on"], name="sessions_by_patient_and_day")
        ]  # charts, state rows, Today

    def __str__(self) -> str:
        return f"{self.patient_id} {self.planned_on} {self.outcome}"

    @property
    def told_pain(self) -> int:
        """The worst pain told, or -1 when none was: for comparing only, never for showing."""
        said = [pain for pain in (self.pain_during, self.pain_after) if pain is not None]
        return max(said, default=-1)

    @property
    def is_late(self) -> bool:
        return is_late(performed_at=self.performed_at, received_at=self.received_at)


class SessionItem(models.Model):
    """What was done of one plan item. Amount is in the item's unit, load in kg; empty means not said."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="items")
    plan_item = models.ForeignKey(PlanItem, models.PROTECT, related_name="+")
    sets_done = models.PositiveSmallIntegerField(null=True)
    amount_done = models.PositiveSmallIntegerField(null=True)
    load_kg = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    pain_during = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "plan_item"], name="one_entry_per_item"),
            models.CheckConstraint(condition=PAIN, name="entry_pain_in_range"),
            models.CheckConstraint(
                condition=Q(sets_done__isnull=True) | Q(sets_done__lte=20), name="entry_sets_in_range"
            ),
            models.CheckConstraint(
                condition=Q(amount_done__isnull=True) | Q(amount_done__lte=1000), name="entry_amount_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.plan_item_id}"
