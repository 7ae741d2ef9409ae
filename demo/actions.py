"""Make the demo: clinics, staff, patients and twelve weeks of logs up to now. Safe to run again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from clinic import audit
from clinic.actions import (
    add_clinic,
    add_member,
    confirm_safety_words,
    invite_patient,
    propose_safety_words,
)
from clinic.models import AuditEvent, CareRelationship, Clinic, Consent, Membership, Patient, User
from demo import assessed, measured, reading, stories
from demo.people import CLINICS, DOMAIN, DemoClinic, address, patient_name
from demo.rules import WEEKS, Behaviour, Person, days, person
from demo.stories import Course, Library
from programs.models import Plan, PlanItem, PlanPhase, PlanVersion, Session, SessionItem
from programs.queries import current_exercises, current_templates
from programs.rules.days import local_day
from progress.actions import refresh_states
from progress.models import DailyCheck, Screen, ScreenEvent, SeenMark
from reminders.models import ReminderRule

CHUNK = 100
OPERATOR = f"operator@{DOMAIN}"
Rows = dict[type[Model], list[Model]]


@dataclass(frozen=True)
class Known:
    """Local days that already have a check, a session or a screen."""

    checks: frozenset[date] | set[date] = frozenset()
    screens: frozenset[date] | set[date] = frozenset()
    sessions: frozenset[date] | set[date] = frozenset()


class NotADemo(Exception):
    """The database has a clinic of its own: invented people stay out of it."""


def make_demo(*, patients: int, now: datetime, say: Callable[[str], object] = str) -> int:
    """Fill an empty product, add patients up to `patients`, carry every demo patient on to `now`."""
    if Clinic.objects.exclude(slug__in=[plan.slug for plan in CLINICS]).exists():
        raise NotADemo
    operator = make_operator()
    clinics = [make_clinic(plan=plan, by=operator) for plan in CLINICS]
    library = Library(current_exercises(), {t.code: t for t in current_templates()}, reading.given_versions())
    made = 0
    for numbers in _chunks(_missing_numbers(patients)):
        made += make_patients(numbers=numbers, clinics=clinics, library=library, now=now)
        say(f"{made} demo patients made")
    carry_on(now=now)
    invite_newcomers(clinics=clinics)
    refresh_states(now=now)
    return made


def make_operator() -> User:
    operator = User.objects.filter(email=OPERATOR).first()
    if operator is None:
        operator = User.objects.create_superuser(OPERATOR, "Demo operator")
        EmailAddress.objects.create(user=operator, email=operator.email, verified=True, primary=True)
        audit.record(by=None, verb="demo.operator_made", subject=operator)
    return operator


def make_clinic(*, plan: DemoClinic, by: User) -> Clinic:
    there = Clinic.objects.filter(slug=plan.slug).first()
    if there:
        return there
    clinic = add_clinic(
        name=plan.name,
        mail_name=plan.name.split()[0],
        slug=plan.slug,
        time_zone=plan.time_zone,
        phone=plan.phone,
        emergency_number=plan.emergency_number,
        by=by,
    )
    members = {
        role: add_member(clinic=clinic, email=address(name), name=name, role=role, by=by).user
        for name, role in plan.staff
    }
    if plan.crisis_text and Membership.Role.EDITOR in members:
        _agree_on_safety_words(clinic, plan, members)
    return clinic


def _agree_on_safety_words(clinic: Clinic, plan: DemoClinic, members: dict[str, User]) -> None:
    words = {
        "emergency_number": plan.emergency_number, "phone": plan.phone, "urgent_line": plan.urgent_line,
        "crisis_line": plan.crisis_line, "crisis_text": plan.crisis_text,
    }  # fmt: skip
    now = timezone.now()
    row = propose_safety_words(clinic=clinic, words=words, by=members[Membership.Role.ADMIN], now=now)
    confirm_safety_words(proposal=row, by=members[Membership.Role.EDITOR], now=now)


def _missing_numbers(patients: int) -> list[int]:
    there = set(Patient.objects.filter(email__endswith=f"@{DOMAIN}").values_list("email", flat=True))
    return [number for number in range(patients) if address(patient_name(number)) not in there]


def _chunks(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), CHUNK):
        yield numbers[start : start + CHUNK]


@transaction.atomic
def make_patients(*, numbers: list[int], clinics: list[Clinic], library: Library, now: datetime) -> int:
    """Store a chunk of patients with everything they did, all or nothing: no half patient after a stop."""
    practitioners = [list(_practicing(clinic)) for clinic in clinics]
    rows: Rows = {}
    for number in numbers:
        clinic = clinics[number % len(clinics)]
        by = practitioners[number % len(clinics)][number // len(clinics) % 2]
        _make_one(rows, number, clinic, by, library, now)
    _store(rows)
    return len(numbers)


def _practicing(clinic: Clinic) -> Iterator[User]:
    members = clinic.memberships.current().filter(role=Membership.Role.PRACTITIONER).select_related("user")
    return (member.user for member in members.order_by("pk"))


def _make_one(rows: Rows, number: int, clinic: Clinic, by: User, library: Library, now: datetime) -> None:
    who = person(number, today=now.date())
    patient = _make_account(who, clinic, by)
    made = (
        [] if number % 40 == 39 else list(stories.courses(who, patient, by=by, library=library))
    )  # one has no plan yet
    _add(rows, ReminderRule(patient=patient, at_local=time(7 + number % 3, 15 * (number % 4))))
    for course in made:
        _add(rows, course.plan, *course.versions, *course.phases, *course.items)
    if made:
        _tell(rows, who, patient, made, known=Known(), now=now)
        _add(rows, _seen(who, patient, by, now))
        _add(rows, *measured.rows(who, patient, now=now))
        _add(rows, *reading.rows(who, patient, by=by, given=library.modules, now=now))
    _add(rows, *assessed.rows(who, patient, by=by, now=now))
    audit.record(by=by, verb="patient.imported", patient=patient, number=number)


def _seen(who: Person, patient: Patient, by: User, now: datetime) -> SeenMark:
    """The practitioner read the checks some days ago; of nerve-like patients, before their worry."""
    days_ago = 14 if who.behaviour is Behaviour.NERVE_LIKE else 1 + who.number % 5
    at = now - timedelta(days=days_ago)
    return SeenMark(id=stories.key(patient, "seen"), patient=patient, up_to=at, seen_at=at, seen_by=by)


def _make_account(who: Person, clinic: Clinic, by: User) -> Patient:
    name = patient_name(who.number)
    user = User.objects.create_user(address(name), name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    joined = datetime.combine(who.started_on, time(15), tzinfo=UTC)
    patient = Patient.objects.create(
        clinic=clinic,
        user=user,
        name=name,
        email=user.email,
        time_zone=clinic.time_zone,
        birth_date=date(1962 + who.number * 7 % 42, 1 + who.number % 12, 1 + who.number % 28),
        consented_version=clinic.consent_version,
        created_at=joined,
        created_by=by,
    )
    CareRelationship.objects.create(patient=patient, practitioner=by, started_by=by, started_at=joined)
    Consent.objects.create(patient=patient, version=clinic.consent_version, given_by=user, given_at=joined)
    return patient


def _tell(
    rows: Rows, who: Person, patient: Patient, made: list[Course], *, known: Known, now: datetime
) -> None:
    """Add what this person logged, as far as it has reached us by now."""
    by_version = _items_by_version(made)
    for day in days(who, until=now.date() + timedelta(days=1)):
        if day.check and day.on not in known.checks:
            _add_if_received(rows, stories.check_row(patient, day, day.check), now)
        if day.screen and day.on not in known.screens:
            screen, *events = stories.screen_rows(patient, day, day.screen, made[0].plan.started_by)
            if _add_if_received(rows, screen, now):
                _add(rows, *events)
        version = stories.version_on(made, day.on)
        if day.session and version and day.on not in known.sessions:
            session = stories.session_row(patient, day, day.session, version)
            if _add_if_received(rows, session, now):
                _add(rows, *stories.session_items(session, day.session, by_version[version.pk]))
                _add(
                    rows,
                    *(row for row in stories.hours_later(session, day.session) if row.received_at <= now),
                )


def _items_by_version(made: list[Course]) -> dict[object, list[PlanItem]]:
    """The items of each version's current phase: what a session of that version is about."""
    return {
        version.pk: [
            item
            for item in course.items
            if item.phase.version_id == version.pk and item.phase.position == version.phase_position
        ]
        for course in made
        for version in course.versions
    }


