"""From rows to the evidence of the progression rules: seventeen queries for any number of plans of one clinic.

What our logs do not hold is None there, and the rules hold on it: night pain, the pain before a run and the named tests.
"Stopped for pain" is read from what was said got in the way.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from clinic.models import Clinic, Patient
from programs.models import ExerciseVersion, Plan, PlanItem, PlanVersion, Session, SessionItem
from programs.queries import current_exercises, planned_days, walk_run_table, with_hour_later
from programs.rules.days import local_day
from programs.rules.dose import Dose
from progress.models import DailyCheck, Proposal, Screen, ScreenEvent
from progress.queries.evidence import with_local_today
from progress.queries.measures import facts_by_patient
from progress.queries.policy import layers_of, policy_from
from progress.rules.measures import SheetFact, measured_since
from progress.rules.progression import Evidence, Policy
from progress.rules.progression.evidence import Done, Edge, Flagged, Logged, Morning, PhaseStep, Prescribed
from progress.rules.progression.runs import RUN_CODE, Stage

REMEMBERED = timedelta(days=35)  # of the log, beside the first week: no rule looks back further than 28 days
FIRST_WEEK = timedelta(days=7)
CHANGED = (Proposal.Closing.APPROVED, Proposal.Closing.EDITED)


@dataclass(frozen=True)
class Case:
    """One plan to decide. `facts_version` was read first, so that a later write makes the plan due again."""

    plan: Plan
    version: PlanVersion
    facts_version: int
    evidence: Evidence
    policy: Policy


@dataclass(frozen=True)
class _Rows:
    """Everything read, by plan or by patient."""

    versions: Mapping[UUID, list[PlanVersion]]
    items: Mapping[UUID, list[PlanItem]]
    sessions: Mapping[UUID, list[Session]]
    entries: Mapping[UUID, list[SessionItem]]
    checks: Mapping[UUID, list[DailyCheck]]
    measured: Mapping[UUID, list[SheetFact]]
    waiting: Mapping[UUID, list[Screen]]
    screened: Mapping[UUID, list[Screen]]
    cleared: Mapping[UUID, datetime]
    decided: Mapping[UUID, list[Proposal]]
    planned: Mapping[UUID, set[date]]
    library: Mapping[str, ExerciseVersion]
    stages: tuple[Stage, ...]


def cases_for(plans: QuerySet[Plan], *, clinic: Clinic, now: datetime) -> list[Case]:
    """Gather these plans of one clinic as they stand now, in order of their keys."""
    found = list(plans.select_related("patient", "template_version").order_by("pk"))
    if not found:
        return []
    rows = _read(found, clinic, now)
    layers = layers_of(clinic, [plan.patient_id for plan in found])
    return [_case(plan, rows, policy_from(layers, plan.patient_id), now) for plan in found]


def _read(plans: list[Plan], clinic: Clinic, now: datetime) -> _Rows:
    ids, patients = [plan.pk for plan in plans], [plan.patient_id for plan in plans]
    first = min(plan.started_on for plan in plans)
    sessions = _by("patient_id", _sessions(patients, first))
    items = PlanItem.objects.filter(
        phase__version__plan__in=ids, phase__position=F("phase__version__phase_position")
    )
    items = items.select_related("exercise_version", "phase").order_by("position")
    versions = PlanVersion.objects.filter(plan__in=ids).order_by("number").prefetch_related("phases")
    checks = DailyCheck.objects.filter(patient__in=patients, on__gte=first)
    corrected = Exists(DailyCheck.objects.filter(corrects=OuterRef("pk"), conflicts_with__isnull=True))
    newest = Screen.objects.filter(patient__in=patients).order_by("patient_id", "-received_at")
    decided = Proposal.objects.filter(plan__in=ids, decided_at__isnull=False).order_by("decided_at")
    stages = (
        Stage(key=s.stage, repeats=s.repeats, walk_minutes=s.walk_minutes, run_minutes=s.run_minutes, note=s.note)
        for s in walk_run_table()
    )  # fmt: skip
    latest = max(local_day(now, plan.patient.time_zone) for plan in plans)
    return _Rows(
        versions=_by("plan_id", versions),
        items=_by("phase.version_id", items),
        sessions=sessions,
        entries=_by("session_id", _entries(sessions)),
        checks=_by("patient_id", checks.annotate(is_corrected=corrected).order_by("on", "received_at")),
        measured=facts_by_patient(patients),
        waiting=_by("patient_id", Screen.objects.waiting().filter(patient__in=patients)),
        screened=_by("patient_id", newest.distinct("patient_id")),
        cleared=dict(_cleared(patients)),
        decided=_by("plan_id", decided.only("plan_id", "outcome", "closing", "decided_at")),
        planned=planned_days(patients, latest - REMEMBERED, latest),
        library=current_exercises(clinic),
        stages=tuple(stages),
    )


def _sessions(patients: list[UUID], first: date) -> QuerySet[Session]:
    """What counts, and beside it every copy that says something else under the same key."""
    rows = Session.objects.filter(patient__in=patients, planned_on__gte=first)
    later = Session.objects.filter(corrects=OuterRef("pk"), conflicts_with__isnull=True)
    return (
        with_hour_later(rows.exclude(outcome="not_today"))
        .filter(~Exists(later))
        .order_by("planned_on", "performed_at", "received_at")
    )


def _entries(sessions: Mapping[UUID, list[Session]]) -> QuerySet[SessionItem]:
    ids = [session.pk for rows in sessions.values() for session in rows]
    return SessionItem.objects.filter(session__in=ids).select_related(
        "plan_item__exercise_version", "done_as"
    )


def _by(path: str, rows: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    key = attrgetter(path)
    for row in rows:
        found[key(row)].append(row)
    return found


def _case(plan: Plan, rows: _Rows, policy: Policy, now: datetime) -> Case:
    """The newest version is the plan's last word, also when it starts tomorrow."""
    versions = rows.versions[plan.pk]
    newest = versions[-1]
    today = local_day(now, plan.patient.time_zone)
    decided = rows.decided[plan.pk]
    looked = [
        p.decided_at for p in decided if p.outcome in (Proposal.Outcome.URGENT, Proposal.Outcome.REVIEW)
    ]
    reviewed_at = max(looked, default=None)
    checks = rows.checks[plan.patient_id]
    content = plan.template_version.content if plan.template_version else {}
    evidence = Evidence(
        today=today, plan=str(plan.pk), plan_version=newest.number, started_on=plan.started_on,
        phase_position=newest.phase_position, phases=_phases(newest, content),
        **_since(versions, rows.items),
        step_backs_on=tuple(
            local_day(p.decided_at, plan.patient.time_zone)
            for p in decided if p.outcome == Proposal.Outcome.STEP_BACK and p.closing in CHANGED
        ),
        phase_max_days=content.get("phase_max_days"),
        program=plan.template_version.code if plan.template_version else "",
        exercises=tuple(_prescribed(item, rows.library) for item in rows.items[newest.pk]),
        stages=rows.stages,
        planned=tuple(sorted(on for on in rows.planned.get(plan.patient_id, ()) if on >= plan.started_on)),
        sessions=_logged(plan, rows, since=today - REMEMBERED),
        mornings=_mornings(plan, checks, since=today - REMEMBERED),
        warnings=_warnings(plan, checks, (reviewed_at, rows.cleared.get(plan.patient_id))),
        flags=tuple(_flag(row, plan) for row in rows.waiting[plan.patient_id]),
        screened_clear_on=_screened_clear_on(plan, rows),
        reviewed_at=reviewed_at,
        **asdict(measured_since(rows.measured[plan.patient_id], plan.started_on, today)),
    )  # fmt: skip
    return Case(plan, newest, plan.patient.facts_version, evidence, policy)


