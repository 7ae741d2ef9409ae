"""What no log can do, over random logs."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from progress.rules.progression import DEFAULT, Evidence, Outcome, propose
from progress.rules.progression.codec import from_json, to_json
from progress.rules.progression.decide import CAREFUL_FIRST, SYMPTOM_HOLDS
from progress.rules.progression.lights import Light
from progress.rules.progression.moves import Move
from progress.rules.progression.reading import seen_sessions
from tests.progress.logs import calm_logs, random_logs

NOW = datetime(2026, 3, 10, 8, tzinfo=UTC)
bounded = settings(max_examples=30, deadline=None)


def is_more(move: Move) -> bool:
    """Whether anything goes up. Another exercise or phase counts as more."""
    before, after = move.before, move.after
    if before is None or after is None or move.to_code:
        return True
    up = (after.sets_high > before.sets_high, after.amount_high > before.amount_high)
    return any(up) or (after.load_kg or 0) > (before.load_kg or 0)


@bounded
@given(st.one_of(random_logs(), calm_logs()))
def test_a_red_flag_never_leads_to_more_load(log: Evidence) -> None:
    made = propose(replace(log, warnings=(NOW,)), DEFAULT)

    assert (made.outcome, made.moves) == (Outcome.URGENT, ())


@bounded
@given(random_logs())
def test_load_rises_only_when_nothing_holds(log: Evidence) -> None:
    made = propose(log, DEFAULT)

    assert made.outcome is Outcome.ADVANCE or not any(
        is_more(move) for move in made.moves if not move.to_code
    )


@bounded
@given(random_logs())
def test_symptoms_stand_before_progress(log: Evidence) -> None:
    made = propose(log, DEFAULT)
    held = [line for track in made.trace for line in track.rules if line.held]
    symptoms = [
        line.outcome for line in held if line.outcome is not Outcome.HOLD or line.code in SYMPTOM_HOLDS
    ]

    assert all(CAREFUL_FIRST.index(made.outcome) <= CAREFUL_FIRST.index(worst) for worst in symptoms)


@bounded
@given(random_logs())
def test_the_same_evidence_gives_the_same_answer_also_when_read_back(log: Evidence) -> None:
    again = from_json(Evidence, to_json(log))

    assert again == log
    assert propose(again, DEFAULT) == propose(log, DEFAULT)


def careful(log: Evidence) -> int:
    return CAREFUL_FIRST.index(propose(log, DEFAULT).outcome)


@bounded
@given(calm_logs(), st.integers(0, 9))
def test_taking_a_green_session_away_never_raises_load(log: Evidence, place: int) -> None:
    seen = seen_sessions(log, DEFAULT)
    kept = tuple(
        one.session for n, one in enumerate(seen) if n != place or one.reading.light is not Light.GREEN
    )

    assert careful(replace(log, sessions=kept)) <= careful(log)


@bounded
@given(calm_logs(), st.integers(0, 9), st.sampled_from(["during", "after", "effort", "stopped", "done"]))
def test_taking_an_answer_of_a_green_session_away_never_raises_load(
    log: Evidence, place: int, name: str
) -> None:
    seen = seen_sessions(log, DEFAULT)[place]
    bare = replace(seen.session, **{name: () if name == "done" else None})
    changed = tuple(
        bare if one is seen.session and seen.reading.light is Light.GREEN else one for one in log.sessions
    )

    assert careful(replace(log, sessions=changed)) <= careful(log)


@bounded
@given(calm_logs(), st.sampled_from(["warning", "places"]))
def test_taking_the_calm_answers_away_never_raises_load(log: Evidence, name: str) -> None:
    bare = tuple(replace(morning, **{name: None}) for morning in log.mornings)

    assert careful(replace(log, mornings=bare)) <= careful(log)


@bounded
@given(calm_logs())
def test_taking_the_last_morning_away_never_raises_load(log: Evidence) -> None:
    assert careful(replace(log, mornings=log.mornings[:-1])) <= careful(log)


@bounded
@given(calm_logs(), st.integers(1, 10))
def test_adding_pain_to_the_last_session_never_raises_load(log: Evidence, more: int) -> None:
    last = log.sessions[-1]
    sore = replace(last, during=min(10, (last.during or 0) + more))

    assert careful(replace(log, sessions=(*log.sessions[:-1], sore))) <= careful(log)


def test_some_of_the_calm_logs_advance() -> None:
    """Or the properties above would say nothing."""
    found = set()

    @settings(max_examples=30, deadline=None)
    @given(calm_logs())
    def look(log: Evidence) -> None:
        found.add(propose(log, DEFAULT).outcome)

    look()
    assert found >= {Outcome.ADVANCE, Outcome.HOLD}
