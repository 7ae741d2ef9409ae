"""Clinics, people, who cares for whom, audit and mail."""

from clinic.models.audit import AccessEvent, AuditEvent
from clinic.models.mail import OutgoingMail
from clinic.models.operations import Heartbeat
from clinic.models.patients import Consent, Invitation, Patient
from clinic.models.people import CareRelationship, Clinic, Membership, User

__all__ = [
    "AccessEvent",
    "AuditEvent",
    "CareRelationship",
    "Clinic",
    "Consent",
    "Heartbeat",
    "Invitation",
    "Membership",
    "OutgoingMail",
    "Patient",
    "User",
]
