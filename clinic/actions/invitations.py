"""One emailed way in: sent, sent again, taken back, used once."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from clinic import audit, mail
from clinic.actions.care import start_care
from clinic.actions.people import account_for
from clinic.models import Clinic, Invitation, Patient, User

OPEN_FOR = timedelta(days=7)
SENT_A_DAY = 5  # to one patient: a mailbox is not to be filled


class EmailTaken(Exception):
    """This clinic already has a patient with this address."""


class AlreadyAccepted(Exception):
    """The patient has signed in: there is nothing left to invite to."""


class TooManyInvitations(Exception):
    """Enough mails for one day."""


class InvitationClosed(Exception):
    """Used, expired, taken back, or out of tries; `invitation.state_at(now)` says which."""


class WrongBirthDate(Exception):
    """Not the date of birth the clinic has; `tries_left` may be 0."""

    def __init__(self, tries_left: int) -> None:
        super().__init__(tries_left)
        self.tries_left = tries_left


class AccountClosed(Exception):
    """The account with this address may not sign in."""


class AlreadyAPatientHere(Exception):
    """The account with this address is another patient of the same clinic."""


@transaction.atomic
def invite_patient(
    *,
    clinic: Clinic,
    name: str,
    email: str,
    birth_date: date,
    time_zone: str,
    by: User,
    now: datetime | None = None,
) -> Invitation:
    """Add the patient, in the care of who invites them, and send them their way in."""
    try:
        with transaction.atomic():
            patient = Patient.objects.create(
                clinic=clinic, name=name, email=email.strip().lower(), birth_date=birth_date,
                time_zone=time_zone, created_by=by,
            )  # fmt: skip
    except IntegrityError as error:
        raise EmailTaken from error
    start_care(patient=patient, practitioner=by, by=by)
    return _send(patient, verb="patient.invited", by=by, now=now or timezone.now())


@transaction.atomic
def resend_invitation(*, patient: Patient, by: User, now: datetime | None = None) -> Invitation:
    """Send a new link; the older one is void from now on."""
    now = now or timezone.now()
    patient = _still_invited(patient)
    if patient.invitations.filter(sent_at__gt=now - timedelta(days=1)).count() >= SENT_A_DAY:
        raise TooManyInvitations
    _void(patient, by=by, now=now)
    return _send(patient, verb="invitation.resent", by=by, now=now)


@transaction.atomic
def change_patient_email(*, patient: Patient, email: str, by: User, now: datetime | None = None) -> Patient:
    """Correct the address of somebody who has not come in yet. The link sent to the old address is void."""
    now = now or timezone.now()
    patient = _still_invited(patient)
    try:
        with transaction.atomic():
            Patient.objects.filter(pk=patient.pk).update(email=email.strip().lower())
    except IntegrityError as error:
        raise EmailTaken from error
    _void(patient, by=by, now=now)
    audit.record(by=by, verb="patient.address_changed", patient=patient, subject=patient)
    patient.refresh_from_db()
    return patient


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User, now: datetime | None = None) -> Invitation:
    """Take the link back, unless it was used first."""
    pending = Invitation.objects.pending().filter(pk=invitation.pk)
    if not pending.update(revoked_at=now or timezone.now(), revoked_by=by):
        raise InvitationClosed
    audit.record(by=by, verb="invitation.revoked", patient=invitation.patient, subject=invitation)
    invitation.refresh_from_db()
    return invitation


def accept_invitation(*, invitation: Invitation, birth_date: date, now: datetime) -> User:
    """Tie the patient to the account with the invited address: once, however many try at the same moment."""
    _count_an_answer(invitation, now=now)
    if birth_date != invitation.patient.birth_date:
        raise WrongBirthDate(_tries_left(invitation))
    return _accept(invitation, now=now)


def _count_an_answer(invitation: Invitation, *, now: datetime) -> None:
    """Count before comparing, and commit: many guesses at one moment still get five answers in all."""
    open_now = Invitation.objects.open(now).filter(pk=invitation.pk)
    if not open_now.update(wrong_answers=F("wrong_answers") + 1, opened_at=Coalesce("opened_at", Value(now))):
        raise InvitationClosed
    invitation.refresh_from_db(fields=["wrong_answers", "opened_at"])


def _tries_left(invitation: Invitation) -> int:
    left = max(0, Invitation.TRIES - invitation.wrong_answers)
    if left == 0:
        audit.record(by=None, verb="invitation.locked", patient=invitation.patient, subject=invitation)
    return left


@transaction.atomic
def _accept(invitation: Invitation, *, now: datetime) -> User:
    patient = invitation.patient
    user = account_for(email=invitation.email, name=patient.name)
    if not user.is_active:
        raise AccountClosed
    if Patient.objects.of_user(user).filter(clinic=patient.clinic_id).exclude(pk=patient.pk).exists():
        raise AlreadyAPatientHere
    # Win the row, then act.
    won = Invitation.objects.pending().filter(pk=invitation.pk, expires_at__gt=now)
    if not won.update(accepted_at=now, accepted_by=user, wrong_answers=F("wrong_answers") - 1):
        raise InvitationClosed
    Patient.objects.filter(pk=patient.pk, user__isnull=True).update(user=user)
    audit.record(by=user, verb="invitation.accepted", patient=patient, subject=invitation)
    invitation.refresh_from_db()
    return user


def _still_invited(patient: Patient) -> Patient:
    """Lock the patient, so that two people who resend at once make one open invitation."""
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    if patient.user_id:
        raise AlreadyAccepted
    return patient


def _void(patient: Patient, *, by: User, now: datetime) -> None:
    Invitation.objects.pending().filter(patient=patient).update(revoked_at=now, revoked_by=by)


def _send(patient: Patient, *, verb: str, by: User, now: datetime) -> Invitation:
    invitation = Invitation.objects.create(
        patient=patient, email=patient.email, sent_at=now, sent_by=by, expires_at=now + OPEN_FOR
    )
    audit.record(by=by, verb=verb, patient=patient, subject=invitation)
    mail.post(
        kind="invitation",
        key=f"invitation:{invitation.pk}",
        to=patient.email,
        context={"invitation": str(invitation.pk)},
        clinic=patient.clinic,
        patient=patient,
        due_at=now,
        not_after=invitation.expires_at,
    )
    return invitation
