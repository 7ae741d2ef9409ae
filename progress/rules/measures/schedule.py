"""When each measure is asked, and which times nobody answered. Days are the patient's local days."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from progress.rules.measures.catalogue import Measure

GAP_DAYS = 28  # a plan that follows within four weeks goes on with the same course (convention)
OPEN_DAYS = 14  # how long a question that belongs to one day may still be answered (convention)


@dataclass(frozen=True)
class Span:
    """One plan: its first day, its last (None: still open), and from when on its phase changed."""

    started_on: date
    ended_on: date | None = None
    phases_on: tuple[date, ...] = ()


@dataclass(frozen=True)
class Course:
    """Plans that follow on each other: the start, every new plan and phase, and the end. `turns` begin with the start."""

    turns: tuple[date, ...]
    ended_on: date | None = None

    @property
    def started_on(self) -> date:
        return self.turns[0]


@dataclass(frozen=True)
class Slot:
    """The days on which one asking may be answered, both included."""

    first: date
    last: date


def course_of(spans: Iterable[Span]) -> Course | None:
    """The newest course; a plan after a long gap begins a new one, with a baseline of its own."""
    course: list[Span] = []
    for span in sorted(spans, key=lambda span: span.started_on):
        if course and _is_long_after(course[-1], span):
            course = []
        course.append(span)
    if not course:
        return None
    turns = {on for span in course for on in (span.started_on, *span.phases_on)}
    return Course(tuple(sorted(turns)), course[-1].ended_on)


def _is_long_after(before: Span, span: Span) -> bool:
    return before.ended_on is not None and (span.started_on - before.ended_on).days > GAP_DAYS


def slots(measure: Measure, course: Course, today: date) -> tuple[Slot, ...]:
    """Every asking that has begun, oldest first. None begins after the course has ended."""
    last = today if course.ended_on is None else min(today, course.ended_on)
    begun = [slot for slot in _all_slots(measure, course, last) if slot.first <= last]
    return tuple(begun)


def _all_slots(measure: Measure, course: Course, last: date) -> list[Slot]:
    if measure.every_days is None:
        ends = [*course.turns[1:], date.max]
        return [
            Slot(on, min(on + timedelta(days=OPEN_DAYS - 1), after - timedelta(days=1)))
            for on, after in zip(course.turns, ends, strict=True)
        ]
    every = timedelta(days=measure.every_days)
    first = course.started_on + timedelta(days=measure.first_after_days)
    count = max(0, (last - first).days // measure.every_days + 1)
    return [Slot(on, on + every - timedelta(days=1)) for on in (first + n * every for n in range(count))]


def due(measure: Measure, course: Course | None, answered: Collection[date], today: date) -> bool:
    """Whether it is open today and was not answered since it opened."""
    if course is None or course.ended_on is not None:
        return False
    return any(
        slot.first <= today <= slot.last and not _is_answered(slot, answered)
        for slot in slots(measure, course, today)[-1:]
    )


def unanswered(measure: Measure, course: Course, answered: Collection[date], today: date) -> tuple[int, int]:
    """How many times it was asked and is over, and of those how many nobody answered."""
    over = [
        slot for slot in slots(measure, course, today) if slot.last < today or _is_answered(slot, answered)
    ]
    return len(over), sum(not _is_answered(slot, answered) for slot in over)


def _is_answered(slot: Slot, answered: Collection[date]) -> bool:
    return any(slot.first <= on <= slot.last for on in answered)
