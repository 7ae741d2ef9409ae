"""Reads that join several of this room's models, and what its mails need when they are written."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from clinic.models import Invitation, OutgoingMail


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
