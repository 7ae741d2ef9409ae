"""Signs of life of the background processes, read by /readyz and /manage/."""

from django.db import models


class Heartbeat(models.Model):
    """When a background job last did its work."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
