"""What a clinic says and whom it has called when something is urgent, and when it is open. Every version stays."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models.patients import new_key
from clinic.models.people import Clinic
from clinic.validators import plain_line, plain_text

SAFETY_WORDS = ("emergency_number", "phone", "urgent_line", "crisis_line", "crisis_text")


class SafetyWordsQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Waiting for a second person."""
        return self.filter(confirmed_at__isnull=True, withdrawn_at__isnull=True)


class SafetyWords(models.Model):
    """One proposal of what the safety cards say and call. It counts once somebody else has confirmed it.

    What was proposed never changes, and it is closed once: a trigger holds both. The clinic's row carries a copy of
    what counts now, because every page about a patient reads it.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="safety_words")
    emergency_number = models.CharField(_("emergency number"), max_length=20, validators=[plain_line])
    phone = models.CharField(_("clinic phone"), max_length=40, blank=True, validators=[plain_line])
    urgent_line = models.CharField(_("urgent care line"), max_length=40, blank=True, validators=[plain_line])
    crisis_line = models.CharField(_("crisis line"), max_length=40, blank=True, validators=[plain_line])
    crisis_text = models.CharField(_("crisis text"), max_length=600, blank=True, validators=[plain_text])
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = SafetyWordsQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic"],
                condition=Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_proposal_of_safety_words",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="safety_words_confirmed_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="safety_words_withdrawn_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="safety_words_take_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="not_confirmed_and_withdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(emergency_number=""), name="safety_words_have_an_emergency_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clinic_id} {self.proposed_at:%Y-%m-%d}"

    @property
    def words(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in SAFETY_WORDS}


class ClinicHours(models.Model):
    """When a clinic is open, from one moment on. Appended; the newest counts, and the clinic's row carries a copy."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="hours_history")
    hours = models.JSONField()
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-set_at"]

    def __str__(self) -> str:
        return f"{self.clinic_id} {self.set_at:%Y-%m-%d}"
