"""Two clinics full of people, where every written word is a canary: a token that says whose it is.

`cnry-p1-note-7` is part of patient one's record, `cnry-p1-who-3` their name or address, `cnry-c1-…` belongs to clinic one.
A canary on a page says exactly whose words got there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import CharField, JSONField, Model, TextField
from django.test import Client
from django.utils import timezone

from clinic import audit
from clinic.actions import add_member
from clinic.models import (
    CareRelationship,
    Clinic,
    Consent,
    Heartbeat,
    Invitation,
    Membership,
    OutgoingMail,
    Patient,
    User,
)
from education.models import BeliefRating, CheckAttempt, OwnWords, PassageQuestion
from programs.actions import make_own_version
from programs.models import Plan, PlanItem, PlanPhase, PlanVersion, Session, SessionItem
from progress.models import Activity, ActivityRating, MeasureSheet, Screen, ScreenEvent, SeenMark
from reminders.models import ReminderRule, ReminderSlot
from tests.education.whole import ASKS
from tests.factories import (
    give_reading,
    log_check_row,
    log_session_row,
    make_assessment,
    make_clinic,
    make_exercise_version,
    make_medium,
    make_module_version,
    make_patient,
    make_template_version,
    make_user,
)
from tests.machinery import signed_in

ROOMS = ("clinic", "education", "programs", "progress", "reminders")
CANARY = re.compile(r"cnry-([cp]\d)-([a-z]+)-\d+")
numbers = count(1)


def canary(owner: str, kind: str) -> str:
    """kind: `who` for names and addresses, `record` for everything clinical, `staff` and `clinic` for clinics."""
    return f"cnry-{owner}-{kind}-{next(numbers)}"


@dataclass(frozen=True)
class Belongings:
    """One patient and what their addresses in the product name."""

    key: str
    patient: Patient
    reading: Model
    plan: Plan | None
    session: Session
    screen: Screen


@dataclass
class World:
    """Everybody by name. `p1` is who the addresses are about; the others could all have leaked something."""

    users: dict[str, User | None] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    people: dict[str, Belongings] = field(default_factory=dict)
    module_version: Model | None = None
    medium: Model | None = None
    own_exercise: Model | None = None
    exercise_version: Model | None = None
    drawn_exercise: Model | None = None
    template_version: Model | None = None
    invited: Invitation | None = None
    membership: Membership | None = None
    care: CareRelationship | None = None
    failed_mail: OutgoingMail | None = None
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    @property
    def p1(self) -> Belongings:
        return self.people["p1"]

    def key_of(self, patient_id: UUID) -> str:
        keys = {belongings.patient.pk: key for key, belongings in self.people.items()}
        return keys.get(patient_id, "p4")


def build() -> World:
    """Two clinics, six patients, one person per actor of the access table, all signed in."""
    world = World(users={"anonymous": None})
    one, two = _clinic("c1"), _clinic("c2")
    _staff(world, one, two)
    _library(world, one)
    clinician, colleague, stranger = (world.users[name] for name in ("practitioner", "colleague", "stranger"))
    for key, clinic, practitioner in (
        ("p1", one, clinician), ("p2", one, colleague), ("p3", two, stranger), ("p5", one, clinician)
    ):  # fmt: skip
        world.people[key] = _patient(world, key, clinic, practitioner)
    world.users |= {"patient": _user(world, "p1"), "other_patient": _user(world, "p2")}
    _end_care(world.people["p5"].patient, clinician)
    _invited(world, one, clinician)
    Heartbeat.objects.create(name="beat", at=timezone.now())
    world.membership = Membership.objects.get(user=colleague, clinic=one)
    world.care = CareRelationship.objects.get(patient=world.p1.patient, practitioner=clinician)
    world.sessions = {name: signed_in.session_of(user) if user else "" for name, user in world.users.items()}
    return world


def _clinic(key: str) -> Clinic:
    return make_clinic(
        name=canary(key, "clinic"), mail_name=canary(key, "clinic"), phone=canary(key, "clinic"),
        slug=canary(key, "clinic"), urgent_line=canary(key, "clinic"), crisis_line=canary(key, "clinic"),
        crisis_text=canary(key, "clinic"),
    )  # fmt: skip


def _staff(world: World, one: Clinic, two: Clinic) -> None:
    for name, clinic, key, role in (
        ("practitioner", one, "c1", "practitioner"),
        ("colleague", one, "c1", "practitioner"),
        ("stranger", two, "c2", "practitioner"),
        ("admin", one, "c1", "clinic_admin"),
        ("other_admin", two, "c2", "clinic_admin"),
        ("editor", one, "c1", "editor"),
    ):
        user = make_user(canary(key, "staff"), email=f"{canary(key, 'staff')}@example.org")

        add_member(clinic=clinic, email=user.email, name=user.name, role=role, by=None)
        world.users[name] = user
    world.users["superuser"] = User.objects.create_superuser("operator@example.org", "Operator")
    _verified(world.users["superuser"])
    for user in world.users.values():
        if user:
            user.refresh_from_db()


def _verified(user: User) -> None:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def _library(world: World, one: Clinic) -> None:
    world.module_version = make_module_version(asks=ASKS)
    world.medium, world.drawn_exercise = make_medium(), make_exercise_version(code="CLAM")
    world.exercise_version = make_exercise_version()
    world.template_version = make_template_version(world.exercise_version)
    world.own_exercise = make_own_version(
        original=make_exercise_version().exercise, clinic=one, by=world.users["editor"]
    )


def _user(world: World, key: str) -> User:
    return world.people[key].patient.user


def _patient(world: World, key: str, clinic: Clinic, practitioner: User) -> Belongings:
    patient = make_patient(
        clinic, in_care_of=practitioner, name=canary(key, "who"), email=f"{canary(key, 'who')}@example.org"
    )
    _verified(patient.user)
    Consent.objects.create(patient=patient, version=1, given_by=patient.user)
    reading = _reading(world, key, patient, practitioner)
    plan = _plan(world, key, patient, practitioner)
    _assessment(key, patient, practitioner)
    session = _logs(key, patient, plan)
    _measures(key, patient)
    _mail(key, patient)
    SeenMark.objects.create(patient=patient, up_to=timezone.now() - timedelta(days=9), seen_by=practitioner)
    audit.record(by=practitioner, verb="plan started", patient=patient, subject=plan)
    audit.record_access(by=practitioner, patient=patient, route="patient", request_id=uuid4())
    return Belongings(key, patient, reading, plan, session, _screen(key, patient))


def _screen(key: str, patient: Patient) -> Screen:
    """Flagged and open, but not so that it closes the program: the matrix asks what is in there."""
    answers = {"W1": "yes", "E1": "no", "W9": canary(key, "record")}
    cleared = Screen.objects.create(
        patient=patient, client_id=uuid4(), content_hash="x", wording=1, why="asked", answers=answers, level="W",
        phone=canary(key, "record"),
    )  # fmt: skip
    note = canary(key, "record")
    ScreenEvent.objects.create(
        screen=cleared, kind="cleared", by=patient.created_by or patient.user, note=note
    )
    return Screen.objects.create(
        patient=patient, client_id=uuid4(), content_hash="x", wording=1, why="asked", answers=answers, level="W",
        phone=canary(key, "record"),
    )  # fmt: skip


def _reading(world: World, key: str, patient: Patient, practitioner: User) -> Model:
    reading = give_reading(
        patient,
        world.module_version,
        assigned_by=practitioner,
        why=canary(key, "record"),
        opened_at=timezone.now(),
    )
    CheckAttempt.objects.create(
        assignment=reading, check_key="q1", option=0, is_right=False, misconception=canary(key, "record")
    )
    BeliefRating.objects.create(assignment=reading, ask_key="b1", moment="before", value=7)
    OwnWords.objects.create(
        assignment=reading, ask_key="w1", prompt=canary(key, "record"), text=canary(key, "record")
    )
    PassageQuestion.objects.create(
        patient=patient, assignment=reading, version=reading.version, section_key="f1",
        passage=canary(key, "record"), text=canary(key, "record"),
    )  # fmt: skip
    return reading


def _plan(world: World, key: str, patient: Patient, practitioner: User) -> Plan:
    start = _today() - timedelta(days=20)
    plan = Plan.objects.create(
        patient=patient, name=canary(key, "record"), started_on=start, started_by=practitioner,
        template_version=world.template_version,
    )  # fmt: skip
    version = PlanVersion.objects.create(
        plan=plan, number=1, from_on=start, note=canary(key, "record"), created_by=practitioner
    )
    phase = PlanPhase.objects.create(
        version=version, position=1, name=canary(key, "record"), advice=canary(key, "record")
    )
    PlanItem.objects.create(
        phase=phase, position=1, exercise_version=world.exercise_version, weekdays=[1, 2, 3, 4, 5, 6, 7],
        sets_low=3, sets_high=3, amount_low=10, amount_high=10, unit="reps", side="each",
        why=canary(key, "record"), load_note=canary(key, "record"), note=canary(key, "record"),
        goal=canary(key, "record"), despite=canary(key, "record"),
    )  # fmt: skip
    return plan


def _assessment(key: str, patient: Patient, practitioner: User) -> None:
    goal = {"words": canary(key, "record"), "score": 4}
    make_assessment(patient, {"goal_1": {"whole": goal}, "hip_abduction": {"left": "3"}}, by=practitioner)


def _logs(key: str, patient: Patient, plan: Plan) -> Session:
    version = plan.versions.get()
    on = _today() - timedelta(days=1)
    session = log_session_row(
        patient,
        on,
        "partly",
        reason="time",
        note=canary(key, "record"),
        plan_version=version,
        phase_position=1,
        effort=6,
    )
    SessionItem.objects.create(
        session=session, plan_item=PlanItem.objects.get(phase__version=version), sets_done=2
    )
    log_check_row(patient, on, 8, new_warning=True, warning_note=canary(key, "record"))
    return session


def _measures(key: str, patient: Patient) -> None:
    activity = Activity.objects.create(patient=patient, words=canary(key, "record"), named_by=patient.user)
    sheet = MeasureSheet.objects.create(
        patient=patient, client_id=uuid4(), content_hash="x", on=_today(), groc=2, plan_done="most"
    )
    ActivityRating.objects.create(sheet=sheet, activity=activity, score=4)


def _mail(key: str, patient: Patient) -> None:
    ReminderRule.objects.create(patient=patient)
    row = OutgoingMail.objects.create(
        key=canary(key, "record"), kind="reminder", mail_class="reminder", clinic=patient.clinic, patient=patient,
        to=f"{canary(key, 'who')}@example.org", context={"canary": canary(key, "record")},
        status="failed", outcome=canary(key, "who"),
    )  # fmt: skip
    ReminderSlot.objects.create(
        patient=patient, local_on=_today(), due_at=timezone.now(), zone=patient.time_zone, mail=row
    )


def _end_care(patient: Patient, by: User) -> None:
    CareRelationship.objects.filter(patient=patient).update(ended_at=timezone.now(), ended_by=by)


def _invited(world: World, clinic: Clinic, by: User) -> None:
    """Patient four is invited and has no account yet; their link is what an invitation's address carries."""
    patient = make_patient(
        clinic,
        in_care_of=by,
        with_account=False,
        name=canary("p4", "who"),
        email=f"{canary('p4', 'who')}@example.org",
    )
    world.invited = Invitation.objects.create(
        patient=patient, email=patient.email, sent_by=by, expires_at=timezone.now() + timedelta(days=7)
    )


