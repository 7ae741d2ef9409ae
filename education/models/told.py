"""What a patient told and asked while reading. All of it is appended: a new answer is a new row."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.models import Patient
from clinic.models.patients import new_key
from education.models.modules import ModuleVersion
from education.models.reading import ReadingAssignment
from education.rules.asks import TOP, Moment


class BeliefRating(models.Model):
    """How true a statement is for the reader, 0 to 10, at one moment; empty when they left it open."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    assignment = models.ForeignKey(ReadingAssignment, models.PROTECT, related_name="ratings", db_index=False)
    ask_key = models.CharField(max_length=40)
    moment = models.CharField(max_length=6, choices=[(moment.value, moment.value) for moment in Moment])
    value = models.PositiveSmallIntegerField(null=True)
    rated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["rated_at"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "ask_key", "moment"], name="one_rating_per_moment"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__lte=TOP), name="rating_value_in_range"
            ),
            models.CheckConstraint(
                condition=Q(moment__in=[moment.value for moment in Moment]), name="rating_moment_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ask_key} {self.moment}: {self.value}"


class OwnWords(models.Model):
    """What a module taught, told in the reader's own words, with the question as it was."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    assignment = models.ForeignKey(ReadingAssignment, models.PROTECT, related_name="own_words")
    ask_key = models.CharField(max_length=40)
    prompt = models.CharField(max_length=300)
    text = models.CharField(max_length=1000)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["told_at"]

    def __str__(self) -> str:
        return f"{self.ask_key} {self.told_at}"


class PassageQuestion(models.Model):
    """A question about one part of a module, with the passage as the reader saw it."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="passage_questions", db_index=False)
    assignment = models.ForeignKey(ReadingAssignment, models.PROTECT, related_name="questions")
    version = models.ForeignKey(ModuleVersion, models.PROTECT, related_name="+")
    section_key = models.CharField(max_length=40)
    passage = models.TextField()
    text = models.CharField(max_length=1000)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["asked_at"]
        # What is still unread of one patient.
        indexes = [models.Index(fields=["patient", "-asked_at"], name="newest_questions")]

    def __str__(self) -> str:
        return f"{self.section_key} {self.asked_at}"
