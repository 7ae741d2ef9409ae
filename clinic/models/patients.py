"""Patients, their invitations and consents."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from clinic.models.people import CareRelationship, Clinic, Membership
from clinic.validators import plain_line, time_zone_name

if TYPE_CHECKING:
    from clinic.models.people import User


def new_key() -> uuid.UUID:
    """A time-ordered key, so that indexes stay compact."""
    return uuid7()


class PatientQuerySet(models.QuerySet):
    """Who sees whom. Nothing else in the project decides it."""

    def of_user(self, user: "User") -> Self:
        return self.filter(user=user)

    def in_care_of(self, user: "User") -> Self:
        """Patients in this practitioner's open care or cover, while they practice in the patient's clinic."""
        care = CareRelationship.objects.current().filter(practitioner=user, patient=OuterRef("pk"))
        practicing = Membership.objects.current().filter(
            user=user, role=Membership.Role.PRACTITIONER, clinic=OuterRef("clinic_id")
        )
        return self.filter(Exists(care), Exists(practicing))

    def administered_by(self, user: "User") -> Self:
        """Patients of the clinics this person administers: names and addresses, never the record."""
        admin = Membership.objects.current().filter(
            user=user, role=Membership.Role.ADMIN, clinic=OuterRef("clinic_id")
        )
        return self.filter(Exists(admin))

    def visible_to(self, user: "User") -> Self:
        """Patients whose record this person may read: themself, or those in their care now."""
        return self.filter(
            Q(pk__in=self.model.objects.of_user(user).values("pk"))
            | Q(pk__in=self.model.objects.in_care_of(user).values("pk"))
        )


class Patient(models.Model):
    """A person treated at one clinic. `user` is empty until the invitation is accepted."""

    class Closed(models.TextChoices):
        """How much of the program stands behind a card until a clinician has looked."""

        IMPACT = "impact", _("No running or jumping")
        PROGRAM = "program", _("The whole program")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="patients")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="patients"
    )
    name = models.CharField(_("name"), max_length=120, validators=[plain_line])
    email = models.EmailField(_("email address"), max_length=254, validators=[plain_line])
    birth_date = models.DateField(
        _("date of birth"), help_text=_("Asked once more when they accept the invitation.")
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[time_zone_name])
    consented_version = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    # Set by the room that shows the cards; the patient's door and the plan ask it.
    closed = models.CharField(max_length=8, choices=Closed.choices, blank=True, editable=False)
    # Raised by every audited write about this patient; derived rows and ETags compare with it.
    facts_version = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "user"], name="one_patient_per_account_and_clinic"),
            models.UniqueConstraint("clinic", Lower("email"), name="one_patient_per_email_and_clinic"),
            models.CheckConstraint(
                condition=Q(birth_date__gte="1900-01-01", birth_date__lte="2100-01-01"),
                name="birth_date_is_plausible",
            ),
            models.CheckConstraint(condition=Q(closed__in=["", "impact", "program"]), name="closed_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def program_is_closed(self) -> bool:
        return self.closed == self.Closed.PROGRAM

    @property
    def impact_is_closed(self) -> bool:
        return bool(self.closed)

    @property
    def mail_address(self) -> str:
        """Where mail goes: the address they sign in with (they may change it), until then the invited one."""
        return self.user.email if self.user else self.email


class Consent(models.Model):
    """What a patient agreed to, and when. Appended; the newest row counts."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="consents")
    version = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient", "version"], name="one_consent_per_version")]

    def __str__(self) -> str:
        return f"{self.patient_id} v{self.version}"


class InvitationQuerySet(models.QuerySet):
    def pending(self) -> Self:
        """Neither used nor taken back; it may be too late for it."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def open(self, now: datetime) -> Self:
        return self.pending().filter(expires_at__gt=now, wrong_answers__lt=self.model.TRIES)

    def of_token(self, token: str) -> Self:
        """The invitation this link is for; empty when the link was not made here."""
        try:
            return self.filter(pk=signing.Signer(salt="invitation").unsign(token))
        except (signing.BadSignature, ValidationError, UnicodeError):
            return self.none()


class Invitation(models.Model):
    """One emailed way in: single use, expiring, void when revoked, resent or the address changes.

    The link's token is signed from this row's id when the mail is rendered, so the database holds nothing
    that would let a reader of it in.
    """

    TRIES = 5  # answers to the question for the date of birth

    class State(models.TextChoices):
        OPEN = "open", _("Sent, not used yet")
        ACCEPTED = "accepted", _("Accepted")
        EXPIRED = "expired", _("Expired")
        REVOKED = "revoked", _("Taken back")
        LOCKED = "locked", _("Closed after too many wrong dates of birth")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    wrong_answers = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_pending_invitation_per_patient",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="invitation_revoked_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="not_accepted_and_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} {self.sent_at:%Y-%m-%d}"

    @property
    def token(self) -> str:
        return signing.Signer(salt="invitation").sign(str(self.pk))

    def state_at(self, now: datetime) -> State:
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        if self.wrong_answers >= self.TRIES:
            return self.State.LOCKED
        return self.State.OPEN if self.expires_at > now else self.State.EXPIRED
