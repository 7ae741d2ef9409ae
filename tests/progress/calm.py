"""A plan and its log as rows: three calm weeks that are ready for one step."""

from datetime import UTC, date, datetime, time, timedelta

from clinic.models import Patient
from programs.models import Plan, PlanItem, SessionItem
from tests.factories import log_check_row, log_session_row, make_exercise_version, make_plan

DOSE = {"sets_low": 3, "sets_high": 3, "amount_low": 10, "amount_high": 10, "unit": "reps", "side": "each"}


def log_whole_session(patient: Patient, on: date, **fields: object) -> None:
    item = PlanItem.objects.get(phase__version__plan__patient=patient, phase__version__number=1)
    known = {"pain_during": 2, "pain_after": 1, "effort": 5, "plan_version": item.phase.version}
    session = log_session_row(patient, on, **known | fields)
    SessionItem.objects.create(session=session, plan_item=item, sets_done=3, amount_done=10, pain_during=1)


def log_calm_weeks(patient: Patient, today: date = date(2026, 3, 10)) -> Plan:
    """Twenty days of a plan of 3 × 10, done on every day asked for, with calm mornings: ready for one step."""
    start = today - timedelta(days=20)
    exercise = make_exercise_version(ladder="2 × 8\n3 × 12", dose=DOSE)
    plan = make_plan(
        patient, exercise, started_on=start, started_at=datetime.combine(start, time(6), tzinfo=UTC)
    )
    days = [today - timedelta(days=n) for n in range(20, -1, -1)]
    for on in days[:-1]:
        if on.isoweekday() in (1, 3, 5):
            log_whole_session(patient, on)
    for on in days:
        log_check_row(patient, on, 2, new_warning=False, places=["outer_knee"])
    return plan
