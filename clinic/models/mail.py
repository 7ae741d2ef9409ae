"""The outbox: every mail this product sends is a row here first."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models.patients import Patient, new_key
from clinic.models.people import Clinic


class OutgoingMail(models.Model):
    """A mail to hand over once. `context` holds ids and short neutral words; secrets in it are wiped after sending."""

    class Class(models.TextChoices):
        CODE = "code", _("Sign-in code")  # never repeated by itself
        INVITATION = "invitation", _("Invitation")
        NOTICE = "notice", _("Notice")
        REMINDER = "reminder", _("Reminder")

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SUBMITTING = "submitting", _("Being handed over")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Refused")
        EXPIRED = "expired", _("Too late to be useful")
        CANCELLED = "cancelled", _("No longer wanted")
        IN_DOUBT = "in_doubt", _("In doubt")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    key = models.CharField(max_length=150, unique=True)
    kind = models.CharField(max_length=60)
    mail_class = models.CharField(max_length=12, choices=Class.choices)
    clinic = models.ForeignKey(Clinic, models.PROTECT, null=True, related_name="+")
    patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="mail", db_index=False)
    to = models.EmailField(max_length=254)
    context = models.JSONField(default=dict)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)  # attempts whose end nobody saw: each may be a copy
    due_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(default=timezone.now)  # while submitting: the end of the lease
    lease_until = models.DateTimeField(null=True)
    not_after = models.DateTimeField(null=True)  # empty: always useful
    smtp_code = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=120, blank=True)  # why cancelled, expired, failed
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at__isnull=True)),
                name="sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(status="submitting", lease_until__isnull=False) | ~Q(status="submitting"),
                name="submitting_has_a_lease",
            ),
        ]
        indexes = [
            # The drain's question: what is due, waiting or abandoned, oldest first.
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(status__in=["pending", "submitting"]),
                name="mail_to_hand_over",
            ),
            # The same for sign-in codes, which go first however many others wait.
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(status__in=["pending", "submitting"], mail_class="code"),
                name="codes_to_hand_over",
            ),
            models.Index(
                fields=["patient", "-due_at"], name="mail_by_patient"
            ),  # a patient's reminder history
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"

    @property
    def masked_to(self) -> str:
        """Enough of the address to know whose it is for those who know it, and no more."""
        name, _at, host = self.to.partition("@")
        return f"{name[:1]}…@{host}"
