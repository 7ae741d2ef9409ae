"""From stored facts to what a state row is made of: three queries for any number of patients."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    Func,
    JSONField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Greatest, JSONObject

from clinic.models import Patient
from education.models import PassageQuestion, ReadingAssignment
from programs.models import Plan, PlanPhase, PlanVersion, Session
from programs.queries import planned_days
from programs.rules.days import local_day
from progress.models import DailyCheck, MeasureSheet, Screen, SeenMark
from progress.rules.state import POLICY, CheckFact, Facts, SessionFact

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
COUNTS = Q(
    conflicts_with__isnull=True, corrections__isnull=True
)  # not a conflicting copy, not corrected since


@dataclass(frozen=True)
class Evidence:
    """What one state row is made of. `facts_version` was read first, so a later write makes the row stale."""

    patient_id: UUID
    facts_version: int
    facts: Facts
    copied: dict[str, Any]  # columns of the state row that nothing decides


def with_local_today(patients: QuerySet[Patient], now: datetime) -> QuerySet[Patient]:
    local = Func(F("time_zone"), Value(now), function="timezone")
    return patients.annotate(local_today=Cast(local, DateField()))


def stale_patients(patients: QuerySet[Patient], now: datetime) -> QuerySet[Patient]:
    """Those whose row is missing, older than their facts, or about another local day."""
    return with_local_today(patients, now).filter(
        Q(state__isnull=True)
        | ~Q(state__facts_version=F("facts_version"))
        | ~Q(state__as_of=F("local_today"))
    )


def evidence_for_states(patients: Iterable[UUID], now: datetime) -> list[Evidence]:
    """Gather everything for these patients, in order of their ids; three queries however many they are."""
    ids = sorted(patients)
    rows = list(_rows(ids, now))
    end = max((row["local_today"] for row in rows), default=local_day(now, "UTC"))
    planned = planned_days(ids, end - timedelta(days=POLICY.window_days + 1), end)
    return [_evidence(row, planned) for row in rows]


def seen_up_to() -> Coalesce:
    """Up to when staff have read what this patient sent."""
    newest = SeenMark.objects.filter(patient=OuterRef("pk")).order_by("-up_to").values("up_to")[:1]
    return Coalesce(Subquery(newest), Value(LONG_AGO))


def unread(model: type[DailyCheck] | type[Session]) -> QuerySet:
    """Rows received since the staff last read; needs `seen` on the outer query."""
    return model.objects.filter(patient=OuterRef("pk"), received_at__gt=OuterRef("seen"))


def worry_is_open() -> Q:
    """Something unread is worrying, or a screen waits. A correction does not close it: only a clinician does."""
    checks = unread(DailyCheck).filter(Q(new_warning=True) | Q(morning_pain__gte=POLICY.worrying_pain))
    sessions = unread(Session).filter(
        Q(pain_during__gte=POLICY.worrying_pain) | Q(pain_after__gte=POLICY.worrying_pain)
    )
    waiting = Screen.objects.filter(patient=OuterRef("pk")).waiting()
    return Q(Exists(checks)) | Q(Exists(sessions)) | Q(Exists(waiting))


def _rows(ids: list[UUID], now: datetime) -> QuerySet:
    patients = with_local_today(Patient.objects.filter(pk__in=ids), now).annotate(seen=seen_up_to())
    return (
        patients.annotate(
            worry=worry_is_open(),
            unread=_count(unread(DailyCheck)),
            questions=_count(
                PassageQuestion.objects.filter(patient=OuterRef("pk"), asked_at__gt=OuterRef("seen"))
            ),
            to_read=_count(ReadingAssignment.objects.unread().filter(patient=OuterRef("pk"))),
            contact=_last_contact(),
            window_sessions=_sessions(),
            window_checks=_checks(),
            open_plan=Subquery(_open_plans(), output_field=JSONField()),
            version=Subquery(_versions(), output_field=JSONField()),
        )
        .order_by("pk")
        .values(
            "pk", "user_id", "time_zone", "facts_version", "local_today", "worry", "unread", "questions", "to_read",
            "contact", "window_sessions", "window_checks", "open_plan", "version", "closed",
        )
    )  # fmt: skip


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("patient").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0))


def _last_contact() -> Greatest:
    """The newest thing the patient sent or read."""

    def newest(model: type, field: str) -> Subquery:
        rows = model.objects.filter(patient=OuterRef("pk")).order_by().values("patient")
        return Subquery(rows.annotate(at=Max(field)).values("at"))

    return Greatest(
        newest(Session, "received_at"),
        newest(DailyCheck, "received_at"),
        newest(MeasureSheet, "received_at"),
        newest(ReadingAssignment, "opened_at"),
        newest(ReadingAssignment, "understood_at"),
    )


def _sessions() -> ArraySubquery:
    first = OuterRef("local_today") - Value(timedelta(days=POLICY.window_days))
    rows = Session.objects.filter(COUNTS, patient=OuterRef("pk"), planned_on__gt=first)
    return ArraySubquery(
        rows.order_by("received_at").values(json=JSONObject(on="planned_on", outcome="outcome"))
    )


def _checks() -> ArraySubquery:
    first = OuterRef("local_today") - Value(timedelta(days=POLICY.window_days))
    rows = DailyCheck.objects.filter(COUNTS, patient=OuterRef("pk"), on__gt=first)
    return ArraySubquery(rows.order_by("received_at").values(json=JSONObject(on="on", pain="morning_pain")))


def _open_plans() -> QuerySet:
    plans = Plan.objects.current().filter(patient=OuterRef("pk"))
    return plans.values(json=JSONObject(name="name", started_on="started_on"))[:1]


def _versions() -> QuerySet:
    """The version in force on the patient's local day, as `programs.queries.plan_on` reads it."""
    phases = PlanPhase.objects.filter(version=OuterRef("pk"))
    current = phases.filter(position=OuterRef("phase_position")).values("name")[:1]
    count = phases.order_by().values("version").annotate(n=Count("pk")).values("n")
    versions = PlanVersion.objects.filter(
        plan__patient=OuterRef("pk"), plan__ended_at__isnull=True, from_on__lte=OuterRef("local_today")
    )
    named = versions.order_by("-number").annotate(phase_name=Subquery(current), phases_n=Subquery(count))
    return named.values(json=JSONObject(position="phase_position", name="phase_name", count="phases_n"))[:1]


