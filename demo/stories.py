"""Turn simulated people into unsaved rows. Keys come from the story, so a repeat clashes and is ignored."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from clinic.models import Patient, User
from demo.rules import Behaviour, CheckLog, Day, Person, ScreenLog, SessionLog
from education.models import ModuleVersion
from programs.models import (
    ExerciseVersion,
    HourLater,
    Plan,
    PlanItem,
    PlanPhase,
    PlanVersion,
    Session,
    SessionItem,
    TemplateVersion,
)
from programs.queries import short_items
from programs.rules.dose import Dose
from progress.models import DailyCheck, Screen, ScreenEvent
from progress.rules.red_flags import ITEMS, closes, flagged, level_of
from progress.rules.screen_words import WORDING

# Which program from which week on, by behaviour. Each program's second phase follows two weeks later.
COURSE = {
    Behaviour.STEADY: (("P1", 0), ("P2", 3), ("P3", 8)),
    Behaviour.HIDDEN_TRIGGER: (("P1", 0), ("P2", 3), ("P3", 8)),
    Behaviour.FLARING: (("P1", 0), ("P2", 4)),
    Behaviour.OVER_REPORTING: (("P1", 0), ("P2", 3)),
    Behaviour.FADING: (("P1", 0), ("P2", 4)),
    Behaviour.NERVE_LIKE: (("P1", 0),),
}
WHY = {
    "BRIDGE": "Your hip tires early on the stairs test. This builds it up.",
    "SL_ABD": "Your outer hip was the weaker side when we tested it.",
    "STEP_DOWN": "To practice a level pelvis, as on the stairs.",
}
DOSE_COLUMNS = {field.name for field in fields(Dose)}


@dataclass
class Library:
    exercises: dict[str, ExerciseVersion]
    templates: dict[str, TemplateVersion]
    modules: list[ModuleVersion]


@dataclass
class Course:
    """The rows of one program a patient was or is on, oldest version first."""

    plan: Plan
    versions: list[PlanVersion]
    phases: list[PlanPhase]
    items: list[PlanItem]


def key(patient: Patient, *parts: object) -> UUID:
    return uuid5(NAMESPACE_URL, ":".join(["hipwise-demo", str(patient.pk), *map(str, parts)]))


def moment(patient: Patient, on: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(on, time(hour, minute), ZoneInfo(patient.time_zone)).astimezone(UTC)


def courses(who: Person, patient: Patient, *, by: User, library: Library) -> Iterator[Course]:
    steps = COURSE[who.behaviour]
    for index, (code, week) in enumerate(steps):
        end = who.started_on + timedelta(weeks=steps[index + 1][1]) if index + 1 < len(steps) else None
        yield course(who, patient, library.templates[code], week=week, end=end, by=by, library=library)


def course(
    who: Person,
    patient: Patient,
    template: TemplateVersion,
    *,
    week: int,
    end: date | None,
    by: User,
    library: Library,
) -> Course:
    start = who.started_on + timedelta(weeks=week)
    plan = Plan(
        id=key(patient, "plan", template.code),
        patient=patient,
        template_version=template,
        name=template.name,
        started_on=start,
        started_at=moment(patient, start, 10),
        started_by=by,
        ended_at=moment(patient, end, 9) if end else None,
        ended_by=by if end else None,
    )
    made = Course(plan, [], [], [])
    for number, from_on in enumerate((start, start + timedelta(weeks=2)), start=1):
        version = PlanVersion(
            id=key(patient, "version", template.code, number),
            plan=plan,
            number=number,
            from_on=from_on,
            phase_position=number,
            created_at=moment(patient, from_on, 10),
            created_by=by,
        )
        made.versions.append(version)
        fill(made, version, who, patient, template, library)
    return made


def fill(
    made: Course,
    version: PlanVersion,
    who: Person,
    patient: Patient,
    template: TemplateVersion,
    library: Library,
) -> None:
    for position, told in enumerate(template.content["phases"], start=1):
        phase = PlanPhase(
            id=key(patient, "phase", version.pk, position),
            version=version,
            position=position,
            key=told["key"],
            name=told["name"],
            advice=told["advice"],
        )
        made.phases.append(phase)
        for place, item in enumerate(told["items"], start=1):
            made.items.append(plan_item(phase, place, item, who, patient, library))


def plan_item(
    phase: PlanPhase, place: int, item: dict, who: Person, patient: Patient, library: Library
) -> PlanItem:
    exercise = library.exercises[item["exercise"]]
    told = {**exercise.content["dose"], **item["dose"]}
    dose = {name: value for name, value in told.items() if name in DOSE_COLUMNS}
    if dose.get("side") == "one":
        dose["side"] = "each" if who.number % 3 else ("left", "right")[who.number % 2]
    return PlanItem(
        id=key(patient, "item", phase.pk, place),
        phase=phase,
        position=place,
        exercise_version=exercise,
        weekdays=list(who.weekdays),
        why=WHY.get(exercise.code, ""),
        **dose,
    )


def version_on(made: list[Course], on: date) -> PlanVersion | None:
    """The version in force that day, as the product itself would say."""
    in_force = [v for c in made for v in c.versions if v.from_on <= on]
    return max(in_force, key=lambda v: (v.from_on, v.number), default=None)


def check_row(patient: Patient, day: Day, told: CheckLog) -> DailyCheck:
    client_id = key(patient, "check", day.on)
    at = moment(patient, day.on, 7, 10 + told.morning_pain)
    return DailyCheck(
        id=client_id,
        client_id=client_id,
        content_hash="demo",
        patient=patient,
        on=day.on,
        morning_pain=told.morning_pain,
        stiffness=told.stiffness,
        sleep=told.sleep,
        places=list(told.places),
        side="right" if told.places else "",
        new_warning=told.worry,
        warning_note=told.worry_note,
        performed_at=at,
        received_at=at,
    )


def screen_rows(patient: Patient, day: Day, told: ScreenLog, by: User) -> Iterator[Screen | ScreenEvent]:
    """A screen with what became of it."""
    answers = {item.id: told.flagged.get(item.id, "no") for item in ITEMS}
    at = moment(patient, day.on, 7, 25)
    screen = Screen(
        id=key(patient, "screen", day.on), client_id=key(patient, "screen", day.on), content_hash="demo",
        patient=patient, wording=WORDING, why="weekly", answers=answers, level=level_of(answers),
        closes=closes(flagged(answers)), phone="+1 555 0142" if told.flagged else "", received_at=at,
    )  # fmt: skip
    yield screen
    if told.cleared:
        for hours, kind, note in ((0, "told", ""), (2, "opened", ""), (27, "cleared", told.cleared)):
            who = None if kind == "told" else by
            yield ScreenEvent(
                id=uuid5(screen.pk, kind),
                screen=screen,
                kind=kind,
                by=who,
                note=note,
                at=at + timedelta(hours=hours),
            )


def session_row(patient: Patient, day: Day, told: SessionLog, version: PlanVersion) -> Session:
    client_id = key(patient, "session", day.on)
    at = moment(patient, day.on, 18, 20)
    return Session(
        id=client_id,
        client_id=client_id,
        content_hash="demo",
        patient=patient,
        plan_version=version,
        phase_position=version.phase_position,
        planned_on=day.on,
        outcome=told.outcome,
        reason=told.reason,
        pain_during=told.pain_during,
        pain_after=told.pain_after,
        effort=told.effort,
        note=told.note,
        is_short=told.short,
        performed_at=at,
        received_at=at + timedelta(days=told.late_days, minutes=4),
    )


def hours_later(session: Session, told: SessionLog) -> Iterator[HourLater]:
    """Most who told of a session at once answered an hour after; some did not."""
    if told.pain_after is None or told.late_days or session.planned_on.day % 4 == 0:
        return
    client_id = uuid5(session.pk, "hour later")
    at = session.performed_at + timedelta(minutes=70)
    yield HourLater(
        id=client_id, client_id=client_id, patient=session.patient, session=session, pain=told.pain_after, received_at=at
    )  # fmt: skip


def session_items(session: Session, told: SessionLog, items: list[PlanItem]) -> Iterator[SessionItem]:
    """Of a session done in part, the last exercise was left out."""
    if told.outcome == "not_today":
        return
    items = short_items(items) if told.short else items
    for place, item in enumerate(items, start=1):
        left_out = told.outcome == "partly" and 1 < place == len(items)
        yield SessionItem(
            id=uuid5(session.pk, str(item.pk)),
            session=session,
            plan_item=item,
            sets_done=0 if left_out else max(1, round(item.sets_high * told.share_done)),
            amount_done=None if left_out else item.amount_low,
            reason=told.reason if left_out else "",
            load_kg=None if left_out else item.load_kg,
            pain_during=told.pain_during if item.position == 1 else None,
        )
