"""What a patient logged. Rows are appended; a correction is a new row that names the old one."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models import Patient
from clinic.models.patients import new_key
from programs.models.library import Exercise, ExerciseVersion
from programs.models.plans import PlanItem, PlanVersion
from programs.rules.dose import Dose
from programs.rules.easier import eased
from programs.rules.pain import Zone, zone
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
    is_short = models.BooleanField(
        default=False
    )  # the short version for a bad day: kept, but no test of the load
    performed_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    time_suspect = models.BooleanField(
        default=False
    )  # the phone's clock was out of bounds: received_at was used
    conflicts_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="conflicts")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    # Where a line of corrections began; empty for what was told once.
    first = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    hour_pain: int | None = None  # an hour after, where a query joined it (`queries.with_hour_later`)

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
                condition=~Q(outcome="not_today") | Q(is_short=False), name="short_version_was_done"
            ),
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
        told = (self.pain_during, self.pain_after, self.hour_pain)
        said = [pain for pain in told if pain is not None]
        return max(said, default=-1)

    @property
    def zone(self) -> Zone | None:
        """What the worst pain told means; reads the items, as runs and jumps have narrower limits."""
        has_impact = any(e.sets_done != 0 and e.has_impact for e in self.items.all())
        return None if self.told_pain < 0 else zone(self.told_pain, has_impact=has_impact)

    @property
    def took_place(self) -> bool:
        return self.outcome != self.Outcome.NOT_TODAY

    @property
    def is_late(self) -> bool:
        return is_late(performed_at=self.performed_at, received_at=self.received_at)


class SessionItem(models.Model):
    """What was done of one plan item. Load in kg; empty means not said.

    `done_as` is the easier exercise that took its place; then the amount is in that one's unit, else in the item's.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="items")
    plan_item = models.ForeignKey(PlanItem, models.PROTECT, related_name="+")
    sets_done = models.PositiveSmallIntegerField(null=True)
    amount_done = models.PositiveSmallIntegerField(null=True)
    load_kg = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    pain_during = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=10, choices=Session.Reason.choices, blank=True)
    done_as = models.ForeignKey(ExerciseVersion, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "plan_item"], name="one_entry_per_item"),
            models.CheckConstraint(condition=Q(reason="") | Q(sets_done=0), name="reason_is_for_left_out"),
            models.CheckConstraint(
                condition=Q(done_as__isnull=True) | Q(sets_done__isnull=True) | Q(sets_done__gt=0),
                name="easier_one_was_done",
            ),
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

    @property
    def exercise(self) -> ExerciseVersion:
        """What was done."""
        return self.done_as or self.plan_item.exercise_version

    @property
    def dose(self) -> Dose:
        """What was asked, of the exercise that was done."""
        if self.done_as is None:
            return self.plan_item.dose
        return eased(self.plan_item.dose, Dose.from_mapping(self.done_as.content["dose"]))

    @property
    def has_impact(self) -> bool:
        return self.exercise.content["profile"] == Exercise.Profile.IMPACT
