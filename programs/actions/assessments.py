"""Store assessments and what a clinician says about them. Nothing is overwritten."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from clinic import audit
from clinic.models import Patient, User
from programs.models import Assessment, Verdict
from programs.rules.assessment import CONTRIBUTORS, VERSION, Answers, checked


class AssessmentAlreadyCorrected(Exception):
    """Somebody else corrected the same row first. `correction` is theirs."""

    def __init__(self, correction: Assessment) -> None:
        super().__init__(f"assessment {correction.corrects_id} is corrected")
        self.correction = correction


def assess(
    *,
    patient: Patient,
    client_id: UUID,
    mode: str,
    answers: Answers,
    assessed_on: date,
    by: User,
    corrects: Assessment | None = None,
) -> Assessment:
    """Append an assessment; sent twice with the same `client_id`, it is stored once.

    Raises UnreadableAnswers when they don't fit the catalogue.
    """
    checked(answers)
    known = patient.assessments.filter(client_id=client_id).first()
    if known:
        return known
    try:
        with transaction.atomic():
            row = Assessment.objects.create(
                patient=patient, client_id=client_id, mode=mode, answers=answers, assessed_on=assessed_on,
                catalogue=VERSION, corrects=corrects, made_by=by,
            )  # fmt: skip
            audit.record(
                by=by, verb="assessment.made", patient=patient, subject=row, mode=mode, answers=len(answers)
            )
    except IntegrityError:
        return _made_meanwhile(patient, client_id, corrects)
    return row


def _made_meanwhile(patient: Patient, client_id: UUID, corrects: Assessment | None) -> Assessment:
    known = patient.assessments.filter(client_id=client_id).first()
    if known:
        return known
    other = patient.assessments.filter(corrects=corrects).first() if corrects else None
    if other is None:
        raise RuntimeError("the assessment clashed with nothing")
    raise AssessmentAlreadyCorrected(other)


@transaction.atomic
def decide_findings(*, assessment: Assessment, answers: Mapping[str, str], by: User) -> list[Verdict]:
    """Append a verdict for each contributor whose answer is new; those that say the same stay as they are."""
    Patient.objects.select_for_update(no_key=True).get(pk=assessment.patient_id)
    standing = {row.contributor: row.answer for row in assessment.verdicts.order_by("decided_at")}
    rows = [
        Verdict(assessment=assessment, contributor=key, answer=answer, decided_by=by)
        for key, answer in answers.items()
        if key in CONTRIBUTORS and standing.get(key) != answer
    ]
    Verdict.objects.bulk_create(rows)
    if rows:
        audit.record(
            by=by, verb="findings.decided", patient=assessment.patient, subject=assessment, verdicts=len(rows)
        )
    return rows
