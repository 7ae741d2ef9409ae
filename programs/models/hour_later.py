"""How it was an hour after a session: asked once the hour is over, kept beside the session."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.models import Patient
from clinic.models.patients import new_key
from programs.models.sessions import Session


class HourLater(models.Model):
    """The worst pain of the hour after a session, 0–10. A change of mind is a new row that names the one before.

    `session` is the first of its line of corrections, so that correcting the session keeps the answer.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="hours_later", db_index=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="hours_later")
    client_id = models.UUIDField()
    pain = models.PositiveSmallIntegerField()
    received_at = models.DateTimeField(default=timezone.now)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "client_id"], name="one_hour_later_per_client_id"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(corrects__isnull=True), name="one_first_hour_later"
            ),
            models.CheckConstraint(condition=Q(pain__gte=0, pain__lte=10), name="hour_later_pain_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.pain}"
