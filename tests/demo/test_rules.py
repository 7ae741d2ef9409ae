"""The simulator: the same seed gives the same people, and each behaviour shows in its log."""

from collections import Counter
from datetime import date, timedelta

import pytest

from demo.rules import Behaviour, days, people

TODAY = date(2026, 11, 23)
FORTY = people(40, today=TODAY)


def first_of(behaviour: Behaviour):
    return next(p for p in FORTY if p.behaviour is behaviour)


def pains(behaviour: Behaviour, first: int, last: int) -> list[int]:
    return [
        d.check.morning_pain
        for p in FORTY
        if p.behaviour is behaviour
        for d in list(days(p, until=TODAY))[first:last]
        if d.check
    ]


def mean(values: list[int]) -> float:
    return sum(values) / len(values)


def test_the_same_seed_tells_the_same_story() -> None:
    assert [list(days(p, until=TODAY)) for p in FORTY[:6]] == [
        list(days(p, until=TODAY)) for p in people(6, today=TODAY)
    ]


def test_a_later_day_only_adds_days() -> None:
    who = FORTY[3]

    longer = list(days(who, until=TODAY + timedelta(days=9)))

    assert longer[: len(longer) - 9] == list(days(who, until=TODAY))


def test_twelve_weeks_end_today() -> None:
    story = list(days(FORTY[0], until=TODAY))

    assert (story[0].on, story[-1].on, len(story)) == (TODAY - timedelta(weeks=12), TODAY, 85)


def test_forty_people_show_all_six_behaviours() -> None:
    assert min(Counter(p.behaviour for p in FORTY).values()) >= 6


def test_steady_people_ease() -> None:
    assert mean(pains(Behaviour.STEADY, 70, 85)) < mean(pains(Behaviour.STEADY, 0, 15)) - 2


def test_over_reporters_do_everything_and_do_not_ease() -> None:
    story = [d for d in days(first_of(Behaviour.OVER_REPORTING), until=TODAY) if d.session]

    assert {d.session.outcome for d in story if d.session} == {"done"}
    assert (
        abs(mean(pains(Behaviour.OVER_REPORTING, 70, 85)) - mean(pains(Behaviour.OVER_REPORTING, 0, 15))) < 1
    )


def test_fading_people_say_less_and_less() -> None:
    early, late = (len(pains(Behaviour.FADING, a, b)) for a, b in ((0, 14), (70, 84)))

    assert late < early / 3


def test_flares_stand_out() -> None:
    assert mean(pains(Behaviour.FLARING, 33, 36)) > mean(pains(Behaviour.FLARING, 25, 32)) + 2


def test_nerve_like_people_worry_once() -> None:
    worries = [d for d in days(first_of(Behaviour.NERVE_LIKE), until=TODAY) if d.check and d.check.worry]

    assert len(worries) <= 1
    assert (
        sum(
            bool(d.check and d.check.worry)
            for p in FORTY
            if p.behaviour is Behaviour.NERVE_LIKE
            for d in days(p, until=TODAY)
        )
        >= 3
    )


def test_the_hidden_trigger_shows_on_sundays() -> None:
    story = [
        d for p in FORTY if p.behaviour is Behaviour.HIDDEN_TRIGGER for d in days(p, until=TODAY) if d.check
    ]
    sundays = [d.check.morning_pain for d in story if d.check and d.on.isoweekday() == 7]
    other = [d.check.morning_pain for d in story if d.check and d.on.isoweekday() != 7]

    assert mean(sundays) > mean(other) + 1.5


@pytest.mark.parametrize("who", FORTY, ids=lambda p: f"{p.number}-{p.behaviour}")
def test_everything_is_in_range(who) -> None:
    for day in days(who, until=TODAY):
        if day.check:
            assert 0 <= day.check.morning_pain <= 10
            assert 1 <= day.check.sleep <= 5
        if day.session and day.session.effort is not None:
            assert 0 <= day.session.effort <= 10
