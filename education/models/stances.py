"""What each clinic says where the sources disagree."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from clinic.models import Clinic
from clinic.models.patients import new_key


class ClinicStance(models.Model):
    """What one clinic says where the sources disagree. Appended: the newest row of a topic counts."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="stances", db_index=False)
    topic = models.CharField(max_length=20)
    choice = models.CharField(max_length=20)
    chosen_at = models.DateTimeField(default=timezone.now)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-chosen_at"]
        # The newest choice of each topic of one clinic.
        indexes = [models.Index(fields=["clinic", "topic", "-chosen_at"], name="newest_stance")]

    def __str__(self) -> str:
        return f"{self.topic}: {self.choice}"
