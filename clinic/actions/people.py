"""Clinics and their staff."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone

from clinic import audit
from clinic.models import CareRelationship, Clinic, Membership, User

EDITORS = "Editors"  # the group that may use the content editor
Role = Membership.Role


class LastAdmin(Exception):
    """A clinic keeps at least one admin: somebody has to be able to let people in."""


class BelongsElsewhere(Exception):
    """The address is somebody's who is known to another clinic: only an operator may give them a role here."""


@transaction.atomic
def add_clinic(
    *,
    name: str,
    mail_name: str,
    slug: str,
    time_zone: str,
    phone: str = "",
    emergency_number: str = "112",
    by: User | None,
) -> Clinic:
    clinic = Clinic.objects.create(
        name=name, mail_name=mail_name, slug=slug, time_zone=time_zone, phone=phone,
        emergency_number=emergency_number,
    )  # fmt: skip
    audit.record(by=by, verb="clinic.added", subject=clinic)
    return clinic


@transaction.atomic
def add_member(*, clinic: Clinic, email: str, name: str, role: str, by: User | None) -> Membership:
    """Give a person a role in the clinic, with an account when they have none. Twice is the same as once.

    A role asks for a second factor and signs its bearer out. So one clinic's admin may not give it to another
    clinic's people, and is not told who they are: that takes an operator (`by` a superuser, or empty).
    """
    if by and not by.is_superuser and _is_known_only_elsewhere(email, clinic):
        raise BelongsElsewhere
    user = account_for(email=email, name=name)
    newly_staff = not Membership.objects.current().filter(user=user).exists()
    membership, created = Membership.objects.get_or_create(user=user, clinic=clinic, role=role, ended_at=None)
    if not created:
        return membership
    if newly_staff:
        end_sessions(user=user)  # what is open was opened without a second factor
    if role == Role.EDITOR:
        user.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    audit.record(by=by, verb="member.added", subject=membership, role=str(role), clinic=clinic.pk)
    return membership


def _is_known_only_elsewhere(email: str, clinic: Clinic) -> bool:
    user = _owner_of(email.strip())
    if (
        user is None
        or user.memberships.filter(clinic=clinic).exists()
        or user.patients.filter(clinic=clinic).exists()
    ):
        return False
    return user.memberships.exists() or user.patients.exists()


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> Membership:
    """Take the role away, now: open sessions end, and care given under it closes."""
    # Two admins who end each other at the same moment wait for one another here.
    Clinic.objects.select_for_update().get(pk=membership.clinic_id)
    open_here = Membership.objects.current().filter(clinic=membership.clinic_id)
    if membership.role == Role.ADMIN and open_here.filter(role=Role.ADMIN).count() == 1:
        raise LastAdmin
    now = timezone.now()
    if open_here.filter(pk=membership.pk).update(ended_at=now, ended_by=by):
        _close_what_it_opened(membership, by=by)
        end_sessions(user=membership.user)
        audit.record(
            by=by, verb="member.ended", subject=membership, role=membership.role, clinic=membership.clinic_id
        )
    membership.refresh_from_db()
    return membership


def _close_what_it_opened(membership: Membership, *, by: User) -> None:
    if membership.role == Role.PRACTITIONER:
        open_care = CareRelationship.objects.current().filter(
            practitioner=membership.user_id, patient__clinic=membership.clinic_id
        )
        for care in open_care.select_related("patient"):
            CareRelationship.objects.filter(pk=care.pk).update(ended_at=timezone.now(), ended_by=by)
            audit.record(by=by, verb="care.ended", patient=care.patient, subject=care)
    still_editor = Membership.objects.current().filter(user=membership.user_id, role=Role.EDITOR).exists()
    if membership.role == Role.EDITOR and not still_editor:
        membership.user.groups.remove(*Group.objects.filter(name=EDITORS))


def account_for(*, email: str, name: str) -> User:
    """The account this address belongs to, made when there is none; the address counts as proven."""
    email = email.strip().lower()
    user = _owner_of(email)
    if user is None:
        try:
            with transaction.atomic():
                user = User.objects.create_user(email, name)
        except IntegrityError:  # another request made it just now
            user = User.objects.get(email=email)
    EmailAddress.objects.update_or_create(
        user=user,
        email=email,
        defaults={"verified": True},
        create_defaults={"verified": True, "primary": True},
    )
    return user


@transaction.atomic
def forget_second_factor(*, email: str, by: User | None) -> User | None:
    """Remove passkeys, app and recovery codes, and sign out everywhere; nothing when nobody has this address."""
    user = _owner_of(email)
    if user:
        Authenticator.objects.filter(user=user).delete()
        end_sessions(user=user)
        audit.record(by=by, verb="second_factor.forgotten", subject=user)
    return user


def _owner_of(email: str) -> User | None:
    proven = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    return proven.user if proven else User.objects.filter(email__iexact=email).first()


def end_sessions(*, user: User) -> None:
    """Sign this person out everywhere: a session is bound to the stored password, and an unusable one is random."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    UserSession.objects.filter(user=user).delete()
