"""What Today shows of one patient: one query beside the plan and the reading list."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from clinic.models import Patient
from education.models import ReadingAssignment
from education.queries import asked_again, reading_list
from programs.models import Session
from programs.queries import PlanOnDay, hour_to_tell, items_due, next_due_on, plan_on, short_items
from programs.rules.dose import minutes_for
from progress.models import DailyCheck
from progress.queries.evidence import COUNTS, seen_up_to, worry_is_open
from progress.queries.measures import due_measures
from progress.queries.screens import standing_of, with_standing
from progress.rules.measures import Key
from progress.rules.red_flags import Why, cannot_wait, why_due
from progress.rules.state import CheckFact, SessionFact, outcome_by_day, pain_by_day
from progress.rules.today import Day, Next, WeekDay, next_action, week_of

BACK_FILL = timedelta(days=1)


@dataclass(frozen=True)
class Today:
    """One patient's day, as their page needs it."""

    on: date
    next: Next
    plan: PlanOnDay | None
    exercises: int
    minutes: int
    has_short_version: bool
    next_session_on: date | None
    week: tuple[WeekDay, ...]
    unread: tuple[ReadingAssignment, ...]
    again: tuple[ReadingAssignment, ...]  # with a statement to rate once more
    checked_on: frozenset[date]
    pain_today: int | None
    worry_open: bool
    screen_why: Why | None
    hour_of: UUID | None  # the session whose hour after is to be asked about
    measures: frozenset[Key]  # due and not answered; never while a card stands there


def today_of(patient: Patient, today: date, *, now: datetime) -> Today:
    """Put the day together; seven queries."""
    sessions, checks, worry_open, why, hour_of = _said(patient, today, now)
    plan = plan_on(patient, today)
    plan = plan and plan.open_to(patient)
    reading = reading_list(patient)
    unread = tuple(row for row in reading if row.read_at is None)
    said = outcome_by_day(sessions)
    due = items_due(plan, today) if plan else ()
    day = Day(
        card_open=patient.program_is_closed,
        screen_due=why is not None,
        screen_cannot_wait=cannot_wait(why),
        check_done=any(check.on == today for check in checks),
        session_due=bool(due),
        session_said=today in said,
        unread_modules=len(unread),
    )
    return Today(
        on=today,
        next=next_action(day),
        plan=plan,
        exercises=len(due),
        minutes=round(sum(minutes_for(item.dose) for item in due)),
        has_short_version=bool(short_items(due)),
        next_session_on=next_due_on(plan, today + timedelta(days=1)) if plan else None,
        week=week_of(today, said, lambda on: _is_planned(plan, on)),
        unread=unread,
        again=asked_again(reading, zone=patient.time_zone, today=today),
        checked_on=frozenset(check.on for check in checks),
        pain_today=pain_by_day(checks).get(today),
        worry_open=worry_open,
        screen_why=why,
        hour_of=None if patient.program_is_closed else hour_of,
        measures=frozenset() if patient.program_is_closed else due_measures(patient, today),
    )


def _is_planned(plan: PlanOnDay | None, on: date) -> bool:
    """By the version in force today; what an older version asked of the days before it is not shown."""
    return plan is not None and on >= plan.version.from_on and bool(items_due(plan, on))


def _said(
    patient: Patient, today: date, now: datetime
) -> tuple[list[SessionFact], list[CheckFact], bool, Why | None, UUID | None]:
    """This week's sessions, the checks of today and yesterday, an open worry, why the screen is due, whose hour is over."""
    monday = today - timedelta(days=today.weekday())
    sessions = Session.objects.filter(COUNTS, patient=OuterRef("pk"), planned_on__range=(monday, today))
    checks = DailyCheck.objects.filter(COUNTS, patient=OuterRef("pk"), on__range=(today - BACK_FILL, today))
    row = (
        with_standing(Patient.objects.filter(pk=patient.pk))
        .annotate(
            seen=seen_up_to(),
            worry=worry_is_open(),
            said=ArraySubquery(sessions.values(json=JSONObject(on="planned_on", outcome="outcome"))),
            hour_of=Subquery(hour_to_tell(OuterRef("pk"), now).values("client_id")[:1]),
            rated=ArraySubquery(checks.values(json=JSONObject(on="on", pain="morning_pain"))),
        )
        .only("pk")
        .get()
    )
    said = [SessionFact(date.fromisoformat(fact["on"]), fact["outcome"]) for fact in row.said]
    rated = [CheckFact(date.fromisoformat(fact["on"]), fact["pain"]) for fact in row.rated]
    return said, rated, row.worry, why_due(standing_of(row, patient.time_zone), today), row.hour_of
