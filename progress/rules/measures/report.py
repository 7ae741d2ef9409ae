"""From answers to one line per measure: the first score, the last, the change in words, and what was not answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from progress.rules.measures.catalogue import MEASURES, Key, Measure, PlanDone
from progress.rules.measures.schedule import Course, unanswered
from progress.rules.measures.scoring import Change, Verdict, change, psfs_mean, shared
from progress.rules.measures.sheets import SheetFact
from progress.rules.progression.measures import weekly_mean

WEEK_DAYS = 7


@dataclass(frozen=True)
class Point:
    """One score. Of a week of mornings `on` is its last day."""

    on: date
    value: float


@dataclass(frozen=True)
class Line:
    """One measure of one course. `asked` times are over, `missing` of them without an answer."""

    measure: Measure
    first: Point | None
    last: Point | None
    change: Change
    asked: int
    missing: int


def report(
    sheets: Sequence[SheetFact], mornings: Mapping[date, int], course: Course | None, today: date
) -> tuple[Line, ...]:
    """Sheets are oldest first. Without a course nothing was asked, and there is no baseline to compare with."""
    if course is None or course.started_on > today:
        return ()
    within = [sheet for sheet in sheets if course.started_on <= sheet.on <= today]
    return (
        _pain(mornings, course, today),
        *(_line(key, within, course, today) for key in Key if key is not Key.NPRS),
    )


def _pain(mornings: Mapping[date, int], course: Course, today: date) -> Line:
    """Weeks, not days: the plan's first seven mornings and the last seven, four ratings in each."""
    measure, week = MEASURES[Key.NPRS], timedelta(days=WEEK_DAYS)
    first = _week(mornings, course.started_on + week - timedelta(days=1))
    last = _week(mornings, today) if today >= course.started_on + 2 * week - timedelta(days=1) else None
    asked, missing = unanswered(measure, course, mornings.keys(), today)
    found = change(measure, first.value if first else None, last.value if last else None)
    return Line(measure, first, last, found, asked, missing)


def _week(mornings: Mapping[date, int], last: date) -> Point | None:
    mean = weekly_mean([mornings.get(last - timedelta(days=n)) for n in range(WEEK_DAYS)])
    return None if mean is None else Point(last, round(mean, 1))


def _line(key: Key, sheets: Sequence[SheetFact], course: Course, today: date) -> Line:
    measure = MEASURES[key]
    told = [sheet for sheet in sheets if sheet.answers(key)]
    asked, missing = unanswered(measure, course, [sheet.on for sheet in told], today)
    if not told:
        return Line(measure, None, None, Change(Verdict.UNKNOWN), asked, missing)
    return Line(measure, *_compared(measure, told), asked, missing)


def _compared(measure: Measure, told: Sequence[SheetFact]) -> tuple[Point | None, Point | None, Change]:
    """The first and the last answer. One answer alone is a baseline, except of GROC, which is a change."""
    start, end = told[0], told[-1]
    first, last = Point(start.on, score(measure.key, start)), Point(end.on, score(measure.key, end))
    if measure.key is Key.GROC:
        return None, last, change(measure, None, last.value)
    if len(told) == 1:
        return first, None, Change(Verdict.UNKNOWN)
    if measure.key is Key.PSFS:
        before, now = shared(start.ratings, end.ratings)
        if before is None or now is None:
            return first, last, Change(Verdict.UNKNOWN)
        first, last = Point(start.on, before), Point(end.on, now)
    return first, last, change(measure, first.value, last.value)


def score(key: Key, sheet: SheetFact) -> float:
    """What a sheet scores on a measure that it answers."""
    scores = {
        Key.PSFS: psfs_mean(sheet.ratings.values()),
        Key.GROC: sheet.groc,
        Key.SANE: sheet.sane,
        Key.PLAN_DONE: list(PlanDone).index(PlanDone(sheet.plan_done)) if sheet.plan_done else None,
    }
    found = scores[key]
    if found is None:
        raise ValueError(f"{key} was not answered")
    return found
