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
from clinic.queries.safety import (
    hours_history,
    open_safety_proposal,
    safety_history,
    second_look_mail,
    second_look_still_wanted,
    second_people,
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
    "hours_history",
    "invitation_mail",
    "invitation_of_token",
    "invitation_still_wanted",
    "newest_invitation",
    "open_safety_proposal",
    "patients_of",
    "pending_invitation",
    "practitioners_without",
    "readiness",
    "safety_history",
    "second_look_mail",
    "second_look_still_wanted",
    "second_people",
    "staff_of",
    "time_zones",
    "troubled_mail_of",
]
