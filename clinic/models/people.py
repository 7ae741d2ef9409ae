"""Accounts, clinics, staff memberships and care relationships."""

from typing import Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.rules.hours import Hours, usual
from clinic.validators import plain_line, plain_text, time_zone_name


class UserManager(BaseUserManager["User"]):
    """Accounts by email; nobody has a password (codes, passkeys and second factors are allauth's)."""

    def create_user(self, email: str, name: str = "", **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, name: str = "", password: str | None = None, **fields: object
    ) -> "User":
        return self.create_user(email, name, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in. What they may see is said by memberships and care, never by this row."""

    email = models.EmailField(_("email address"), max_length=254, unique=True, validators=[plain_line])
    name = models.CharField(_("name"), max_length=120, blank=True, validators=[plain_line])
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may open the operator's admin"), default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


class Clinic(models.Model):
    """One clinic of the deployment. `mail_name` is what mails may show: it must not name a condition."""

    name = models.CharField(_("name"), max_length=120, validators=[plain_line])
    mail_name = models.CharField(_("name shown in mail"), max_length=60, validators=[plain_line])
    slug = models.SlugField(unique=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[time_zone_name])
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[plain_line])
    emergency_number = models.CharField(
        _("emergency number"), max_length=20, default="112", validators=[plain_line]
    )
    # Copies of what two people confirmed last (SafetyWords), and of the newest ClinicHours.
    urgent_line = models.CharField(_("urgent care line"), max_length=40, blank=True, validators=[plain_line])
    crisis_line = models.CharField(_("crisis line"), max_length=40, blank=True, validators=[plain_line])
    crisis_text = models.CharField(_("crisis text"), max_length=600, blank=True, validators=[plain_text])
    hours = models.JSONField(default=usual)
    consent_version = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def open_hours(self) -> Hours:
        return Hours.of(self.hours, self.time_zone)


class Open(models.QuerySet):
    """Rows that run from a start to an end, empty end meaning still open."""

    def current(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Membership(models.Model):
    """A person's role in a clinic, from–until; ended rows stay."""

    class Role(models.TextChoices):
        PRACTITIONER = "practitioner", _("Practitioner")
        ADMIN = "clinic_admin", _("Clinic admin")
        EDITOR = "editor", _("Editor")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Open.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "clinic", "role"],
                condition=Q(ended_at__isnull=True),
                name="one_open_membership_per_role",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="membership_ended_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["practitioner", "clinic_admin", "editor"]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.clinic}"


class CareRelationship(models.Model):
    """A practitioner looks after a patient, from–until. The only thing that opens a patient's record to staff."""

    class Kind(models.TextChoices):
        CARE = "care", _("In care")
        COVER = "cover", _("Holiday cover")

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="care")
    practitioner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="care")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CARE)
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Open.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "practitioner"],
                condition=Q(ended_at__isnull=True),
                name="one_open_care_per_practitioner",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="care_ended_at_and_by_together",
            ),
        ]
        indexes = [
            # Who is in this practitioner's care now: asked by every staff page.
            models.Index(
                fields=["practitioner", "patient"],
                condition=Q(ended_at__isnull=True),
                name="open_care_by_practitioner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} with {self.practitioner_id}"
