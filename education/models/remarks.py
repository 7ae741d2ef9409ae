"""What editors say to each other about a draft. Patients never see it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.models.patients import new_key
from education.models.modules import Module


def both_or_neither(at: str, by: str) -> Q:
    return Q(**{f"{at}__isnull": True, f"{by}__isnull": True}) | Q(
        **{f"{at}__isnull": False, f"{by}__isnull": False}
    )


class Remark(models.Model):
    """A word about one block of a module, or about all of it (an empty `key`); answered once, and settled."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    module = models.ForeignKey(Module, models.PROTECT, related_name="remarks")
    key = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["said_at"]
        constraints = [
            models.CheckConstraint(
                condition=both_or_neither("answered_at", "answered_by"), name="remark_answered_by_and_at"
            ),
            models.CheckConstraint(
                condition=both_or_neither("resolved_at", "resolved_by"), name="remark_resolved_by_and_at"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.text[:40]}"
