"""Clinics, people, who cares for whom, audit and mail."""

from clinic.models.audit import AccessEvent, AuditEvent
from clinic.models.mail import OutgoingMail
from clinic.models.operations import Heartbeat
from clinic.models.patients import Consent, Invitation, Patient
from clinic.models.people import CareRelationship, Clinic, Membership, User
from clinic.models.safety import ClinicHours, SafetyWords

__all__ = [
    "AccessEvent",
    "AuditEvent",
    "CareRelationship",
    "Clinic",
    "ClinicHours",
    "Consent",
    "Heartbeat",
    "Invitation",
    "Membership",
    "OutgoingMail",
    "Patient",
    "SafetyWords",
    "User",
]