def _today() -> date:
    return timezone.now().date()


# Text that nobody writes by hand: codes, hashes, zones.
NOT_WRITTEN = {
    "time_zone", "content_hash", "check_key", "ask_key", "section_key", "unit", "side", "tempo", "key", "kind", "zone", "verb", "subject", "route",
    "catalogue", "emergency_number", "plan_name", "phase_name", "mail_class", "detail", "stances", "hours",
}  # fmt: skip


def unplanted(world: World) -> list[str]:
    """Fields of words about patient one, or about a clinic, that hold no canary: nobody would see them leak."""
    rows = [
        row for model in apps.get_models() if model._meta.app_label in ROOMS for row in _rows_of(model, world)
    ]
    return sorted(
        {
            f"{type(row).__name__}.{field.name}"
            for row in rows
            for field in row._meta.local_concrete_fields
            if isinstance(field, CharField | TextField | JSONField)
            and not (field.choices or field.primary_key or field.name in NOT_WRITTEN)
            and not CANARY.search(str(getattr(row, field.name)))
        }
    )


def _rows_of(model: type[Model], world: World) -> Iterable[Model]:
    """What belongs to patient one, however far from the patient it hangs."""
    paths = {
        Patient: "pk", CheckAttempt: "assignment__patient", OwnWords: "assignment__patient", PlanVersion: "plan__patient", PlanPhase: "version__plan__patient",
        PlanItem: "phase__version__plan__patient", SessionItem: "session__patient",
        ScreenEvent: "screen__patient", ActivityRating: "sheet__patient",
    }  # fmt: skip
    if model is Clinic:
        return Clinic.objects.all()
    path = paths.get(model) or ("patient" if any(f.name == "patient" for f in model._meta.fields) else "")
    return model.objects.filter(**{path: world.p1.patient.pk}) if path else []
