"""What demo patients read and answered; some got a question wrong first."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Model

from clinic.models import Patient, User
from demo.rules import Behaviour, Person
from demo.stories import key, moment
from education.models import (
    BeliefRating,
    CheckAttempt,
    ModuleVersion,
    OwnWords,
    PassageQuestion,
    ReadingAssignment,
)
from education.queries import current_versions
from education.rules.asks import passage

GIVEN = ("M01", "M02", "M03", "M13", "M15")
# How many of those were understood, then how many more only read, then how many more only opened.
FAR = {
    Behaviour.STEADY: (4, 1, 0),
    Behaviour.HIDDEN_TRIGGER: (3, 1, 1),
    Behaviour.FLARING: (3, 1, 0),
    Behaviour.OVER_REPORTING: (0, 5, 0),
    Behaviour.NERVE_LIKE: (2, 1, 1),
    Behaviour.FADING: (1, 1, 1),
}


def rows(
    who: Person, patient: Patient, *, by: User, given: list[ModuleVersion], now: datetime
) -> Iterator[Model]:
    """Assignments and answers, unsaved; assignments first."""
    understood, read, opened = FAR[who.behaviour]
    assignments = []
    for place, version in enumerate(given):
        on = who.started_on + timedelta(days=1 + place * 4)
        state = [3] * understood + [2] * read + [1] * opened + [0] * len(given)
        assignments.append((assignment(patient, version, by, place, on, state[place]), state[place]))
    yield from (row for row, _state in assignments)
    for row, state in assignments:
        if state == 3:
            yield from answers(who, row)
        if state >= 2:
            yield from told(who, row, now)
    if opened and who.number % 2:
        yield question(next(row for row, state in assignments if state == 1), now)


def given_versions() -> list[ModuleVersion]:
    by_code = {version.module.code: version for version in current_versions().select_related("module")}
    return [by_code[code] for code in GIVEN if code in by_code]


def assignment(
    patient: Patient, version: ModuleVersion, by: User, place: int, on: date, state: int
) -> ReadingAssignment:
    """State 0 is waiting, 1 opened, 2 read, 3 understood."""
    at = moment(patient, on, 20)
    return ReadingAssignment(
        id=key(patient, "reading", version.module_id),
        patient=patient,
        module_id=version.module_id,
        version=version,
        position=place,
        assigned_by=by,
        assigned_at=at - timedelta(days=1 + place * 4),
        opened_at=at if state else None,
        sections_seen=len(version.sections) if state >= 2 else 2 * (state == 1),
        read_at=at + timedelta(minutes=4) if state >= 2 else None,
        understood_at=at + timedelta(minutes=7) if state == 3 else None,
    )


SAID = (
    "It is meant to be firm. I would leave it alone and train the side of the hip instead.",
    "Rolling feels good for a while, but it is the hip work that counts.",
    "Ease off a bit, keep moving, and build up again week by week.",
)
ASKED = "Does this also hold if only one side is sore?"


def told(who: Person, row: ReadingAssignment, now: datetime) -> Iterator[Model]:
    """Beliefs that mostly move to where studies point, each third time left open; own words of every second reader."""
    asked = [ask for ask in row.version.asks if ask["kind"] == "belief"]
    for place, ask in enumerate(asked):
        high, low = 8 - (who.number + place) % 3, 2 + (who.number + place) % 3
        values = (high, low, low + 1) if ask["points"] == "down" else (low, high, high - 1)
        for (name, days), value in zip((("before", 0), ("after", 0), ("later", 15)), values, strict=True):
            at = (row.opened_at if name == "before" else row.read_at) + timedelta(days=days)
            if at < now:
                yield BeliefRating(
                    id=key(row.patient, "belief", row.pk, ask["key"], name), assignment=row, ask_key=ask["key"],
                    moment=name, value=None if (who.number + place + days) % 5 == 0 else value, rated_at=at,
                )  # fmt: skip
    for ask in row.version.asks:
        if ask["kind"] == "teach_back" and who.number % 2 == 0:
            yield OwnWords(
                id=key(row.patient, "own words", row.pk, ask["key"]), assignment=row, ask_key=ask["key"],
                prompt=ask["prompt"], text=SAID[(who.number // 2) % len(SAID)], told_at=row.read_at + timedelta(minutes=6),
            )  # fmt: skip


def question(row: ReadingAssignment, now: datetime) -> PassageQuestion:
    """Asked yesterday: nobody has looked at it yet."""
    part = next(part for part in row.version.sections if part.get("text"))
    return PassageQuestion(
        id=key(row.patient, "question", row.pk), patient=row.patient, assignment=row, version=row.version,
        section_key=part["key"], passage=passage(row.version.sections, part["key"], stances={}), text=ASKED,
        asked_at=now - timedelta(hours=20),
    )  # fmt: skip


def answers(who: Person, row: ReadingAssignment) -> Iterator[CheckAttempt]:
    """Right answers; every third person's first try at the last question shows a misconception."""
    checks = row.version.checks
    for number, check in enumerate(checks):
        slip_here = who.number % 3 == 0 and number == len(checks) - 1
        order = sorted(range(len(check["options"])), key=lambda o: check["options"][o]["right"])
        for step, option in enumerate(order[:1] * slip_here + order[-1:]):
            told = check["options"][option]
            yield CheckAttempt(
                id=key(row.patient, "answer", row.pk, check["key"], step),
                assignment=row,
                check_key=check["key"],
                option=option,
                is_right=told["right"],
                misconception=told.get("misconception", ""),
                answered_at=row.read_at + timedelta(minutes=number, seconds=20 * step),
            )
