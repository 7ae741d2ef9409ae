"""Pages of the lowest room."""

from clinic.views.consent import consent
from clinic.views.errors import bad_request, csrf_failure, not_allowed, not_found
from clinic.views.health import healthz, readyz
from clinic.views.home import closed, home, nobody
from clinic.views.invitations import invitation, invite_patient, patient_invitation
from clinic.views.manage import (
    manage,
    manage_add_member,
    manage_audit,
    manage_end_care,
    manage_end_member,
    manage_mail,
    manage_patient,
    manage_patients,
)
from clinic.views.phone import manifest, offline, service_worker
from clinic.views.safety import manage_safety

__all__ = [
    "bad_request",
    "closed",
    "consent",
    "csrf_failure",
    "healthz",
    "home",
    "invitation",
    "invite_patient",
    "manage",
    "manage_add_member",
    "manage_audit",
    "manage_end_care",
    "manage_end_member",
    "manage_mail",
    "manage_patient",
    "manage_patients",
    "manage_safety",
    "manifest",
    "nobody",
    "not_allowed",
    "not_found",
    "offline",
    "patient_invitation",
    "readyz",
    "service_worker",
]
