"""The figures of the caseload, decided from facts alone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from progress.rules.state import (
    Attention,
    CheckFact,
    Counts,
    Facts,
    SessionFact,
    Trend,
    figures,
    is_worrying,
    outcome_by_day,
    pain_by_day,
    trend,
)

TODAY = date(2026, 3, 10)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def checks(*pains: int | None) -> tuple[CheckFact, ...]:
    """One check a day, ending today; None is a day without one."""
    days = [(ago(n), pain) for n, pain in enumerate(reversed(pains))]
    return tuple(CheckFact(on, pain) for on, pain in days if pain is not None)


def test_planned_days_without_a_word_are_unknown_not_skipped() -> None:
    planned = frozenset({ago(5), ago(3), ago(1)})

    found = figures(Facts(today=TODAY, planned=planned, sessions=(SessionFact(ago(5), "done"),)))

    assert found.sessions == Counts(planned=3, done=1, partly=0, skipped=0, unknown=2)


def test_today_is_not_unknown_before_it_is_over() -> None:
    found = figures(Facts(today=TODAY, planned=frozenset({TODAY})))

    assert found.sessions == Counts(planned=0, done=0, partly=0, skipped=0, unknown=0)


def test_today_counts_once_something_is_said() -> None:
    said = (SessionFact(TODAY, "partly"),)

    found = figures(Facts(today=TODAY, planned=frozenset({TODAY}), sessions=said))

    assert found.sessions == Counts(planned=1, done=0, partly=1, skipped=0, unknown=0)


def test_a_session_moved_by_a_day_is_still_one_session() -> None:
    found = figures(Facts(today=TODAY, planned=frozenset({ago(2)}), sessions=(SessionFact(ago(1), "done"),)))

    assert found.sessions == Counts(planned=1, done=1, partly=0, skipped=0, unknown=0)


def test_the_window_is_fourteen_days() -> None:
    found = figures(Facts(today=TODAY, planned=frozenset({ago(14), ago(13)})))

    assert found.sessions.planned == 1


def test_the_best_word_about_a_day_counts() -> None:
    said = [SessionFact(TODAY, "not_today"), SessionFact(TODAY, "done"), SessionFact(TODAY, "partly")]

    assert outcome_by_day(said) == {TODAY: "done"}


def test_a_correction_without_a_number_takes_the_rating_away() -> None:
    said = [CheckFact(ago(1), 4), CheckFact(TODAY, 7), CheckFact(TODAY, None)]

    assert pain_by_day(said) == {ago(1): 4}


def test_means_are_of_the_days_that_were_logged() -> None:
    found = figures(
        Facts(today=TODAY, checks=checks(5, 5, None, 5, 5, None, None, 2, 3, 2, None, 3, None, 2))
    )

    assert (found.pain_mean_before, found.pain_days_before) == (Decimal("5.0"), 4)
    assert (found.pain_mean_7d, found.pain_days_7d) == (Decimal("2.4"), 5)


def test_nothing_logged_has_no_mean() -> None:
    found = figures(Facts(today=TODAY))

    assert (found.pain_mean_7d, found.pain_mean_before, found.pain_days_7d) == (None, None, 0)


@pytest.mark.parametrize(
    ("now", "before", "days_now", "days_before", "expected"),
    [
        ("2.0", "3.0", 7, 7, Trend.EASING),
        ("2.1", "3.0", 7, 7, Trend.STEADY),
        ("3.0", "3.0", 4, 4, Trend.STEADY),
        ("4.0", "3.0", 4, 4, Trend.RISING),
        ("9.0", "3.0", 3, 7, Trend.UNKNOWN),
        ("9.0", "3.0", 7, 3, Trend.UNKNOWN),
        (None, "3.0", 0, 7, Trend.UNKNOWN),
        ("3.0", None, 7, 0, Trend.UNKNOWN),
    ],
)
def test_trend(now: str | None, before: str | None, days_now: int, days_before: int, expected: Trend) -> None:
    means = [None if mean is None else Decimal(mean) for mean in (now, before)]

    assert trend(*means, days_now, days_before) == expected


@pytest.mark.parametrize(
    ("pain", "new_warning", "expected"),
    [(7, False, False), (8, False, True), (None, True, True), (0, True, True), (None, None, False)],
)
def test_what_worries(pain: int | None, new_warning: bool | None, expected: bool) -> None:
    assert is_worrying(pain, new_warning) is expected


WELL = {"today": TODAY, "has_plan": True, "plan_since": ago(30), "last_contact_on": ago(1)}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (WELL, Attention.NOTHING),
        ({**WELL, "unread_checks": 2}, Attention.UNREAD),
        ({**WELL, "last_contact_on": ago(4)}, Attention.NOTHING),
        ({**WELL, "last_contact_on": ago(5)}, Attention.QUIET),
        ({**WELL, "last_contact_on": None}, Attention.QUIET),
        ({**WELL, "last_contact_on": ago(9), "plan_since": ago(1)}, Attention.NOTHING),
        ({**WELL, "has_plan": False}, Attention.NO_PLAN),
        ({**WELL, "has_plan": False, "has_account": False}, Attention.INVITED),
        ({**WELL, "checks": checks(*[2] * 7, *[4] * 7), "unread_checks": 1}, Attention.RISING),
        ({**WELL, "checks": checks(*[2] * 7, *[4] * 7), "worry_open": True}, Attention.WORRY),
    ],
)
def test_why_a_patient_needs_attention(facts: dict, expected: Attention) -> None:
    assert figures(Facts(**facts)).attention == expected
