"""Reads of a patient's assessments. Callers pass the patient they may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from clinic.models import Patient
from programs.models import Assessment
from programs.rules.assessment import Answers


@dataclass(frozen=True)
class Known:
    """All assessments of a patient that count, oldest first."""

    rows: tuple[Assessment, ...]

    @property
    def newest(self) -> Assessment | None:
        return self.rows[-1] if self.rows else None

    def before(self, row: Assessment) -> tuple[Assessment, ...]:
        """Those that came before one of them."""
        return self.rows[: self.rows.index(row)]

    @property
    def answers(self) -> Answers:
        """What is known now: of each thing its newest answer."""
        return merged(self.rows)

    @property
    def answered_on(self) -> dict[tuple[str, str], date]:
        """From which day each newest answer is."""
        return {
            (key, place): row.assessed_on
            for row in self.rows
            for key, said in row.answers.items()
            for place in said
        }

    @property
    def verdicts(self) -> dict[str, tuple[str, Assessment]]:
        """The newest word on each contributor, and the assessment it was about."""
        said = [(verdict, row) for row in self.rows for verdict in row.verdicts.all()]
        said.sort(key=lambda pair: pair[0].decided_at)
        return {verdict.contributor: (verdict.answer, row) for verdict, row in said}


def known_of(patient: Patient) -> Known:
    """Two queries for any number of assessments."""
    rows = patient.assessments.standing().select_related("made_by").prefetch_related("verdicts__decided_by")
    return Known(tuple(rows.order_by("assessed_on", "made_at")))


def assessment_of(patient: Patient, key: UUID) -> Assessment | None:
    """One of this patient's assessments, also one that was corrected."""
    return patient.assessments.select_related("made_by", "corrects").filter(pk=key).first()


def merged(rows: Iterable[Assessment]) -> Answers:
    """Rows laid over each other: of each thing and side the last row's answer counts."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        for key, said in row.answers.items():
            found[key] = {**found.get(key, {}), **said}
    return found


def baseline(rows: Iterable[Assessment]) -> Answers:
    """Of each thing and side the first row's answer."""
    return merged(reversed(list(rows)))
