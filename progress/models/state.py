"""One derived row per patient, read by the caseload; always rebuildable from the facts."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from clinic.models import Patient
from clinic.models.patients import new_key


class PatientState(models.Model):
    """How it stands, as of a local day and a facts version. Stale when either is behind: then recomputed.

    Counts cover the last 14 local days; today counts as planned once something was said of it.
    `sessions_unknown` are planned days without any word from the patient: they are neither done nor missed.
    Done, partly and skipped count what was said of any day, so a session moved to the next day is still one
    session. Pain means are of morning pain, 0 to 10; empty means nothing was logged.
    """

    patient = models.OneToOneField(Patient, models.PROTECT, primary_key=True, related_name="state")
    as_of = models.DateField()
    facts_version = models.PositiveBigIntegerField()
    plan_name = models.CharField(max_length=120, blank=True)
    phase_name = models.CharField(max_length=80, blank=True)
    phase_position = models.PositiveSmallIntegerField(null=True)
    phase_count = models.PositiveSmallIntegerField(null=True)
    sessions_planned = models.PositiveSmallIntegerField(default=0)
    sessions_done = models.PositiveSmallIntegerField(default=0)
    sessions_partly = models.PositiveSmallIntegerField(default=0)
    sessions_skipped = models.PositiveSmallIntegerField(default=0)
    sessions_unknown = models.PositiveSmallIntegerField(default=0)
    pain_mean_7d = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    pain_mean_before = models.DecimalField(
        max_digits=3, decimal_places=1, null=True
    )  # the 7 days before those
    pain_days_7d = models.PositiveSmallIntegerField(default=0)
    pain_days_before = models.PositiveSmallIntegerField(default=0)
    last_contact_at = models.DateTimeField(null=True)
    unread_checks = models.PositiveSmallIntegerField(default=0)
    unread_questions = models.PositiveSmallIntegerField(default=0)  # about passages of modules
    worry_open = models.BooleanField(
        default=False
    )  # something unread is worrying: a new sign, or pain of 8 or more
    modules_unread = models.PositiveSmallIntegerField(default=0)
    attention = models.PositiveSmallIntegerField(
        default=0
    )  # progress.rules.state.Attention: the highest reason

    class Meta:
        indexes = [
            models.Index(fields=["as_of"], name="states_by_day")
        ]  # the sweep's question: whose window slid

    def __str__(self) -> str:
        return f"{self.patient_id} as of {self.as_of}"


class SeenMark(models.Model):
    """A practitioner has read everything this patient sent up to a moment. Appended."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="seen_marks", db_index=False)
    up_to = models.DateTimeField()
    seen_at = models.DateTimeField(default=timezone.now)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["patient", "-up_to"], name="seen_by_patient")]  # what is still unread

    def __str__(self) -> str:
        return f"{self.patient_id} up to {self.up_to}"