def _evidence(row: Mapping[str, Any], planned: Mapping[UUID, set[date]]) -> Evidence:
    plan, version = row["open_plan"] or {}, row["version"] or {}
    facts = Facts(
        today=row["local_today"],
        planned=frozenset(planned.get(row["pk"], ())),
        sessions=tuple(SessionFact(_day(s["on"]), s["outcome"]) for s in row["window_sessions"]),
        checks=tuple(CheckFact(_day(c["on"]), c["pain"]) for c in row["window_checks"]),
        has_account=row["user_id"] is not None,
        has_plan=bool(plan),
        plan_since=_day(plan["started_on"]) if plan else None,
        last_contact_on=row["contact"] and local_day(row["contact"], row["time_zone"]),
        unread_checks=row["unread"],
        unread_questions=row["questions"],
        worry_open=row["worry"],
        program_closed=row["closed"] == Patient.Closed.PROGRAM,
    )
    copied = {
        "plan_name": plan.get("name", ""),
        "phase_name": version.get("name") or "",
        "phase_position": version.get("position"),
        "phase_count": version.get("count"),
        "last_contact_at": row["contact"],
        "unread_checks": row["unread"],
        "unread_questions": row["questions"],
        "worry_open": row["worry"],
        "modules_unread": row["to_read"],
    }
    return Evidence(row["pk"], row["facts_version"], facts, copied)


def _day(text: str) -> date:
    return date.fromisoformat(text)
