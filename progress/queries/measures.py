"""A patient's measures: what is due, what was answered, what changed; and the same as evidence for many at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from clinic.models import Patient
from programs.models import PlanVersion
from programs.queries.assessments import known_of
from programs.rules.assessment import goals
from programs.rules.days import local_day
from progress.models import Activity, ActivityRating, DailyCheck, MeasureSheet
from progress.queries.evidence import COUNTS
from progress.rules.measures import (
    MEASURES,
    Course,
    Key,
    Line,
    SheetFact,
    Span,
    course_of,
    due,
    report,
)


@dataclass(frozen=True)
class Asked:
    """What the patient's page shows. `activities` are those still asked; `sheets` count and are oldest first."""

    due: frozenset[Key]
    activities: tuple[Activity, ...]
    sheets: tuple[MeasureSheet, ...]


def due_measures(patient: Patient, today: date) -> frozenset[Key]:
    """What is open today and not answered yet; two queries, for Today."""
    course = _course(patient)
    return _due(map(_fact, _sheets([patient.pk], since=_start(course))), course, today)


def asked_of(patient: Patient, today: date) -> Asked:
    """Six queries, however much there is."""
    course = _course(patient)
    rows = _sheets([patient.pk], since=_start(course))
    sheets = tuple(rows.prefetch_related("ratings__activity", "corrections"))
    return Asked(_due(map(_fact, sheets), course, today), tuple(patient.activities.open()), sheets)


def measure_lines(patient: Patient, today: date) -> tuple[Line, ...]:
    """One line per measure; three queries however much there is."""
    course = _course(patient)
    since = _start(course)
    mornings = DailyCheck.objects.filter(COUNTS, patient=patient, on__gte=since, morning_pain__isnull=False)
    told = dict(mornings.order_by("received_at").values_list("on", "morning_pain"))
    return report([_fact(row) for row in _sheets([patient.pk], since=since)], told, course, today)


def sheet_of(patient: Patient, key: UUID | None) -> MeasureSheet | None:
    """One of this patient's sheets that counts, by the id its page gave it; None for anybody else's."""
    return MeasureSheet.objects.filter(COUNTS, patient=patient, client_id=key).first() if key else None


def activities_for(patient: Patient, also: Iterable[UUID] = ()) -> tuple[Activity, ...]:
    """Those still asked, and these others of theirs: a page that was opened earlier may speak of them."""
    return tuple(patient.activities.filter(Q(end__isnull=True) | Q(pk__in=list(also))))


def goals_of(patient: Patient) -> list[str]:
    """The activities that were named at an examination, as a start for naming them."""
    return [goal["words"] for goal in goals(known_of(patient).answers)]


def all_sheets(patient: Patient) -> QuerySet[MeasureSheet]:
    """Every sheet, newest first, with its ratings; corrected ones and second copies among them."""
    return patient.measure_sheets.prefetch_related("ratings__activity", "corrections")


def facts_by_patient(patients: Sequence[UUID]) -> defaultdict[UUID, list[SheetFact]]:
    """What counts of each, oldest first; one query for any number of patients."""
    found: dict[UUID, list[SheetFact]] = defaultdict(list)
    for row in _sheets(patients):
        found[row.patient_id].append(_fact(row))
    return found


def _course(patient: Patient) -> Course | None:
    """The plans of this patient that follow on each other, with each change of phase."""
    versions = PlanVersion.objects.filter(plan__patient=patient).order_by(
        "plan__started_on", "plan", "number"
    )
    plans: dict[UUID, list[Mapping[str, Any]]] = defaultdict(list)
    for row in versions.values("plan", "plan__started_on", "plan__ended_at", "from_on", "phase_position"):
        plans[row["plan"]].append(row)
    return course_of(_span(rows, patient.time_zone) for rows in plans.values())


def _span(rows: list[Mapping[str, Any]], zone: str) -> Span:
    moved = tuple(b["from_on"] for a, b in pairwise(rows) if a["phase_position"] != b["phase_position"])
    ended_at = rows[0]["plan__ended_at"]
    return Span(rows[0]["plan__started_on"], ended_at and local_day(ended_at, zone), moved)


def _start(course: Course | None) -> date:
    return course.started_on if course else date.max - timedelta(days=1)


def _sheets(patients: Sequence[UUID], since: date = date.min) -> QuerySet[MeasureSheet]:
    ratings = ActivityRating.objects.filter(sheet=OuterRef("pk"))
    told = ArraySubquery(ratings.values(json=JSONObject(activity="activity_id", score="score")))
    rows = MeasureSheet.objects.filter(COUNTS, patient__in=patients, on__gte=since)
    return rows.annotate(rated=told).order_by("on", "received_at")


def _fact(row: MeasureSheet) -> SheetFact:
    return SheetFact(
        on=row.on, groc=row.groc, sane=row.sane, plan_done=row.plan_done, reasons=tuple(row.reasons),
        ratings={rating["activity"]: rating["score"] for rating in row.rated},
    )  # fmt: skip


def _due(facts: Iterable[SheetFact], course: Course | None, today: date) -> frozenset[Key]:
    told = list(facts)
    asked = (
        measure for measure in MEASURES.values() if measure.key is not Key.NPRS
    )  # the daily check asks it
    return frozenset(
        measure.key
        for measure in asked
        if due(measure, course, [fact.on for fact in told if fact.answers(measure.key)], today)
    )