def _phases(version: PlanVersion, content: Mapping[str, Any]) -> tuple[PhaseStep, ...]:
    """The plan's phases; how long each is meant to take, as the template says it in words ("weeks 2-3")."""
    told = {phase["key"]: phase.get("when", "") for phase in content.get("phases", ())}
    phases = sorted(version.phases.all(), key=attrgetter("position"))
    return tuple(
        PhaseStep(position=p.position, name=p.name, planned_days=_days(told.get(p.key, ""))) for p in phases
    )


def _days(when: str) -> int | None:
    weeks = [int(number) for number in re.findall(r"\d+", when)]
    return 7 * (weeks[-1] - weeks[0] + 1) if weeks and "week" in when else None


def _since(versions: list[PlanVersion], items: Mapping[UUID, list[PlanItem]]) -> dict[str, date | None]:
    """From when on doses, run stage and phase are as they stand, and when doses and stage last moved."""

    def doses(version: PlanVersion) -> object:
        return [(i.exercise_version.code, i.dose) for i in items[version.pk] if not _is_run(i)]

    def stage(version: PlanVersion) -> object:
        return [i.dose for i in items[version.pk] if _is_run(i)]

    doses_since, doses_moved = _unchanged_since(versions, doses)
    run_since, run_moved = _unchanged_since(versions, stage)
    phase_since, _moved = _unchanged_since(versions, attrgetter("phase_position"))
    return {
        "doses_since": doses_since, "run_since": run_since, "phase_since": phase_since,
        "last_dose_step_on": doses_moved, "last_run_step_on": run_moved,
    }  # fmt: skip


def _is_run(item: PlanItem) -> bool:
    return item.exercise_version.code == RUN_CODE


def _unchanged_since(versions: list[PlanVersion], part: Any) -> tuple[date, date | None]:
    """The first day of the newest versions that agree in this part, and the same day again if any differed before."""
    now, since = part(versions[-1]), versions[-1].from_on
    for version in reversed(versions):
        if part(version) != now:
            return since, since
        since = version.from_on
    return since, None


def _prescribed(item: PlanItem, library: Mapping[str, ExerciseVersion]) -> Prescribed:
    content = item.exercise_version.content
    return Prescribed(
        item=str(item.pk), code=item.exercise_version.code, name=item.exercise_version.name,
        family=content["family"], profile=content["profile"], dose=item.dose, usual=Dose.from_mapping(content["dose"]),
        ladder=_ladder(content), easier=_edges(content["easier"], library), harder=_edges(content["harder"], library),
    )  # fmt: skip


