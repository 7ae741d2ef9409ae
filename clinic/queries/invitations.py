"""Invitations: by link, by patient, and what their mail says."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from clinic.models import Invitation, OutgoingMail, Patient


def invitation_of_token(token: str) -> Invitation | None:
    return Invitation.objects.of_token(token).select_related("patient__clinic").first()


def pending_invitation(patient: Patient) -> Invitation | None:
    return Invitation.objects.pending().filter(patient=patient).first()


def newest_invitation(patient: Patient, now: datetime) -> tuple[Invitation, str] | None:
    """The last one sent, and how it stands."""
    newest = Invitation.objects.filter(patient=patient).order_by("-sent_at").first()
    return (newest, newest.state_at(now)) if newest else None


def invitation_still_wanted(row: OutgoingMail, now: datetime) -> str:
    """Nothing when the mail should go, else why not any more."""
    is_open = Invitation.objects.open(now).filter(pk=row.context["invitation"]).exists()
    return "" if is_open else "invitation closed"


def invitation_mail(row: OutgoingMail) -> dict[str, object]:
    invitation = Invitation.objects.select_related("patient__clinic").get(pk=row.context["invitation"])
    return {
        "first_name": invitation.patient.first_name,
        "clinic_name": invitation.patient.clinic.mail_name,
        "link": settings.SITE_URL + reverse("invitation", args=[invitation.token]),
        "days": (invitation.expires_at - invitation.sent_at).days,
    }
