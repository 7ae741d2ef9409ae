"""Who changed what, and who looked at whom. Append-only, held by triggers in the database."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from clinic.models.patients import Patient, new_key


class AuditEvent(models.Model):
    """One row per action, written in the action's own transaction. `detail` holds ids and codes, never words about health."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )  # empty: the system
    patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="+", db_index=False)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["patient", "-at"], name="audit_by_patient")]  # a patient's timeline

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


class AccessEvent(models.Model):
    """Someone other than the patient opened a page about the patient."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="+", db_index=False)
    route = models.CharField(max_length=80)
    request_id = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["patient", "-at"], name="access_by_patient")
        ]  # who looked at this patient

    def __str__(self) -> str:
        return f"{self.actor_id} {self.route}"