def _ladder(content: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(line.strip() for line in content["ladder"].splitlines() if line.strip())


def _edges(codes: Iterable[str], library: Mapping[str, ExerciseVersion]) -> tuple[Edge, ...]:
    published = (library[code] for code in codes if code in library)
    return tuple(
        Edge(
            code=version.code, name=version.name, version=str(version.pk), profile=version.content["profile"],
            usual=Dose.from_mapping(version.content["dose"]), ladder=_ladder(version.content),
        )
        for version in published
    )  # fmt: skip


def _logged(plan: Plan, rows: _Rows, *, since: date) -> tuple[Logged, ...]:
    """Each session once. Where two copies of one differ, the worse pain counts until somebody has corrected it."""
    told = [s for s in rows.sessions[plan.patient_id] if s.planned_on >= max(since, plan.started_on)]
    copies = _by("client_id", told)
    firsts = [session for session in told if session.conflicts_with_id is None]
    return tuple(_one(session, copies[session.client_id], rows.entries[session.pk]) for session in firsts)


def _one(session: Session, copies: list[Session], entries: list[SessionItem]) -> Logged:
    return Logged(
        id=str(session.pk), on=session.planned_on, outcome=session.outcome,
        during=_worst(copy.pain_during for copy in copies),
        after=_worst(pain for told in copies for pain in (told.pain_after, told.hour_pain)),
        stopped=_stopped(session, entries), effort=session.effort, is_late=session.is_late, short=session.is_short,
        done=tuple(map(_done, entries)),
    )  # fmt: skip


def _worst(pains: Iterable[int | None]) -> int | None:
    return max((pain for pain in pains if pain is not None), default=None)


def _stopped(session: Session, entries: list[SessionItem]) -> bool | None:
    if any(entry.reason == Session.Reason.SORE for entry in entries):
        return True
    if session.outcome == Session.Outcome.DONE:
        return False
    return session.reason == Session.Reason.SORE if session.reason else None


def _done(entry: SessionItem) -> Done:
    item = entry.plan_item
    return Done(
        code=item.exercise_version.code, item=str(item.pk), profile=entry.exercise.content["profile"],
        sets_done=entry.sets_done, amount_done=entry.amount_done, sets_asked=item.sets_low,
        sets_asked_high=item.sets_high, amount_asked_high=item.amount_high, pain=entry.pain_during,
        eased=entry.done_as_id is not None,
    )  # fmt: skip


def _mornings(plan: Plan, checks: list[DailyCheck], *, since: date) -> tuple[Morning, ...]:
    """The newest word of each day: of the plan's first week, and of the last five."""
    counting = [c for c in checks if not c.is_corrected and c.conflicts_with_id is None]
    first_week = plan.started_on + FIRST_WEEK
    newest = {c.on: c for c in counting if c.on >= plan.started_on and (c.on >= since or c.on < first_week)}
    return tuple(
        Morning(on=on, pain=c.morning_pain, warning=c.new_warning, places=tuple(c.places) or None, received_at=c.received_at)
        for on, c in sorted(newest.items())
    )  # fmt: skip


def _cleared(patients: list[UUID]) -> QuerySet:
    """When a clinician last cleared a screen of each."""
    events = ScreenEvent.objects.filter(screen__patient__in=patients, kind=ScreenEvent.Kind.CLEARED)
    return events.order_by().values_list("screen__patient").annotate(at=Max("at"))


def _warnings(
    plan: Plan, checks: list[DailyCheck], looked: Iterable[datetime | None]
) -> tuple[datetime, ...]:
    """Every "yes" since a clinician last decided or cleared. A correction does not take one back: only a clinician does."""
    since = max(filter(None, looked), default=plan.started_at)
    return tuple(c.received_at for c in checks if c.new_warning and c.received_at > since)


def _flag(row: Screen, plan: Plan) -> Flagged:
    on = local_day(row.received_at, plan.patient.time_zone)
    return Flagged(on=on, level=row.level, items=tuple(item.id for item in row.flagged))


def _screened_clear_on(plan: Plan, rows: _Rows) -> date | None:
    newest = next(iter(rows.screened[plan.patient_id]), None)
    return local_day(newest.received_at, plan.patient.time_zone) if newest and newest.is_all_clear else None


def stale_plans(now: datetime) -> QuerySet[Plan]:
    """Open plans whose facts or local day moved on since they were last considered."""
    patients = with_local_today(Patient.objects.all(), now).filter(pk=OuterRef("patient_id"))
    plans = Plan.objects.current().annotate(
        facts=patients.values("facts_version")[:1], today=patients.values("local_today")[:1]
    )
    never = Q(watch__isnull=True)
    return plans.filter(started_on__lte=F("today")).filter(
        never | ~Q(watch__facts_version=F("facts")) | ~Q(watch__as_of=F("today"))
    )
