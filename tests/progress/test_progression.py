"""From a log to a proposal: moves, tracks, phases, and what holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from programs.rules.dose import short
from progress.rules.progression import DEFAULT, Evidence, propose
from progress.rules.progression.decide import RULES
from progress.rules.progression.evidence import Flagged, PhaseStep
from progress.rules.progression.reading import Track, inputs_of
from progress.rules.red_flags import ITEMS, Item
from tests.progress.logs import (
    TODAY,
    ago,
    did,
    dose,
    edge,
    good_log,
    morning,
    prescribed,
    run,
    session,
    with_morning,
    with_session,
)

NOW = datetime(2026, 3, 10, 8, tzinfo=UTC)


def answer(log: Evidence) -> tuple[str, tuple[str, ...]]:
    made = propose(log, DEFAULT)
    return made.outcome.value, made.reasons


def changes(log: Evidence) -> list[tuple[str, str, str]]:
    return [(m.code, m.variable.value, short(m.after)) for m in propose(log, DEFAULT).moves]


def test_a_good_log_asks_for_one_step_of_one_variable() -> None:
    made = propose(good_log(), DEFAULT)

    assert (made.outcome, made.reasons, made.unknown) == (
        "advance",
        ("all_met",),
        ("night_pain_nights_7d", "phase_max_days"),
    )
    assert [(m.variable, m.before.load_kg, m.after.load_kg, short(m.after)) for m in made.moves] == [
        ("load", None, 0.5, "3 × 8")
    ]


def test_of_three_ready_exercises_two_step() -> None:
    log = good_log(prescribed("A"), prescribed("B"), prescribed("C"))

    assert [code for code, *_rest in changes(log)] == ["A", "B"]


def test_an_exercise_not_done_whole_keeps_its_dose() -> None:
    a, b = prescribed("A"), prescribed("B")
    log = with_session(good_log(a, b), -1, done=(did(a, amount_done=11), did(b)))

    assert [code for code, *_rest in changes(log)] == ["B"]


def test_an_exercise_that_hurt_does_not_step_up() -> None:
    a, b = prescribed("A"), prescribed("B")
    log = with_session(good_log(a, b), -1, done=(did(a, pain=4), did(b)))

    assert [code for code, *_rest in changes(log)] == ["B"]


def test_at_the_top_of_its_ladder_an_exercise_gives_its_place_to_a_harder_one() -> None:
    top = prescribed(dose=dose(3, 12, load_kg=0.5), harder=(edge("SP_ABD"), edge("HIP_HIKE")))

    move = propose(good_log(top), DEFAULT).moves[0]

    assert (move.variable, move.to_code, move.to_version, short(move.after)) == (
        "exercise",
        "SP_ABD",
        "v-SP_ABD",
        "3 × 8",
    )


def test_impact_work_is_never_proposed_as_a_harder_exercise() -> None:
    top = prescribed(dose=dose(3, 12, load_kg=0.5), harder=(edge("HOP_SL", "impact"),))

    assert answer(good_log(top)) == ("hold", ("no_step_left",))


def test_a_red_last_session_steps_back_to_the_step_before() -> None:
    """The worked example: 3 × 10, and the morning after rose by three."""
    log = with_morning(good_log(prescribed(dose=dose(3, 10))), TODAY, pain=5)

    assert (answer(log), changes(log)) == (
        ("step_back", ("last_session_red",)),
        [("SL_ABD", "sets", "2 × 8")],
    )


def test_pain_of_four_and_five_holds_as_in_the_worked_example() -> None:
    assert answer(with_session(good_log(), -2, during=4, after=3)) == ("hold", ("recent_pain_4_to_5",))


def test_only_the_exercise_that_hurt_steps_back() -> None:
    a, b = prescribed("A"), prescribed("B")
    log = with_session(good_log(a, b), -1, during=7, done=(did(a, pain=7), did(b, pain=1)))

    assert [code for code, *_rest in changes(log)] == ["A"]


def test_on_the_first_step_the_way_back_is_an_easier_exercise() -> None:
    first = prescribed(dose=dose(2, 8), easier=(edge("CLAM", ladder=("2 × 12",)),))
    move = propose(with_session(good_log(first), -1, during=7), DEFAULT).moves[0]

    assert (move.variable, move.to_code, short(move.after)) == ("exercise", "CLAM", "2 × 12")


def test_a_second_step_back_within_28_days_waits_for_a_clinician() -> None:
    log = replace(with_session(good_log(), -1, during=7), step_backs_on=(ago(15),))

    assert answer(log) == ("review", ("two_step_backs_in_28_days",))


def test_a_yes_to_something_new_is_urgent_whatever_else_is_good() -> None:
    assert answer(replace(good_log(), warnings=(NOW,))) == ("urgent", ("red_flag",))


def test_a_no_of_last_week_is_no_answer_for_this_week() -> None:
    log = replace(good_log(), mornings=tuple(
        replace(m, warning=None if m.on > ago(7) else False) for m in good_log().mornings
    ))  # fmt: skip

    assert answer(log) == ("hold", ("warning_signs_not_answered",))


def test_groin_pain_waits_until_a_clinician_has_looked() -> None:
    log = with_morning(good_log(), ago(5), places=("groin",))

    looked = replace(log, reviewed_at=NOW - timedelta(days=1))

    assert (answer(log), answer(looked)[0]) == (("review", ("groin_or_deep_hip_pain",)), "advance")


def test_a_missing_morning_holds() -> None:
    assert answer(with_morning(good_log(), TODAY, pain=None)) == ("hold", ("morning_rating_missing",))


def test_a_session_told_days_later_is_not_green() -> None:
    assert answer(with_session(good_log(), -1, is_late=True)) == ("hold", ("told_too_late",))


def test_days_without_a_word_count_as_not_known_to_be_done() -> None:
    log = replace(good_log(), planned=tuple(ago(n) for n in range(19, 0, -1)))

    assert (inputs_of(log, Track.STRENGTH, DEFAULT).adherence, answer(log)[1]) == (
        53.8,
        ("adherence_under_80",),
    )


def test_silence_since_the_start_counts_as_a_gap() -> None:
    log = good_log(sessions=(), started_on=ago(28), phase_since=ago(28))

    assert "gap_28_days" in answer(log)[1]


def runs(**parts: object) -> Evidence:
    """Strength on odd days, runs on the days of three weeks ago on; both calm."""
    return good_log(prescribed(), run("R2"), **parts)


def test_a_run_moves_one_stage_and_the_exercises_wait() -> None:
    made = propose(runs(), DEFAULT)

    assert [(m.variable, m.after.load_note) for m in made.moves] == [
        ("stage", "Stage R3: 5 × (walk 2 min, run 3 min)")
    ]


def test_in_a_week_with_a_strength_step_no_run_stage_is_added() -> None:
    made = propose(runs(last_dose_step_on=ago(3)), DEFAULT)

    assert [m.variable for m in made.moves] == ["load"]


def test_in_a_week_with_a_run_stage_no_strength_step_is_added() -> None:
    log = runs(last_run_step_on=ago(2), run_since=ago(2), doses_since=ago(10))

    assert answer(log) == ("hold", ("other_step_this_week",))


def test_pain_on_a_run_holds_the_exercises_of_other_days_too() -> None:
    ran = tuple(session(ago(n), run(), during=3 if n == 2 else 1) for n in (6, 4, 2))
    lifted = tuple(session(ago(n), prescribed()) for n in range(19, 0, -2))
    sessions = tuple(sorted(ran + lifted, key=lambda one: one.on))

    log = runs(sessions=sessions, planned=tuple(one.on for one in sessions))

    assert answer(log) == ("hold", ("recent_pain_4_to_5",))


def test_after_a_gap_of_weeks_a_runner_goes_down_two_stages() -> None:
    old = tuple(session(ago(n), run("R4")) for n in (20, 18, 16))
    log = good_log(
        run("R4"), sessions=old, planned=tuple(one.on for one in old), doses_since=ago(20), run_since=ago(20)
    )

    made = propose(log, DEFAULT)

    assert (made.reasons, made.moves[0].after.load_note[:8]) == (("gap_14_to_27_days",), "Stage R2")


def test_a_run_without_a_stage_is_not_guessed() -> None:
    assert answer(good_log(run(""))) == ("hold", ("no_step_left",))


def test_pain_after_a_run_is_unknown_without_the_pain_before_it() -> None:
    assert answer(with_session(runs(), -1, after=1)) == ("hold", ("session_pain_not_said",))


def test_a_phase_with_its_days_done_and_its_criteria_met_leads_to_the_next() -> None:
    phases = (PhaseStep(position=1, name="Settle", planned_days=14), PhaseStep(position=2, name="Activate"))

    made = propose(good_log(phases=phases), DEFAULT)

    assert [(m.variable, m.to_phase, m.to_name) for m in made.moves] == [("phase", 2, "Activate")]


def test_the_next_phase_waits_while_morning_pain_is_not_low() -> None:
    phases = (PhaseStep(position=1, name="Settle", planned_days=14), PhaseStep(position=2, name="Activate"))
    log = good_log(phases=phases, mornings=tuple(morning(ago(n), 3) for n in range(20, -1, -1)))

    assert [m.variable for m in propose(log, DEFAULT).moves] == ["load"]


@pytest.mark.parametrize(("pain", "outcome"), [(2, "advance"), (5, "step_back")])
def test_a_corrected_morning_changes_the_answer(pain: int, outcome: str) -> None:
    log = with_morning(good_log(), TODAY, pain=5)

    assert answer(with_morning(log, TODAY, pain=pain))[0] == outcome


def test_the_trace_has_every_rule_with_what_it_compared() -> None:
    made = propose(with_session(good_log(), -1, effort=8), DEFAULT)

    held = [(line.code, line.value, line.limit) for line in made.trace[0].rules if line.held]

    assert (held, len(made.trace[0].rules)) == ([("effort_above_target_or_missing", "5 8", 7)], len(RULES))


@pytest.mark.parametrize("item", ITEMS, ids=[item.id for item in ITEMS])
def test_an_answer_that_nobody_has_cleared_never_leads_to_more(item: Item) -> None:
    flag = Flagged(on=ago(2), level=item.level, items=(item.id,))
    made = propose(replace(good_log(), flags=(flag,)), DEFAULT)

    expected = ("review", "warning_sign_not_cleared") if item.level == "W" else ("urgent", "red_flag")
    assert (made.outcome, *made.reasons, made.moves) == (*expected, ())


def test_a_screen_answered_with_no_says_for_a_week_that_nothing_warns() -> None:
    silent = replace(good_log(), mornings=tuple(replace(m, warning=None) for m in good_log().mornings))

    found = [answer(replace(silent, screened_clear_on=on)) for on in (None, ago(6), ago(7))]

    assert found == [
        ("hold", ("warning_signs_not_answered",)),
        ("advance", ("all_met",)),
        ("hold", ("warning_signs_not_answered",)),
    ]
