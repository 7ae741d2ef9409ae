"""What a patient agrees to before anything about them is shown or stored."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clinic import audit
from clinic.models import Consent, Patient, User


class OnlyThePatientAgrees(PermissionDenied):
    """Nobody agrees for somebody else."""


@transaction.atomic
def give_consent(*, patient: Patient, by: User) -> Consent:
    """Note that the patient agreed to the clinic's current text. Twice is the same as once."""
    if patient.user_id != by.pk:
        raise OnlyThePatientAgrees
    version = patient.clinic.consent_version
    consent, created = Consent.objects.get_or_create(
        patient=patient, version=version, defaults={"given_by": by}
    )
    Patient.objects.filter(pk=patient.pk).update(consented_version=version)
    patient.consented_version = version
    if created:
        audit.record(by=by, verb="consent.given", patient=patient, subject=consent, version=version)
    return consent
