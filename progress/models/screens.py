"""Red-flag screens and what became of them. Both are appended: an answer is never changed, hidden or closed by itself."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models import Patient
from clinic.models.patients import new_key
from progress.rules.red_flags import (
    Card,
    Closes,
    Item,
    cards_of,
    flagged,
    is_all_clear,
    unanswered,
)


class ScreenQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """With something flagged, and not cleared by a clinician: the urgent list."""
        cleared = ScreenEvent.objects.filter(screen=OuterRef("pk"), kind=ScreenEvent.Kind.CLEARED)
        return self.exclude(level="").filter(~Exists(cleared))


class Screen(models.Model):
    """One answered screen. `answers` holds what was answered and nothing else: {"E1": "no", …}.

    `level` and `closes` are what the rules made of it then; `wording` says in which words it was asked. `phone` is
    where the patient can be called.
    """

    class Level(models.TextChoices):
        EMERGENCY = "E", _("Emergency")
        SAME_DAY = "U", _("Same day")
        SOON = "W", _("Within 2 working days")

    class Why(models.TextChoices):
        START = "start", _("Before the program starts")
        WARNING = "warning", _("After something new that worries")
        PAIN = "pain", _("After pain of 8 or more")
        WEEKLY = "weekly", _("Once a week")
        ASKED = "asked", _("Opened by the patient")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="screens", db_index=False)
    client_id = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    wording = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=8, choices=Why.choices)
    answers = models.JSONField()
    phone = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=1, choices=Level.choices, blank=True)
    closes = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Closes if c], blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    conflicts_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="conflicts")

    objects = ScreenQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "client_id"],
                condition=Q(conflicts_with__isnull=True),
                name="one_screen_per_client_id",
            ),
            models.UniqueConstraint(
                fields=["patient", "client_id", "content_hash"], name="one_screen_per_content"
            ),
            models.CheckConstraint(condition=Q(level__in=["", "E", "U", "W"]), name="screen_level_known"),
            models.CheckConstraint(
                condition=Q(level__in=["E", "U"], closes="program")
                | Q(level="W", closes__in=["", "impact"])
                | Q(level="", closes=""),
                name="screen_closes_what_its_level_asks",
            ),
        ]
        indexes = [
            # When somebody was asked last, and what waits on the urgent list.
            models.Index(fields=["patient", "-received_at"], name="screens_by_patient"),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} {self.level or 'clear'}"

    @property
    def flagged(self) -> tuple[Item, ...]:
        return flagged(self.answers)

    @property
    def cards(self) -> tuple[Card, ...]:
        return cards_of(self.flagged)

    @property
    def unanswered(self) -> tuple[str, ...]:
        return unanswered(self.answers)

    @property
    def is_all_clear(self) -> bool:
        return is_all_clear(self.answers)


class ScreenEvent(models.Model):
    """Something happened about a screen: staff were told, opened it, cleared it; or the patient has called.

    `by` is empty where the system acted. Each is noted once: opening once per person.
    """

    class Kind(models.TextChoices):
        TOLD = "told", _("The care team was told")
        TOLD_AGAIN = "told_again", _("Told again, and the clinic's admins too")
        CALLED = "called", _("The patient says they have called")
        OPENED = "opened", _("Opened")
        CLEARED = "cleared", _("Cleared")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    screen = models.ForeignKey(Screen, models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=1000, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["screen", "kind"], condition=~Q(kind="opened"), name="one_screen_event_of_a_kind"
            ),
            models.UniqueConstraint(
                fields=["screen", "by"], condition=Q(kind="opened"), name="one_opening_per_person"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["told", "told_again"], by__isnull=True)
                | Q(kind__in=["called", "opened", "cleared"], by__isnull=False),
                name="screen_event_has_its_person",
            ),
            models.CheckConstraint(
                condition=(Q(kind="cleared") & ~Q(note="")) | (~Q(kind="cleared") & Q(note="")),
                name="clearing_needs_a_note",
            ),
        ]
        indexes = [models.Index(fields=["screen", "kind"], name="events_by_screen")]  # what became of each

    def __str__(self) -> str:
        return f"{self.screen_id} {self.kind}"
