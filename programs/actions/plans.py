"""Start, change and end a patient's plan. A change is a new version from a date; nothing is overwritten."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from clinic import audit
from clinic.models import Patient, User
from education.actions import assign_module
from education.models import ModuleVersion
from programs.models import ExerciseVersion, Plan, PlanItem, PlanPhase, PlanVersion, TemplateVersion
from programs.queries import refused_now
from programs.rules.assessment import guards
from programs.rules.plans import ModuleChoice, PhaseDraft, problems


class PlanAlreadyOpen(Exception):
    """The patient has an open plan. `plan` says which, with who started it and when."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"plan {plan.pk} is open")
        self.plan = plan


class PlanMovedOn(Exception):
    """Somebody changed the plan since it was read. `newest` says who and when."""

    def __init__(self, newest: PlanVersion) -> None:
        super().__init__(f"plan {newest.plan_id} is at version {newest.number}")
        self.newest = newest


class PlanAlreadyEnded(Exception):
    """The plan has ended; it can't be changed or ended again."""


class PlanNotUsable(ValueError):
    """These phases are not a plan. The form should have caught it; `problems` says what is wrong."""

    def __init__(self, found: list[str]) -> None:
        super().__init__("; ".join(found))
        self.problems = found


def start_plan(
    *,
    patient: Patient,
    template_version: TemplateVersion | None,
    name: str,
    phases: Sequence[PhaseDraft],
    started_on: date,
    modules: Sequence[ModuleChoice],
    by: User,
    phase_position: int = 1,
    note: str = "",
) -> Plan:
    """Store the plan's first version and give its modules, all or nothing.

    One open plan per patient: the database holds it, so two clinicians at once leave one.
    """
    _check(phases, phase_position=phase_position)
    _check_cautions(patient, phases, standing=set())
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                patient=patient,
                template_version=template_version,
                name=name,
                started_on=started_on,
                started_by=by,
            )
            _append_version(
                plan,
                number=1,
                phases=phases,
                phase_position=phase_position,
                from_on=started_on,
                note=note,
                by=by,
            )
            _give_modules(patient, modules, by=by)
            audit.record(
                by=by, verb="plan.started", patient=patient, subject=plan, overruled=_overruled(phases),
                template=template_version.code if template_version else None,
            )  # fmt: skip
    except IntegrityError:
        is_open = patient.plans.current().select_related("started_by").first()
        if is_open is None:
            raise
        raise PlanAlreadyOpen(is_open) from None
    return plan


@transaction.atomic
def revise_plan(
    *,
    plan: Plan,
    seen_version: int,
    phases: Sequence[PhaseDraft],
    phase_position: int,
    from_on: date,
    note: str,
    by: User,
    modules: Sequence[ModuleChoice] = (),
) -> PlanVersion:
    """Append a version that counts from a day on. `seen_version` is the number the clinician looked at."""
    _check(phases, phase_position=phase_position)
    _lock_open(plan)
    newest = plan.versions.select_related("created_by").order_by("-number")[0]
    if newest.number != seen_version:
        raise PlanMovedOn(newest)
    standing = PlanItem.objects.filter(phase__version=newest).values_list("exercise_version_id", flat=True)
    _check_cautions(plan.patient, phases, standing=set(standing))
    version = _append_version(
        plan,
        number=seen_version + 1,
        phases=phases,
        phase_position=phase_position,
        from_on=from_on,
        note=note,
        by=by,
    )
    _give_modules(plan.patient, modules, by=by)
    audit.record(
        by=by,
        verb="plan.revised",
        patient=plan.patient,
        subject=plan,
        version=version.number,
        phase=phase_position,
        overruled=_overruled(phases),
    )
    return version


@transaction.atomic
def end_plan(*, plan: Plan, by: User) -> Plan:
    """Close the plan. Its versions, items and sessions all stay."""
    ended = Plan.objects.filter(pk=plan.pk, ended_at__isnull=True).update(
        ended_at=timezone.now(), ended_by=by
    )
    if ended != 1:
        raise PlanAlreadyEnded
    audit.record(by=by, verb="plan.ended", patient=plan.patient, subject=plan)
    plan.refresh_from_db()
    return plan


def _check(phases: Sequence[PhaseDraft], *, phase_position: int) -> None:
    found = problems(phases, phase_position=phase_position)
    if found:
        raise PlanNotUsable(found)


def _check_cautions(patient: Patient, phases: Sequence[PhaseDraft], *, standing: set[UUID]) -> None:
    """Nothing new goes into a plan against what an assessment says, unless a reason is given. What stands may stay."""
    new = {
        item.exercise_version_id for phase in phases for item in phase.items if not item.despite.strip()
    } - standing
    safety = refused_now(patient)
    versions = ExerciseVersion.objects.filter(pk__in=new).only("code", "name")
    against = [
        f"{v.name}: {guard.words}" for v in versions for guard in guards(v.code, safety) if guard.refuses
    ]
    if against:
        raise PlanNotUsable(against)


def _overruled(phases: Sequence[PhaseDraft]) -> int:
    """How many exercises are given despite a caution, with a reason that stands in the plan."""
    return sum(bool(item.despite) for phase in phases for item in phase.items)


def _lock_open(plan: Plan) -> None:
    """Two clinicians take turns, so that the second one sees the first one's version."""
    if not Plan.objects.select_for_update().filter(pk=plan.pk, ended_at__isnull=True).exists():
        raise PlanAlreadyEnded


def _append_version(
    plan: Plan,
    *,
    number: int,
    phases: Sequence[PhaseDraft],
    phase_position: int,
    from_on: date,
    note: str,
    by: User,
) -> PlanVersion:
    version = PlanVersion.objects.create(
        plan=plan, number=number, from_on=from_on, phase_position=phase_position, note=note, created_by=by
    )
    rows = [
        PlanPhase(version=version, position=position, key=phase.key, name=phase.name, advice=phase.advice)
        for position, phase in enumerate(phases, start=1)
    ]
    PlanPhase.objects.bulk_create(rows)
    PlanItem.objects.bulk_create(
        PlanItem(
            phase=row, position=position, exercise_version_id=item.exercise_version_id,
            weekdays=sorted(item.weekdays), why=item.why, goal=item.goal, despite=item.despite,
            **asdict(item.dose),
        )
        for row, phase in zip(rows, phases, strict=True)
        for position, item in enumerate(phase.items, start=1)
    )  # fmt: skip
    return version


def _give_modules(patient: Patient, modules: Sequence[ModuleChoice], *, by: User) -> None:
    versions = ModuleVersion.objects.in_bulk([choice.version_id for choice in modules])
    for position, choice in enumerate(modules, start=1):
        assign_module(
            patient=patient, version=versions[choice.version_id], by=by, why=choice.why, position=position
        )
