"""Keep the derived rows in step with the facts, and note what staff have read."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from clinic import audit
from clinic.models import Patient, User
from progress.models import PatientState, SeenMark
from progress.queries.evidence import Evidence, evidence_for_states, stale_patients
from progress.rules.state import figures

BATCH = 500
COLUMNS = [field.name for field in PatientState._meta.concrete_fields if not field.primary_key]


def refresh_states(*, patients: QuerySet[Patient] | None = None, now: datetime) -> int:
    """Recompute the rows that are stale, of these patients or of everyone; answers how many.

    No audit row: nothing new is said here, and the log would make the row stale again. A write that comes
    in between leaves the row stale, so the next reader recomputes it.
    """
    everyone = Patient.objects.all() if patients is None else patients
    stale = sorted(stale_patients(everyone, now).order_by().values_list("pk", flat=True))
    for start in range(0, len(stale), BATCH):
        _write(stale[start : start + BATCH], now)
    return len(stale)


def _write(ids: list[UUID], now: datetime) -> None:
    """One upsert in order of the ids, so that two refreshes never wait for each other in a circle."""
    PatientState.objects.bulk_create(
        [_row(evidence) for evidence in evidence_for_states(ids, now)],
        update_conflicts=True,
        unique_fields=["patient"],
        update_fields=COLUMNS,
    )


def _row(evidence: Evidence) -> PatientState:
    decided = asdict(figures(evidence.facts))
    counts = {f"sessions_{name}": count for name, count in decided.pop("sessions").items()}
    return PatientState(
        patient_id=evidence.patient_id,
        as_of=evidence.facts.today,
        facts_version=evidence.facts_version,
        **counts,
        **decided,
        **evidence.copied,
    )


@transaction.atomic
def mark_seen(*, patient: Patient, up_to: datetime, by: User) -> SeenMark:
    """Note that `by` has read what the patient sent up to a moment; what came later stays unread."""
    mark = SeenMark.objects.create(patient=patient, up_to=up_to, seen_by=by)
    audit.record(by=by, verb="patient.seen", patient=patient, subject=mark)
    return mark
