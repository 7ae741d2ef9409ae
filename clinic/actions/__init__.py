"""Every write about people: clinics, members, care, invitations, consent, and the mail for signing in."""

from clinic.actions.care import NotAPractitionerHere, end_care, start_care
from clinic.actions.consent import OnlyThePatientAgrees, give_consent
from clinic.actions.invitations import (
    AccountClosed,
    AlreadyAccepted,
    AlreadyAPatientHere,
    EmailTaken,
    InvitationClosed,
    TooManyInvitations,
    WrongBirthDate,
    accept_invitation,
    change_patient_email,
    invite_patient,
    resend_invitation,
    revoke_invitation,
)
from clinic.actions.people import (
    BelongsElsewhere,
    LastAdmin,
    account_for,
    add_clinic,
    add_member,
    end_membership,
    forget_second_factor,
)
from clinic.actions.sign_in import post_account_notice, post_code, post_nothing

__all__ = [
    "AccountClosed",
    "AlreadyAPatientHere",
    "AlreadyAccepted",
    "BelongsElsewhere",
    "EmailTaken",
    "InvitationClosed",
    "LastAdmin",
    "NotAPractitionerHere",
    "OnlyThePatientAgrees",
    "TooManyInvitations",
    "WrongBirthDate",
    "accept_invitation",
    "account_for",
    "add_clinic",
    "add_member",
    "change_patient_email",
    "end_care",
    "end_membership",
    "forget_second_factor",
    "give_consent",
    "invite_patient",
    "post_account_notice",
    "post_code",
    "post_nothing",
    "resend_invitation",
    "revoke_invitation",
    "start_care",
]
