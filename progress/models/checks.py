"""The daily check. Appended; for one day the newest row counts, and a correction names what it corrects."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models import Patient
from clinic.models.patients import new_key
from progress.rules.state import is_worrying


class DailyCheck(models.Model):
    """Morning pain 0–10, stiffness, sleep 1–5, place, and whether anything new worries the patient. Empty means not said."""

    class Stiffness(models.TextChoices):
        NONE = "0", _("Not stiff")
        SHORT = "1-10", _("1 to 10 minutes")
        MEDIUM = "11-30", _("11 to 30 minutes")
        LONG = "31-60", _("31 to 60 minutes")
        LONGER = "60+", _("Over 60 minutes")

    class Place(models.TextChoices):
        OUTER_KNEE = "outer_knee", _("Outer knee")
        OUTER_THIGH = "outer_thigh", _("Outer mid-thigh")
        OUTER_HIP = "outer_hip", _("Bony side of the hip")
        FRONT_HIP = "front_hip", _("Front of the hip")
        GROIN = "groin", _("Groin")
        BUTTOCK = "buttock", _("Buttock")
        LOW_BACK = "low_back", _("Low back")
        CALF = "calf", _("Calf")
        SKIN = "skin", _("Skin that burns, tingles or is numb")

    class Side(models.TextChoices):
        LEFT = "left", _("Left")
        RIGHT = "right", _("Right")
        BOTH = "both", _("Both")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="checks", db_index=False)
    client_id = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    on = models.DateField()
    morning_pain = models.PositiveSmallIntegerField(null=True)
    stiffness = models.CharField(max_length=6, choices=Stiffness.choices, blank=True)
    sleep = models.PositiveSmallIntegerField(null=True)
    places = ArrayField(models.CharField(max_length=12, choices=Place.choices), default=list)
    side = models.CharField(max_length=6, choices=Side.choices, blank=True)
    new_warning = models.BooleanField(null=True)  # empty: not answered, which is not "no"
    warning_note = models.CharField(max_length=1000, blank=True)
    performed_at = models.DateTimeField(default=timezone.now)  # the patient's time; received_at is ours
    received_at = models.DateTimeField(default=timezone.now)
    time_suspect = models.BooleanField(default=False)  # the phone's clock or day was out of bounds
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    conflicts_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="conflicts")

    class Meta:
        ordering = ["-on", "-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "client_id"],
                condition=Q(conflicts_with__isnull=True),
                name="one_check_per_client_id",
            ),
            models.UniqueConstraint(
                fields=["patient", "client_id", "content_hash"], name="one_check_per_content"
            ),
            # One line of corrections per day: a first check, and each check corrected at most once.
            models.UniqueConstraint(
                fields=["patient", "on"],
                condition=Q(corrects__isnull=True, conflicts_with__isnull=True),
                name="one_first_check_per_day",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False, conflicts_with__isnull=True),
                name="one_correction_per_check",
            ),
            models.CheckConstraint(
                condition=Q(morning_pain__isnull=True) | Q(morning_pain__gte=0, morning_pain__lte=10),
                name="check_morning_pain_in_range",
            ),
            models.CheckConstraint(
                condition=Q(sleep__isnull=True) | Q(sleep__gte=1, sleep__lte=5), name="check_sleep_in_range"
            ),
            models.CheckConstraint(
                condition=Q(on__gte="2000-01-01", on__lte="2100-01-01"), name="check_day_is_plausible"
            ),
            models.CheckConstraint(
                condition=Q(
                    performed_at__gte="2000-01-01T00:00:00Z", performed_at__lte="2100-01-01T00:00:00Z"
                ),
                name="check_time_is_plausible",
            ),
        ]
        indexes = [
            # Charts and state rows read pain by day without touching the table.
            models.Index(
                fields=["patient", "on"], include=["morning_pain"], name="checks_by_patient_and_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} {self.on}"

    @property
    def is_worry(self) -> bool:
        return is_worrying(self.morning_pain, self.new_warning)

    @property
    def places_words(self) -> str:
        return ", ".join(str(self.Place(place).label) for place in self.places)
