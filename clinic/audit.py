"""The log: one row per write, written inside the action's transaction, and one row per record opened by staff."""

import uuid

from django.db.models import F, Model

from clinic.models import AccessEvent, AuditEvent, Patient, User


def record(
    *,
    by: User | None,
    verb: str,
    patient: Patient | None = None,
    subject: Model | None = None,
    **detail: str | int | bool | None,
) -> AuditEvent:
    """Append an audit row and raise the patient's facts version. `by` is empty when the system acted by itself.

    `detail` takes ids, codes and numbers: no names, no addresses, no words about health.
    """
    if patient is not None:
        Patient.objects.filter(pk=patient.pk).update(facts_version=F("facts_version") + 1)
    return AuditEvent.objects.create(
        actor=by,
        verb=verb,
        patient=patient,
        subject=f"{subject._meta.label_lower}:{subject.pk}" if subject is not None else "",
        detail=detail,
    )


def record_access(*, by: User, patient: Patient, route: str, request_id: uuid.UUID) -> AccessEvent:
    """Note that a member of staff opened a page about this patient. Called by the door, never by a view."""
    return AccessEvent.objects.create(actor=by, patient=patient, route=route, request_id=request_id)
