"""Who looks after whom, and from when to when: the only thing that opens a patient's record to staff."""

from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.models import CareRelationship, Membership, Patient, User

Kind = CareRelationship.Kind


class NotAPractitionerHere(Exception):
    """Care can only be given to somebody who practices in the patient's clinic now."""


@transaction.atomic
def start_care(
    *, patient: Patient, practitioner: User, kind: str = Kind.CARE, by: User | None
) -> CareRelationship:
    """Put the patient in this practitioner's care; the open row when there is one already."""
    practices_here = Membership.objects.current().filter(
        user=practitioner, clinic=patient.clinic_id, role=Membership.Role.PRACTITIONER
    )
    if not practices_here.exists():
        raise NotAPractitionerHere
    care, created = CareRelationship.objects.get_or_create(
        patient=patient,
        practitioner=practitioner,
        ended_at=None,
        defaults={"kind": kind, "started_by": by or practitioner},
    )
    if created:
        audit.record(
            by=by,
            verb="care.started",
            patient=patient,
            subject=care,
            practitioner=practitioner.pk,
            kind=str(kind),
        )
    return care


@transaction.atomic
def end_care(*, care: CareRelationship, by: User) -> CareRelationship:
    now = timezone.now()
    if CareRelationship.objects.current().filter(pk=care.pk).update(ended_at=now, ended_by=by):
        audit.record(by=by, verb="care.ended", patient=care.patient, subject=care)
    care.refresh_from_db()
    return care
