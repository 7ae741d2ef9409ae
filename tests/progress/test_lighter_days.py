"""A bad day's short version and an easier exercise keep the habit, and speak for no more load; pain on them still counts."""

import pytest

from progress.rules.progression import DEFAULT, Evidence, propose
from progress.rules.progression.reading import Track, inputs_of
from tests.progress.logs import did, good_log, prescribed, with_session

A, B = prescribed("A"), prescribed("B")


def answer(log: Evidence) -> tuple[str, tuple[str, ...]]:
    made = propose(log, DEFAULT)
    return str(made.outcome), made.reasons


def short(log: Evidence, *places: int, **parts: object) -> Evidence:
    for place in places:
        log = with_session(log, place, short=True, done=(did(A),), **parts)
    return log


def test_a_short_version_keeps_adherence_whole() -> None:
    inputs = inputs_of(short(good_log(A, B), -1, -2, -3), Track.STRENGTH, DEFAULT)

    assert (inputs.adherence, inputs.low_adherence_14d, inputs.gap_days) == (100.0, False, 1)


def test_a_short_version_done_in_part_counts_for_what_was_done() -> None:
    log = short(good_log(A), -1, outcome="partly")
    half = with_session(log, -1, done=(did(A, sets_done=0),))

    assert inputs_of(half, Track.STRENGTH, DEFAULT).adherence < 100


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        pytest.param(good_log(A), ("advance", ("all_met",)), id="all whole"),
        pytest.param(short(good_log(A), -1), ("hold", ("dose_not_complete",)), id="the last one was short"),
        pytest.param(short(good_log(A), -2), ("advance", ("all_met",)), id="an earlier one was short"),
        pytest.param(short(good_log(A), -2, -3, -4), ("hold", ("too_few_sessions",)), id="three of five were short"),
        pytest.param(short(good_log(A), -1, during=7), ("step_back", ("last_session_red",)), id="even the short one was too much"),
        pytest.param(with_session(good_log(A), -1, done=(did(A, eased=True),)), ("hold", ("dose_not_complete",)), id="the easier one was done last"),
        pytest.param(with_session(good_log(A), -1, done=(did(A, eased=True),), during=7), ("step_back", ("last_session_red",)), id="even the easier one was too much"),
    ],
)  # fmt: skip
def test_lighter_days_never_speak_for_more(log: Evidence, expected: tuple[str, tuple[str, ...]]) -> None:
    assert answer(log) == expected


def test_an_exercise_done_the_easier_way_stays_while_the_other_steps_up() -> None:
    log = with_session(good_log(A, B), -1, done=(did(A, eased=True), did(B)))

    assert [move.code for move in propose(log, DEFAULT).moves] == ["B"]
