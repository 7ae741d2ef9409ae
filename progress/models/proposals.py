"""What the rules propose for a plan, what a clinician decided, and the numbers chosen instead of the usual ones."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models import Clinic, Patient
from clinic.models.patients import new_key
from programs.models import Plan, PlanVersion

DECIDED = ("approved", "edited", "refused")


class Proposal(models.Model):
    """One answer of the rules, with all it rests on, so that it can be decided again and must come out the same.

    It stays open until a clinician decides or another answer takes its place. Everything above `closed_at` never
    changes, and nothing does once it is closed: a trigger holds both. A hold asks nobody anything.
    """

    class Outcome(models.TextChoices):
        URGENT = "urgent", _("Urgent")
        REVIEW = "review", _("Look first")
        STEP_BACK = "step_back", _("Step back")
        HOLD = "hold", _("Hold")
        ADVANCE = "advance", _("Advance")

    class Closing(models.TextChoices):
        APPROVED = "approved", _("Approved")
        EDITED = "edited", _("Approved with changes")
        REFUSED = "refused", _("Refused")
        REPLACED = "replaced", _("Replaced by a newer one")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="proposals")
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="proposals")
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reasons = ArrayField(models.CharField(max_length=40))
    answer = models.JSONField()  # progress.rules.progression.Proposed: moves, criteria, unknowns, trace
    evidence = models.JSONField()  # progress.rules.progression.Evidence
    policy = models.JSONField()  # every number that counted
    policy_version = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    closing = models.CharField(max_length=10, choices=Closing.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    carried_out = models.JSONField(null=True)  # the moves that were made, as the clinician left them
    new_version = models.ForeignKey(PlanVersion, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(closed_at__isnull=True), name="one_open_proposal_per_plan"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="proposal_decided_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closing="", decided_at__isnull=True)
                | Q(closed_at__isnull=False, closing="replaced", decided_at__isnull=True)
                | Q(closed_at__isnull=False, closing__in=DECIDED, decided_at__isnull=False),
                name="proposal_closed_as_it_was_decided",
            ),
            models.CheckConstraint(
                condition=~Q(closing="refused") | ~Q(reason=""), name="refusal_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(new_version__isnull=True) | Q(closing__in=["approved", "edited"]),
                name="only_approval_changes_the_plan",
            ),
        ]
        indexes = [
            # The queue: what waits for somebody's decision.
            models.Index(
                fields=["patient"],
                condition=Q(closed_at__isnull=True) & ~Q(outcome="hold"),
                name="proposals_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.outcome}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class PlanWatch(models.Model):
    """Up to which facts, and for which local day, a plan was last considered. Derived: deleting it costs one look."""

    plan = models.OneToOneField(Plan, models.PROTECT, primary_key=True, related_name="watch")
    facts_version = models.PositiveBigIntegerField()
    as_of = models.DateField()

    def __str__(self) -> str:
        return f"{self.plan_id} as of {self.as_of}"


class PolicyChoice(models.Model):
    """A number that a clinic, or one patient of it, has instead of the usual one. Appended: the newest counts.

    No patient: for the whole clinic. No value: back to the clinic's number, or the usual one.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="policy_choices", db_index=False)
    patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="policy_choices")
    name = models.CharField(max_length=40)
    value = models.FloatField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    chosen_at = models.DateTimeField(default=timezone.now)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-chosen_at"]
        # The newest choice of each number, of a clinic and of a patient.
        indexes = [
            models.Index(fields=["clinic", "patient", "name", "-chosen_at"], name="newest_policy_choice")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
