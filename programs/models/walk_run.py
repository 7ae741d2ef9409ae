"""The walk-run table."""

from django.db import models


class WalkRunStage(models.Model):
    """One row of the walk-run table: repeats of minutes walked and minutes run."""

    stage = models.CharField(primary_key=True, max_length=4)
    position = models.PositiveSmallIntegerField(unique=True)
    repeats = models.PositiveSmallIntegerField()
    walk_minutes = models.PositiveSmallIntegerField()
    run_minutes = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.stage
