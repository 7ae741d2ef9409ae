"""The one next action, and the days of a strip."""

from datetime import date, timedelta

import pytest

from progress.rules.today import Day, Next, next_action, week_of

TODAY = date(2026, 3, 11)  # a Wednesday


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (Day(card_open=True, screen_due=True, screen_cannot_wait=True, session_due=True), Next.CARD),
        (Day(screen_due=True, screen_cannot_wait=True), Next.SCREEN),
        (Day(screen_due=True), Next.CHECK),
        (Day(check_done=True, screen_due=True, session_due=True), Next.SCREEN),
        (Day(session_due=True), Next.CHECK),
        (Day(check_done=True, session_due=True, unread_modules=2), Next.SESSION),
        (Day(check_done=True, session_due=True, session_said=True, unread_modules=2), Next.MODULE),
        (Day(check_done=True, session_due=True, session_said=True), Next.DONE),
        (Day(check_done=True), Next.REST),
        (Day(check_done=True, session_said=True), Next.REST),
    ],
)
def test_next_action(day: Day, expected: Next) -> None:
    assert next_action(day) is expected


def test_a_week_says_what_was_said_and_leaves_the_rest_open() -> None:
    said = {TODAY - timedelta(days=2): "not_today", TODAY - timedelta(days=1): "done"}

    week = week_of(TODAY, said, lambda on: on.isoweekday() in (1, 2, 3, 5))

    assert [day.state for day in week] == ["skipped", "done", "today", "rest", "planned", "rest", "rest"]


def test_a_planned_day_without_a_word_is_missing() -> None:
    week = week_of(TODAY, {}, lambda _on: True)

    assert [day.state for day in week[:3]] == ["missing", "missing", "today"]
