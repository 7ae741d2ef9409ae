"""What one patient said over some weeks, against what was planned: the charts and their tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from clinic.models import Patient
from programs.models import Session
from programs.queries import planned_days
from progress.models import DailyCheck
from progress.rules.charts import Week
from progress.rules.state import (
    CheckFact,
    Counts,
    SessionFact,
    count_sessions,
    outcome_by_day,
    pain_by_day,
)


@dataclass(frozen=True)
class History:
    """Whole weeks, from a Monday to today."""

    first: date
    last: date
    pain: Mapping[date, int]
    weeks: tuple[Week, ...]
    sessions: Counts

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def first_day(today: date, weeks: int) -> date:
    """The Monday that many weeks back, this week included."""
    return today - timedelta(days=today.weekday() + 7 * (weeks - 1))


def history_of(patient: Patient, *, today: date, weeks: int) -> History:
    """Read and put together; four queries."""
    first = first_day(today, weeks)
    return history(
        sessions_since(patient, first),
        checks_since(patient, first),
        planned_days([patient.pk], first, today).get(patient.pk, set()),
        first=first,
        today=today,
    )


def history(
    sessions: Iterable[Session],
    checks: Iterable[DailyCheck],
    planned: set[date],
    *,
    first: date,
    today: date,
) -> History:
    """Put rows together, newest first as they were read; runs no query."""
    said = outcome_by_day(SessionFact(row.planned_on, row.outcome) for row in sessions if counts(row))
    newest_last = sorted((row for row in checks if counts(row)), key=lambda row: row.received_at)
    mondays = [first + timedelta(days=offset) for offset in range(0, (today - first).days + 1, 7)]

    def within(start: date, end: date) -> Counts:
        return count_sessions(said, planned, first=start, last=end, today=today)

    return History(
        first=first,
        last=today,
        pain=pain_by_day(CheckFact(row.on, row.morning_pain) for row in newest_last),
        weeks=tuple(Week(monday, within(monday, monday + timedelta(days=6))) for monday in mondays),
        sessions=within(first, today),
    )


def counts(row: Session | DailyCheck) -> bool:
    """Whether it says something now: not a conflicting copy, and not corrected by a later row."""
    return row.conflicts_with_id is None and not row.is_corrected


def sessions_since(
    patient: Patient, first: date, *, or_received_after: datetime | None = None
) -> list[Session]:
    """Newest day first, each with `is_corrected`. Corrected rows and conflicting copies do not count."""
    rows = patient.sessions.filter(Q(planned_on__gte=first) | _later(or_received_after))
    return _marked(rows.order_by("-planned_on", "-received_at"))


def checks_since(
    patient: Patient, first: date, *, or_received_after: datetime | None = None
) -> list[DailyCheck]:
    """The same for daily checks."""
    rows = patient.checks.filter(Q(on__gte=first) | _later(or_received_after))
    return _marked(rows.order_by("-on", "-received_at"))


def _later(moment: datetime | None) -> Q:
    return Q(received_at__gt=moment) if moment else Q()


def _marked(rows: Iterable[Any]) -> list[Any]:
    found = list(rows)
    corrected = {row.corrects_id for row in found}
    for row in found:
        row.is_corrected = row.pk in corrected
    return found