def _add_if_received(rows: Rows, row: DailyCheck | Session | Screen, now: datetime) -> bool:
    if row.received_at > now:
        return False
    _add(rows, row)
    return True


def _add(rows: Rows, *new: Model) -> None:
    for row in new:
        rows.setdefault(type(row), []).append(row)


def _store(rows: Rows) -> None:
    """Insert in order of dependence. Keys come from the story, so what is there already is left as it is."""
    first = [Plan, PlanVersion, PlanPhase, PlanItem, Session, SessionItem, Screen, ScreenEvent]
    for model in [*first, *(m for m in rows if m not in first)]:
        model.objects.bulk_create(rows.get(model, []), batch_size=1000, ignore_conflicts=True)


def carry_on(*, now: datetime) -> None:
    """Add what came in since the last run, for patients made on an earlier day."""
    waiting = _behind(now)
    for start in range(0, len(waiting), CHUNK):
        carry_on_with(patients=waiting[start : start + CHUNK], now=now)


@transaction.atomic
def carry_on_with(*, patients: list[Patient], now: datetime) -> None:
    rows: Rows = {}
    for patient in patients:
        first_day_plus_weeks = patient.created_at.date() + timedelta(weeks=WEEKS)
        who = person(_numbers_by_address()[patient.email], today=first_day_plus_weeks)
        made = list(_stored_courses(patient))
        if made:
            _tell(rows, who, patient, made, known=_known_days(patient), now=now)
        audit.record(by=None, verb="log.imported", patient=patient)
    _store(rows)


