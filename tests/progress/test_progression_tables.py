"""Tables A, B and C of clinical.md section 4, as rows of a file and by hand."""

import json
from pathlib import Path

import pytest

from progress.rules.progression import DEFAULT, Inputs, decide
from progress.rules.progression.lights import Light, Profile, SessionPain, light
from progress.rules.progression.measures import adherence, improved, weekly_trend

VECTORS = json.loads((Path(__file__).parent / "progression_vectors.json").read_text())
# What table B takes for granted: the top of the dose was reached, and the daily check was answered.
BASE = {"at_top_of_dose": True, "red_flag": False, "new_nerve": False, "groin_pain": False}


def inputs(row: dict[str, object]) -> Inputs:
    given = BASE | row
    given["lights"] = tuple(Light(word) for word in given.get("lights", ()))
    return Inputs(**given | {"rpe_last2": tuple(given.get("rpe_last2", ()))})


@pytest.mark.parametrize("row", VECTORS["sessions"], ids=lambda row: row["id"])
def test_table_a_a_session_has_this_light(row: dict[str, object]) -> None:
    said = {name: row[name] for name in ("during", "after", "next_morning", "reference", "stopped", "pre")}

    assert light(SessionPain(profile=Profile(row["profile"]), **said), DEFAULT) == row["expected"]


@pytest.mark.parametrize("row", VECTORS["decisions"], ids=lambda row: row["id"])
def test_table_b_a_log_leads_to_this_proposal(row: dict[str, object]) -> None:
    made = decide(inputs(row["inputs"]), DEFAULT)

    assert (made.outcome, list(made.reasons)) == (row["expected"].lower(), row["reasons"])


def test_both_tables_are_whole() -> None:
    assert (len(VECTORS["sessions"]), len(VECTORS["decisions"])) == (21, 39)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (adherence([1, 1, 1, 0.5, 1, 0], 6), 75.0),
        (adherence([1.3, 1, 1, 1], 4), 100.0),
        (adherence([], 0), None),
        (weekly_trend([2, 2, 3, 2, 2, 1, 2], [3, 3, 2, 3, 3, 2, 3]), -0.714),
        (weekly_trend([2, None, None, None, 2, 1, None], [3] * 7), None),
        (improved(pain_start=5, pain_now=3), True),
        (improved(pain_start=3, pain_now=2), True),
        (improved(pain_start=5, pain_now=4, psfs_start=4.0, psfs_now=5.7), False),
        (improved(psfs_start=4.0, psfs_now=6.0), True),
        (improved(), None),
    ],
)
def test_table_c_a_sum_comes_out_like_this(found: object, expected: object) -> None:
    assert found == expected


@pytest.mark.parametrize(
    ("unknown", "reason"),
    [
        ({"red_flag": None}, "warning_signs_not_answered"),
        ({"new_nerve": None}, "place_of_pain_not_said"),
        ({"groin_pain": None}, "place_of_pain_not_said"),
        ({"at_top_of_dose": None}, "dose_not_complete"),
        ({"adherence": None}, "adherence_under_80"),
        ({"rpe_last2": [None, 6]}, "effort_above_target_or_missing"),
        ({"days_since_start": 28, "improved_mcid": None}, "change_not_measured"),
    ],
)
def test_what_is_unknown_holds(unknown: dict[str, object], reason: str) -> None:
    made = decide(inputs(VECTORS["decisions"][0]["inputs"] | unknown), DEFAULT)

    assert (made.outcome, made.reasons) == ("hold", (reason,))


def test_a_red_before_the_last_change_of_dose_holds_and_steps_back_no_more() -> None:
    made = decide(inputs(VECTORS["decisions"][7]["inputs"] | {"sessions_at_level": 0}), DEFAULT)

    assert (made.outcome, made.reasons) == ("hold", ("recent_red", "too_few_sessions"))


def test_a_step_back_has_a_week_before_the_weekly_mean_asks_for_another() -> None:
    rising = VECTORS["decisions"][16]["inputs"]

    made = [decide(inputs(rising | {"days_since_step_back": days}), DEFAULT).outcome for days in (6, 7)]

    assert made == ["hold", "step_back"]
