"""The smallest valid rows. Each function makes one thing and surprises no one; pass what the test is about."""

import io
from datetime import UTC, date, datetime
from itertools import count, product
from uuid import uuid4

from django.utils import timezone
from PIL import Image

from clinic.models import CareRelationship, Clinic, Membership, Patient, User
from education.actions import keep_medium
from education.models import Medium, Module, ModuleVersion, ReadingAssignment
from education.rules import media
from programs.models import (
    Assessment,
    Exercise,
    ExerciseVersion,
    Plan,
    PlanItem,
    PlanPhase,
    PlanVersion,
    ProgramTemplate,
    Session,
    TemplateVersion,
)
from progress.models import DailyCheck, Screen
from progress.rules.red_flags import ITEMS, closes, flagged, level_of
from progress.rules.screen_words import WORDING

numbers = count(1)
COLORS = product(range(0, 256, 40), repeat=3)  # no two photos are the same
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)  # a Tuesday


def make_clinic(**fields: object) -> Clinic:
    number = next(numbers)
    return Clinic.objects.create(
        **{"name": f"Clinic {number}", "mail_name": f"Clinic {number}", "slug": f"clinic-{number}", **fields}
    )


def make_user(name: str = "", **fields: object) -> User:
    number = next(numbers)
    return User.objects.create_user(
        fields.pop("email", f"person{number}@example.org"), name or f"Person {number}", **fields
    )


def make_member(clinic: Clinic, role: str = "practitioner", **fields: object) -> User:
    user = make_user(**fields)
    Membership.objects.create(user=user, clinic=clinic, role=role)
    return user


def make_patient(
    clinic: Clinic, *, in_care_of: User | None = None, with_account: bool = True, **fields: object
) -> Patient:
    """A patient who has accepted and agreed, unless told otherwise."""
    number = next(numbers)
    email = fields.pop("email", f"patient{number}@example.org")
    name = fields.pop("name", f"Patient {number}")
    user = make_user(name, email=email) if with_account else None
    patient = Patient.objects.create(
        clinic=clinic, user=user, name=name, email=email,
        **{"birth_date": date(1990, 5, 17), "consented_version": clinic.consent_version if user else None, **fields},
    )  # fmt: skip
    if in_care_of:
        give_care(patient, in_care_of)
    return patient


def give_care(patient: Patient, practitioner: User) -> CareRelationship:
    return CareRelationship.objects.create(
        patient=patient, practitioner=practitioner, started_by=practitioner
    )


CHECK = {
    "key": "q1",
    "question": "Which sentence is true?",
    "options": [
        {
            "text": "It is a muscle",
            "right": False,
            "explanation": "It cannot squeeze.",
            "misconception": "band-is-muscle",
            "passage": "f1",
        },
        {
            "text": "It is a firm strap",
            "right": True,
            "explanation": "Yes: strong tissue.",
            "misconception": "",
            "passage": "",
        },
    ],
}


def make_module_version(*, number: int = 1, module: Module | None = None, **fields: object) -> ModuleVersion:
    n = next(numbers)
    module = module or Module.objects.create(
        code=f"T{n}", slug=f"module-{n}", title=f"Module {n}", goal="Say one thing.", minutes=4
    )
    sections = [
        {
            "kind": "fact",
            "key": "f1",
            "text": "The band is a strap.",
            "sources": ["S3"],
            "confidence": "high",
        },
        {"kind": "myth_fact", "key": "m1", "myth": "It is a muscle.", "fact": "It is a strap."},
    ]
    return ModuleVersion.objects.create(
        **{"module": module, "number": number, "title": module.title, "goal": module.goal, "minutes": 4,
           "sections": sections, "checks": [CHECK], **fields}
    )  # fmt: skip


def give_reading(
    patient: Patient, version: ModuleVersion | None = None, **fields: object
) -> ReadingAssignment:
    version = version or make_module_version()
    by = fields.pop("assigned_by", None) or make_member(patient.clinic)
    return ReadingAssignment.objects.create(
        patient=patient, module=version.module, version=version, assigned_by=by, **fields
    )


def photo(width: int = 40, height: int = 30, kind: str = "PNG", **options: object) -> bytes:
    """A picture as a camera could have made it."""
    held = io.BytesIO()
    Image.new("RGB", (width, height), next(COLORS)).save(held, kind, **options)
    return held.getvalue()


def make_medium(**words: str) -> Medium:
    return keep_medium(
        upload=media.kept(photo()), words={"alt": "A bridge seen from the side.", **words}, by=None
    )


