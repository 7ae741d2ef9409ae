"""When a patient wants to be reminded, and the slots planned from that, one per local day."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models import OutgoingMail, Patient
from clinic.models.patients import new_key


def every_day() -> list[int]:
    return [1, 2, 3, 4, 5, 6, 7]


class ReminderRule(models.Model):
    """One patient's wish: local time of day, ISO weekdays, on or off, paused until a day. The zone is the patient's."""

    patient = models.OneToOneField(Patient, models.PROTECT, primary_key=True, related_name="reminder_rule")
    at_local = models.TimeField(_("time of day"), default="08:00")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=every_day, verbose_name=_("days"))
    is_on = models.BooleanField(_("remind me by email"), default=True)
    paused_until = models.DateField(_("pause until"), null=True, blank=True)
    planned_to = models.DateField(null=True, editable=False)  # the last local day that has been planned
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]), name="reminder_weekdays_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} at {self.at_local:%H:%M}"


class ReminderSlot(models.Model):
    """One reminder for one local day. The mail's own fate is on the outbox row."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="reminder_slots", db_index=False)
    kind = models.CharField(max_length=20, default="today")
    local_on = models.DateField()
    due_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    mail = models.OneToOneField(OutgoingMail, models.PROTECT, null=True, related_name="reminder_slot")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-local_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "kind", "local_on"], name="one_slot_per_patient_kind_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} {self.kind} {self.local_on}"
