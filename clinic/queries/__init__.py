"""Reads that join several of this room's models. Nothing here writes."""

from clinic.queries.health import Readiness, readiness
from clinic.queries.invitations import (
    invitation_mail,
    invitation_of_token,
    invitation_still_wanted,
    newest_invitation,
    pending_invitation,
)
from clinic.queries.manage import (
    Health,
    audit_of,
    care_of,
    clinics_by_slug,
    health_of,
    patients_of,
    practitioners_without,
    staff_of,
    time_zones,
    troubled_mail_of,
)
from clinic.queries.sign_in import NOBODY, code_still_wanted

__all__ = [
    "NOBODY",
    "Health",
    "Readiness",
    "audit_of",
    "care_of",
    "clinics_by_slug",
    "code_still_wanted",
    "health_of",
    "invitation_mail",
    "invitation_of_token",
    "invitation_still_wanted",
    "newest_invitation",
    "patients_of",
    "pending_invitation",
    "practitioners_without",
    "readiness",
    "staff_of",
    "time_zones",
    "troubled_mail_of",
]