def make_exercise_version(**fields: object) -> ExerciseVersion:
    n = next(numbers)
    name, code = fields.pop("name", f"Exercise {n}"), fields.pop("code", f"EX{n}")
    exercise = Exercise.objects.create(
        code=code, name=name, family="hip abduction", purpose="Get stronger", muscles="Gluteus medius", start="Lie down.", steps="Lift.",
    )  # fmt: skip
    content = {
        "family": "hip abduction", "profile": "strength", "purpose": "Get stronger", "muscles": "Gluteus medius", "kit": "Mat",
        "start": "Lie down.", "steps": ["Lift.", "Lower."], "faults": ["Rolling back"], "ladder": "", "caution": "", "staff_note": "", "evidence": "",
        "dose": {"sets_low": 3, "sets_high": 3, "amount_low": 10, "amount_high": 12, "unit": "reps", "side": "each"},
        "easier": [], "harder": [],
    }  # fmt: skip
    return ExerciseVersion.objects.create(
        exercise=exercise, number=1, code=exercise.code, name=name, content={**content, **fields}
    )


def make_template_version(*exercises: ExerciseVersion, **fields: object) -> TemplateVersion:
    n = next(numbers)
    template = ProgramTemplate.objects.create(
        code=fields.pop("code", f"P{n}"), name=f"Program {n}", weeks_low=2, weeks_high=3, phase_max_days=21, frequency="3 days a week", who="Anyone", phases=[],
    )  # fmt: skip
    items = [
        {"exercise": e.code, "dose": e.content["dose"], "text": "3 x 10"}
        for e in exercises or [make_exercise_version()]
    ]
    content = {
        "weeks": [2, 3], "phase_max_days": 21, "frequency": "3 days a week", "days_per_week": 3, "who": "Anyone", "entry": [], "exit": [],
        "phases": [{"key": "a", "name": "Settle", "advice": "Go easy.", "items": items},
                   {"key": "b", "name": "Build", "advice": "", "items": items}],
    }  # fmt: skip
    return TemplateVersion.objects.create(
        template=template, number=1, code=template.code, name=template.name, content={**content, **fields}
    )


def make_plan(
    patient: Patient, *exercises: ExerciseVersion, by: User | None = None, **fields: object
) -> Plan:
    """An open plan from 1 March 2026: one phase, each exercise 3 × 10 each side (or another `dose`) on Monday, Wednesday, Friday."""
    by = by or make_member(patient.clinic)
    weekdays = fields.pop("weekdays", [1, 3, 5])
    started_on = fields.pop("started_on", date(2026, 3, 1))
    dose = {
        "sets_low": 3,
        "sets_high": 3,
        "amount_low": 10,
        "amount_high": 10,
        "unit": "reps",
        "side": "each",
    }
    dose |= fields.pop("dose", {})
    plan = Plan.objects.create(
        patient=patient, name="Program", started_on=started_on, started_by=by, **fields
    )
    version = PlanVersion.objects.create(plan=plan, number=1, from_on=started_on, created_by=by)
    phase = PlanPhase.objects.create(version=version, position=1, name="Settle")
    for position, exercise in enumerate(exercises or [make_exercise_version()], start=1):
        PlanItem.objects.create(
            phase=phase, position=position, exercise_version=exercise, weekdays=weekdays, **dose
        )
    return plan


def make_assessment(
    patient: Patient, answers: dict, *, by: User | None = None, **fields: object
) -> Assessment:
    """A quick one of 1 March 2026."""
    kept = {
        "mode": "quick",
        "assessed_on": date(2026, 3, 1),
        "catalogue": "1",
        "client_id": uuid4(),
        **fields,
    }
    return Assessment.objects.create(
        patient=patient, answers=answers, made_by=by or make_member(patient.clinic), **kept
    )


def log_session_row(patient: Patient, on: date, outcome: str = "done", **fields: object) -> Session:
    at = datetime(on.year, on.month, on.day, 18, 0, tzinfo=UTC)
    return Session.objects.create(
        **{"patient": patient, "client_id": uuid4(), "content_hash": "x", "planned_on": on, "outcome": outcome,
           "performed_at": at, "received_at": at, **fields}
    )  # fmt: skip


def log_check_row(patient: Patient, on: date, morning_pain: int | None = 2, **fields: object) -> DailyCheck:
    at = datetime(on.year, on.month, on.day, 7, 0, tzinfo=UTC)
    return DailyCheck.objects.create(
        **{
            "patient": patient,
            "client_id": uuid4(),
            "content_hash": "x",
            "on": on,
            "morning_pain": morning_pain,
            "performed_at": at,
            "received_at": at,
            **fields,
        }
    )


def answer_screen(patient: Patient, at: datetime | None = None, **answers: str) -> Screen:
    """A stored screen, every question answered "no" but for what is told: `E1="yes"`. Nothing follows from it."""
    said = {item.id: "no" for item in ITEMS} | answers
    return Screen.objects.create(
        patient=patient, client_id=uuid4(), content_hash="x", wording=WORDING, why="weekly", answers=said,
        level=level_of(said), closes=closes(flagged(said)), received_at=at or timezone.now(),
    )  # fmt: skip
