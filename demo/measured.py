"""What demo patients answered about their measures: a real change in one, one within chance, one with most of it open."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid5

from clinic.models import Patient
from demo.rules import WEEKS, Behaviour, Person
from demo.stories import key, moment
from progress.models import Activity, ActivityRating, MeasureSheet

WORDS = (
    ("Running 5 km", "Walking downstairs", "Sitting through a film"),
    ("Cycling to work", "Hiking downhill", "Lying on my side at night"),
    ("Playing tennis", "Getting out of the car", "Standing through a shift"),
)
FIRST = (4, 6, 3)
# How far each behavior gets in twelve weeks, in points of each activity; 2 on average is a change that is likely real.
GAIN = {
    Behaviour.STEADY: (4, 3, 4),
    Behaviour.HIDDEN_TRIGGER: (3, 2, 3),
    Behaviour.FLARING: (2, 1, 2),
    Behaviour.FADING: (1, 1, 1),
    Behaviour.OVER_REPORTING: (1, 0, 1),
    Behaviour.NERVE_LIKE: (0, -1, 0),
}
LEFT_OPEN = {
    Behaviour.FADING: range(5, 99),
    Behaviour.NERVE_LIKE: (2, 5),
    Behaviour.FLARING: (3,),
}  # by fortnight
MANAGED = {Behaviour.OVER_REPORTING: "all", Behaviour.STEADY: "most", Behaviour.FADING: "some"}


def rows(
    who: Person, patient: Patient, *, now: datetime
) -> Iterator[Activity | MeasureSheet | ActivityRating]:
    """Twelve weeks of sheets, each on the day after it came due, as far as that day has come."""
    activities = [
        Activity(
            id=key(patient, "activity", n), patient=patient, words=words, named_by=patient.user,
            named_at=moment(patient, who.started_on, 19),
        )
        for n, words in enumerate(WORDS[who.number % len(WORDS)])
    ]  # fmt: skip
    told = [
        sheet for week in range(WEEKS) if (sheet := _sheet(who, patient, week)) and sheet.received_at <= now
    ]
    yield from activities
    yield from told
    for sheet in told:
        yield from _ratings(who, sheet, activities)


def _sheet(who: Person, patient: Patient, week: int) -> MeasureSheet | None:
    """Activities and change every second week, the plan in each."""
    if week // 2 in LEFT_OPEN.get(who.behaviour, ()):
        return None
    on = who.started_on + timedelta(days=7 * week + (1 if week else 0))
    at, client_id = moment(patient, on, 19, 5 + who.number % 40), key(patient, "sheet", week)
    managed = MANAGED.get(who.behaviour, "half" if week % 3 else "most")
    return MeasureSheet(
        id=client_id, client_id=client_id, content_hash="demo", patient=patient, on=on,
        groc=_change(who, week) if week and week % 2 == 0 else None,
        sane=min(100, 55 + 3 * sum(FIRST) // 3 + 2 * sum(GAIN[who.behaviour]) * week // WEEKS) if week in (0, 3, 8) else None,
        plan_done=managed if week else "",
        reasons=["time"] if week and managed in ("half", "some") else [],
        performed_at=at, received_at=at,
    )  # fmt: skip


def _change(who: Person, week: int) -> int:
    return max(-5, min(5, round(sum(GAIN[who.behaviour]) / 3 * week / WEEKS)))


def _ratings(who: Person, sheet: MeasureSheet, activities: list[Activity]) -> Iterator[ActivityRating]:
    weeks = (sheet.on - who.started_on).days // 7
    if weeks % 2:
        return
    parts = zip(activities, FIRST, GAIN[who.behaviour], strict=True)
    for activity, first, gain in parts:
        score = max(0, min(10, first + round(gain * weeks / (WEEKS - 2))))
        yield ActivityRating(
            id=uuid5(sheet.pk, str(activity.pk)), sheet=sheet, activity=activity, score=score
        )
