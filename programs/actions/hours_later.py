"""Store how it was an hour after a session: once per id, each change of mind as a new row."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from clinic import audit
from clinic.models import Patient, User
from programs.models import HourLater, Session


def tell_hour_later(
    *, patient: Patient, session: Session, client_id: UUID, pain: int, by: User, now: datetime
) -> HourLater:
    """Insert first and look only on a clash: sent twice it is there already, else another answer came between."""
    for _attempt in range(2):
        try:
            return _append(patient, session, client_id=client_id, pain=pain, by=by, now=now)
        except IntegrityError:
            known = patient.hours_later.filter(client_id=client_id).first()
            if known:
                return known
    return _append(patient, session, client_id=client_id, pain=pain, by=by, now=now)


@transaction.atomic
def _append(
    patient: Patient, session: Session, *, client_id: UUID, pain: int, by: User, now: datetime
) -> HourLater:
    first = session.first_id or session.pk
    before = HourLater.objects.filter(session_id=first, correction__isnull=True).first()
    row = HourLater.objects.create(
        patient=patient, session_id=first, client_id=client_id, pain=pain, received_at=now, corrects=before
    )
    audit.record(by=by, verb="session.hour_later", patient=patient, subject=row)
    return row
