"""Measures: the worked examples of clinical.md 5.4, what a change is called, when each is asked."""

from datetime import date, timedelta

import pytest

from progress.rules.measures import (
    MEASURES,
    NOT_EMBEDDED,
    Course,
    Key,
    SheetFact,
    Span,
    Verdict,
    change,
    course_of,
    due,
    psfs_mean,
    report,
    unanswered,
)

START = date(2026, 3, 2)
COURSE = Course((START,))


def after(days: int) -> date:
    return START + timedelta(days=days)


def rated(day: int, *scores: int, **said: object) -> SheetFact:
    return SheetFact(on=after(day), ratings={str(n): score for n, score in enumerate(scores)}, **said)


def line_of(key: Key, *sheets: SheetFact, on: int, mornings: dict | None = None):
    return next(line for line in report(sheets, mornings or {}, COURSE, after(on)) if line.measure.key is key)


def test_the_worked_example_of_the_psfs_is_a_real_change() -> None:
    line = line_of(Key.PSFS, rated(0, 4, 6, 3), rated(28, 7, 7, 5), on=28)

    assert (line.first.value, line.last.value, line.change.points) == (4.33, 6.33, 2.0)
    assert line.change.verdict is Verdict.BETTER


@pytest.mark.parametrize(
    ("scores", "mean"),
    [((4, 6, 3), 4.33), ((7, 7, 5), 6.33), ((4, 6), None), ((4, 6, None), None), ((), None)],
)
def test_a_mean_needs_three_activities(scores: tuple, mean: float | None) -> None:
    assert psfs_mean(scores) == mean


@pytest.mark.parametrize(
    ("key", "before", "now", "verdict"),
    [
        (Key.PSFS, 4.33, 6.33, "better"), (Key.PSFS, 4.33, 6.3, "chance"), (Key.PSFS, 6.0, 4.0, "worse"),
        (Key.PSFS, 4.0, None, "unknown"), (Key.PSFS, None, 4.0, "unknown"),
        (Key.NPRS, 5.0, 3.0, "better"), (Key.NPRS, 5.0, 3.1, "chance"), (Key.NPRS, 3.0, 5.0, "worse"),
        (Key.GROC, None, 2, "better"), (Key.GROC, None, 1, "chance"), (Key.GROC, None, -2, "worse"), (Key.GROC, None, None, "unknown"),
        (Key.SANE, 60, 79, "better"), (Key.SANE, 60, 78, "chance"), (Key.SANE, 60, 41, "worse"), (Key.SANE, 0, 0, "chance"),
        (Key.PLAN_DONE, 2, 4, "no_limit"),
    ],
)  # fmt: skip
def test_a_change_is_called_what_it_is(key: Key, before: float, now: float, verdict: str) -> None:
    assert change(MEASURES[key], before, now).verdict == verdict


def test_only_activities_rated_both_times_are_compared() -> None:
    first = SheetFact(on=START, ratings={"run": 4, "stairs": 6, "sit": 3, "squat": 1})
    later = SheetFact(on=after(28), ratings={"run": 7, "stairs": 7, "sit": 5, "jump": 10})
    other = SheetFact(on=after(28), ratings={"run": 7, "jump": 9, "hop": 9})

    same, unlike = line_of(Key.PSFS, first, later, on=28), line_of(Key.PSFS, first, other, on=28)

    assert (same.first.value, same.last.value, same.change.points) == (4.33, 6.33, 2.0)
    assert unlike.change.verdict is Verdict.UNKNOWN


def test_pain_is_compared_by_weeks_with_four_mornings_each() -> None:
    first = {after(n): 5 for n in range(7)}
    last = {after(n): 3 for n in (21, 23, 25, 27)}

    enough = line_of(Key.NPRS, on=27, mornings=first | last)
    few = line_of(Key.NPRS, on=27, mornings=first | {after(27): 0})

    assert (enough.change.points, enough.change.verdict, enough.missing) == (-2.0, "better", 17)
    assert few.change.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("key", "answered", "on", "is_due"),
    [
        (Key.PSFS, (), -1, False), (Key.PSFS, (), 0, True), (Key.PSFS, (0,), 13, False), (Key.PSFS, (0,), 14, True), (Key.PSFS, (20,), 27, False),
        (Key.GROC, (), 13, False), (Key.GROC, (), 14, True),
        (Key.SANE, (), 13, True), (Key.SANE, (), 14, False), (Key.SANE, (3,), 5, False),
        (Key.PLAN_DONE, (), 6, False), (Key.PLAN_DONE, (7,), 13, False), (Key.PLAN_DONE, (7,), 14, True),
    ],
)  # fmt: skip
def test_each_is_asked_in_its_time(key: Key, answered: tuple, on: int, is_due: bool) -> None:
    assert due(MEASURES[key], COURSE, [after(day) for day in answered], after(on)) is is_due


def test_the_leg_is_rated_again_when_the_phase_changes_and_nothing_is_asked_after_the_end() -> None:
    two_phases, ended = Course((START, after(10))), Course((START,), ended_on=after(20))
    sane = MEASURES[Key.SANE]

    assert (due(sane, two_phases, [START], after(9)), due(sane, two_phases, [START], after(10))) == (
        False,
        True,
    )
    assert unanswered(sane, two_phases, [], after(30)) == (2, 2)
    assert not any(due(measure, ended, [], after(20)) for measure in MEASURES.values())
    assert unanswered(MEASURES[Key.PSFS], ended, [START], after(99)) == (2, 1)


def test_plans_in_a_row_are_one_course_and_one_after_a_long_gap_is_another() -> None:
    first = Span(START, after(20), (after(14),))
    soon, late = Span(after(21)), Span(after(90))

    assert course_of([soon, first]) == Course((START, after(14), after(21)))
    assert course_of([first, late]) == Course((after(90),))
    assert course_of([]) is None


def test_what_nobody_answered_is_counted_and_the_open_one_is_not() -> None:
    line = line_of(Key.PSFS, rated(0, 4, 6, 3), rated(30, 5, 6), on=50)

    assert (line.asked, line.missing, line.change.verdict) == (3, 2, "unknown")


def test_measures_without_a_licence_are_named_and_never_scored() -> None:
    embedded = {measure.key for measure in MEASURES.values()}

    assert [other.name.split()[0] for other in NOT_EMBEDDED] == ["LEFS", "UWRI", "KOOS", "EARS"]
    assert embedded.isdisjoint({"lefs", "uwri", "koos", "ears"})
    assert all(measure.licence for measure in MEASURES.values())
    assert all(other.reason for other in NOT_EMBEDDED)