def _behind(now: datetime) -> list[Patient]:
    """Demo patients whom no run has touched today."""
    today = datetime.combine(now.date(), time(), tzinfo=UTC)
    touched = AuditEvent.objects.filter(
        verb__in=("patient.imported", "log.imported"), at__gte=today, patient__isnull=False
    )
    demo = Patient.objects.filter(email__endswith=f"@{DOMAIN}", user__isnull=False, created_at__lt=today)
    simulated = _numbers_by_address()
    waiting = demo.exclude(pk__in=touched.values("patient")).select_related("clinic")
    return [patient for patient in waiting if patient.email in simulated]


def _known_days(patient: Patient) -> Known:
    """Days that have a log already, simulated or typed by whoever tries the demo: they are left alone."""
    checks = set(patient.checks.values_list("on", flat=True))
    screens = {
        local_day(at, patient.time_zone) for at in patient.screens.values_list("received_at", flat=True)
    }
    return Known(checks, screens, set(patient.sessions.values_list("planned_on", flat=True)))


@cache
def _numbers_by_address() -> dict[str, int]:
    return {address(patient_name(number)): number for number in range(10_000)}


def _stored_courses(patient: Patient) -> Iterator[Course]:
    for plan in patient.plans.prefetch_related("versions__phases__items"):
        versions = list(plan.versions.all())
        phases = [phase for version in versions for phase in version.phases.all()]
        items = [item for phase in phases for item in phase.items.all()]
        yield Course(plan, versions, phases, items)


def invite_newcomers(*, clinics: list[Clinic]) -> None:
    """One invited person per clinic who has not answered yet; their mail is in the catcher."""
    for clinic, name in zip(clinics, ("Jordan Blake", "Mira Kaplan"), strict=True):
        if not Patient.objects.filter(email=address(name)).exists():
            by = next(_practicing(clinic))
            invite_patient(
                clinic=clinic,
                name=name,
                email=address(name),
                birth_date=date(1991, 4, 12),
                time_zone=clinic.time_zone,
                by=by,
            )
