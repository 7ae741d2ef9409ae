"""One patient's record as their clinician reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from clinic.models import AuditEvent, Invitation, Patient
from programs.models import Plan, Session
from programs.queries import PlanOnDay, open_plan, plan_on, planned_days
from progress.models import DailyCheck
from progress.queries.evidence import seen_up_to
from progress.queries.heard import Heard, Reading, heard_in, readings_of
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
    reading: tuple[Reading, ...]
    heard: tuple[Heard, ...]  # also from modules that were withdrawn since
    events: tuple[AuditEvent, ...]

    @property
    def unread(self) -> list[DailyCheck | Session | Heard]:
        """What came in since a clinician last read, newest first."""
        rows = [
            row for row in (*self.checks, *self.sessions, *self.heard) if row.received_at > self.seen_up_to
        ]
        return sorted(rows, key=lambda row: row.received_at, reverse=True)

    @property
    def worries(self) -> list[DailyCheck | Session]:
        return [row for row in self.unread if not isinstance(row, Heard) and is_worry(row)]

    @property
    def new_heard(self) -> list[Heard]:
        return [row for row in self.unread if isinstance(row, Heard)]

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
    readings = list(readings_of(patient))
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
        reading=tuple(Reading(row, patient.time_zone, today) for row in readings if row.withdrawn_at is None),
        heard=tuple(heard for row in readings for heard in heard_in(row)),
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


def _events(patient: Patient) -> QuerySet[AuditEvent]:
    events = AuditEvent.objects.filter(patient=patient).exclude(verb__in=LOGGED)
    return events.select_related("actor").order_by("-at")[:EVENTS_SHOWN]
