"""One patient's record as their clinician reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from clinic.models import AuditEvent, Invitation, Patient
from education.models import CheckAttempt, ReadingAssignment
from programs.models import Plan, Session
from programs.queries import PlanOnDay, open_plan, plan_on, planned_days
from progress.models import DailyCheck
from progress.queries.evidence import seen_up_to
from progress.queries.history import (
    History,
    checks_since,
    counts,
    first_day,
    history,
    sessions_since,
)
from progress.rules.state import SessionFact, is_worrying, outcome_by_day
from progress.rules.today import WeekDay, days_of

WEEKS = 12
DAYS_SHOWN = 14
CHECKS_SHOWN = 14
EVENTS_SHOWN = 50
INVITATION_TIMES = ("sent_at", "expires_at", "opened_at", "accepted_at", "revoked_at", "wrong_answers")
READING_COLUMNS = (
    "position", "assigned_at", "opened_at", "read_at", "understood_at", "why", "patient_id",
    "version__title", "version__number", "version__minutes",
)  # fmt: skip
LOGGED = ("session.logged", "check.logged")  # shown from the logs themselves


@dataclass(frozen=True)
class Invited:
    """How the newest invitation stands: open, expired, revoked, locked, accepted, or none was sent."""

    state: str
    sent_at: datetime | None = None
    expires_at: datetime | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True)
class Record:
    """Everything the patient page shows. `checks` and `sessions` are newest first."""

    today: date
    plan: PlanOnDay | None  # as it stands today
    open_plan: Plan | None  # also one that starts later
    seen_up_to: datetime
    invitation: Invited
    history: History
    fortnight: tuple[WeekDay, ...]
    sessions: tuple[Session, ...]
    checks: tuple[DailyCheck, ...]
    reading: tuple[ReadingAssignment, ...]
    events: tuple[AuditEvent, ...]

    @property
    def unread(self) -> list[DailyCheck | Session]:
        """What came in since a clinician last read, newest first."""
        rows = [row for row in (*self.checks, *self.sessions) if row.received_at > self.seen_up_to]
        return sorted(rows, key=lambda row: row.received_at, reverse=True)

    @property
    def worries(self) -> list[DailyCheck | Session]:
        return [row for row in self.unread if is_worry(row)]

    @property
    def newest_received_at(self) -> datetime:
        return self.unread[0].received_at

    @property
    def newest_checks(self) -> list[DailyCheck]:
        """The newest, and every one that is unread: nobody marks as read what the page did not show."""
        return [
            row for n, row in enumerate(self.checks) if n < CHECKS_SHOWN or row.received_at > self.seen_up_to
        ]


def is_worry(row: DailyCheck | Session) -> bool:
    if isinstance(row, DailyCheck):
        return row.is_worry
    return is_worrying(row.pain_during, None) or is_worrying(row.pain_after, None)


def record_of(patient: Patient, *, now: datetime, today: date) -> Record:
    """Ten queries, however much there is."""
    seen, invited = _standing(patient, now)
    first = first_day(today, WEEKS)
    sessions = sessions_since(patient, first, or_received_after=seen)
    checks = checks_since(patient, first, or_received_after=seen)
    planned = planned_days([patient.pk], first, today).get(patient.pk, set())
    said = outcome_by_day(SessionFact(row.planned_on, row.outcome) for row in sessions if counts(row))
    plan = plan_on(patient, today)
    fortnight = today - timedelta(days=DAYS_SHOWN - 1)
    return Record(
        today=today,
        plan=plan,
        open_plan=plan.plan if plan else open_plan(patient),
        seen_up_to=seen,
        invitation=invited,
        history=history(sessions, checks, planned, first=first, today=today),
        fortnight=days_of(fortnight, DAYS_SHOWN, today=today, said=said, is_planned=planned.__contains__),
        sessions=tuple(sessions),
        checks=tuple(checks),
        reading=tuple(map(_with_misconceptions, _reading(patient))),
        events=tuple(_events(patient)),
    )


def _standing(patient: Patient, now: datetime) -> tuple[datetime, Invited]:
    newest = Invitation.objects.filter(patient=OuterRef("pk")).order_by("-sent_at")
    columns = JSONObject(**{name: name for name in INVITATION_TIMES})
    row = Patient.objects.filter(pk=patient.pk).annotate(
        seen=seen_up_to(), invited=Subquery(newest.values(json=columns)[:1], output_field=JSONField())
    )
    seen, times = row.values_list("seen", "invited").get()
    return seen, _invited(times, now)


def _invited(times: Mapping[str, str | None] | None, now: datetime) -> Invited:
    if times is None:
        return Invited("none")
    at = {name: text and datetime.fromisoformat(text) for name, text in times.items() if name.endswith("_at")}
    state = Invitation(**at, wrong_answers=times["wrong_answers"]).state_at(now)
    return Invited(str(state), at["sent_at"], at["expires_at"], at["opened_at"])


def _reading(patient: Patient) -> QuerySet[ReadingAssignment]:
    """What was given, with every answer that was not right yet."""
    wrong = CheckAttempt.objects.filter(assignment=OuterRef("pk"), is_right=False).order_by("answered_at")
    readings = patient.reading.current().select_related("version").order_by("position", "assigned_at")
    return readings.annotate(
        misconceptions=ArraySubquery(wrong.values("misconception"))
    ).only(*READING_COLUMNS)  # fmt: skip


def _with_misconceptions(assignment: ReadingAssignment) -> ReadingAssignment:
    """Codes such as "band-is-muscle" read well enough as words; each is named once."""
    names = dict.fromkeys(code.replace("-", " ") for code in assignment.misconceptions if code)
    assignment.misconception_words = ", ".join(names)
    return assignment


def _events(patient: Patient) -> QuerySet[AuditEvent]:
    events = AuditEvent.objects.filter(patient=patient).exclude(verb__in=LOGGED)
    return events.select_related("actor").order_by("-at")[:EVENTS_SHOWN]
