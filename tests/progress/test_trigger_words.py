"""What a patient and a clinician read about a pattern."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from progress.rules.triggers import DEFAULT, Finding, Tier, findings
from progress.rules.triggers.spoken import Clear, Progress, for_patient
from progress.views.trigger_words import clinician_words, overlap_words, patient_words
from tests.progress.test_triggers import example

NEVER = re.compile(r"caus|avoid|safe|trigger", re.IGNORECASE)


def told(found: Finding, *, days: int = 28) -> str:
    return patient_words(for_patient(found, DEFAULT, days=days), "hills")


def test_a_clear_pattern_reads_like_this() -> None:
    assert told(findings(example(), DEFAULT)["hills"]) == (
        "On mornings after hills, your pain was about 1 point higher (likely between half a point and 2 points). "
        "This comes from 28 days, 8 with hills. It is a pattern, not proof. "
        "You could try less of it for two weeks and see. Talk with your clinician first."
    )


def test_a_clinician_reads_every_number() -> None:
    assert clinician_words(findings(example(), DEFAULT)["hills"], "Hills") == (
        "Hills, lag 1 morning: D 1.2 (95 % CI 0.5 to 2.0), PS 0.80, exact p 0.012, q 0.035 (3 exposures), 8/20 days, "
        "4 weeks, shift p 0.07, pre-exposure D -0.6. Observational; exposure was not randomised."
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Progress(14, 28), "We need a few more days. You have 14 of 28."),
        (Progress(30, 28), "We need a few more days, some with hills and some without."),
        (None, "No clear link with hills so far. That does not rule one out."),
    ],
    ids=["few days", "few of one kind", "none"],
)
def test_the_rest_reads_like_this(said: Progress | None, words: str) -> None:
    assert patient_words(said, "hills") == words


def test_an_interval_below_zero_is_said_as_it_is() -> None:
    said = patient_words(Clear(Fraction(3, 2), Fraction(-1, 4), Fraction(13, 4), 42, 6), "hills")

    assert "about 1½ points higher (likely between a quarter of a point lower and 3¼ points)" in said


@pytest.mark.parametrize("tier", [Tier.POSSIBLE, Tier.NONE])
def test_what_is_not_clear_gives_a_patient_no_number(tier: Tier) -> None:
    found = replace(findings(example(), DEFAULT)["hills"], tier=tier)

    assert told(found) == "No clear link with hills so far. That does not rule one out."


def test_patients_never_read_of_causes_or_bans_or_of_pain_that_was_lower() -> None:
    found = findings(example(), DEFAULT)

    words = [told(one) for one in found.values()] + [told(Finding(Tier.NOT_ENOUGH, 3, 0, 0, 0), days=3)]

    assert [text for text in words if NEVER.search(text) or "lower" in text] == []


def test_two_on_the_same_days_are_said_as_a_pair() -> None:
    assert overlap_words("hills", "long runs") == (
        "Hills and long runs mostly fell on the same days, so we cannot tell them apart."
    )


def test_a_log_without_a_week_to_compare_still_has_a_line() -> None:
    assert clinician_words(Finding(Tier.NOT_ENOUGH, 28, 0, 0, 0), "Hills") == (
        "Hills: no week with days both with and without it."
    )
