"""clinical.md 6.1 as tables: each answer's level, card and what it closes; when the screen is due; how long it may wait."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from clinic.rules.hours import Hours, after_open_time, end_of_working_day, is_open, usual
from progress.rules.red_flags import (
    BY_ID,
    FLAGGED,
    ITEMS,
    Card,
    ScreenDraft,
    Standing,
    Why,
    cards_of,
    closes,
    due_at,
    flagged,
    is_all_clear,
    is_told_at_once,
    level_of,
    told_again_at,
    unanswered,
    why_due,
)
from progress.rules.screen_words import CARDS, QUESTIONS, WORDING

ALL_NO = {item.id: "no" for item in ITEMS}
TABLE = [
    # id, level, card, closes, told at once
    *((f"E{n}", "E", "A", "program", True) for n in range(1, 7)),
    ("U1", "U", "B", "program", True),
    ("U2", "U", "B", "program", True),
    ("U3", "U", "B", "program", True),
    ("U4", "U", "C", "program", True),
    ("U5", "U", "B", "program", True),
    *((f"W{n}", "W", "D", "", False) for n in range(1, 6)),
    ("W6", "W", "D", "impact", False),
    ("W7", "W", "crisis", "", True),
]


@pytest.mark.parametrize("said", FLAGGED)
@pytest.mark.parametrize(("key", "level", "card", "closed", "told"), TABLE, ids=[row[0] for row in TABLE])
def test_each_answer_leads_where_the_table_says(
    key: str, level: str, card: str, closed: str, told: bool, said: str
) -> None:
    answers = ALL_NO | {key: said}

    found = (
        level_of(answers),
        cards_of(flagged(answers)),
        closes(flagged(answers)),
        is_told_at_once(answers),
    )

    assert found == (level, (card,), closed, told)
    assert not is_all_clear(answers)


def test_the_table_has_every_question() -> None:
    assert [row[0] for row in TABLE] == [item.id for item in ITEMS] == list(QUESTIONS[WORDING])


@pytest.mark.parametrize("key", list(BY_ID))
def test_a_question_left_open_is_not_a_no(key: str) -> None:
    answers = {name: said for name, said in ALL_NO.items() if name != key}

    assert (unanswered(answers), is_all_clear(answers), flagged(answers)) == ((key,), False, ())


def test_the_gravest_level_and_card_come_first_and_none_is_left_out() -> None:
    answers = ALL_NO | {"W1": "yes", "W7": "yes", "U4": "not_sure", "U1": "yes", "E3": "yes"}

    assert level_of(answers) == "E"
    assert cards_of(flagged(answers)) == (Card.A, Card.CRISIS, Card.B, Card.C, Card.D)
    assert closes(flagged(answers)) == "program"


VERBATIM = {
    "A": "This could be an emergency. Call [local number] now or go to the nearest emergency department. Do not drive yourself."
    " Do not wait for us to reply. This app cannot call for help.",
    "B": "Please get medical care today. Call [clinic] or [urgent line]. If you get chest pain, trouble breathing or feel very"
    " ill, call [local number]. Do not exercise, roll or massage the leg until you have been checked.",
    "C": "Stop running and jumping today. Walk only if it does not hurt. Call [clinic] today. This can be a bone stress injury."
    " Finding it early matters.",
    "D": "Thank you for telling us. Your clinician will look at this within 2 working days. Keep to easy, comfortable activity."
    " If it gets worse, or you get any sign on the emergency list, do not wait.",
}


@pytest.mark.parametrize("card", VERBATIM)
def test_the_cards_are_the_words_of_the_rules(card: str) -> None:
    places = {"number": "[local number]", "clinic": "[clinic]", "clinic_or_line": "[clinic] or [urgent line]"}

    assert " ".join(CARDS[card]) % places == VERBATIM[card]


def test_changing_a_question_takes_a_new_wording() -> None:
    """Stored screens name wording 1: its words may never change under them."""
    draft = ScreenDraft(client_id=uuid4(), answers=QUESTIONS[1])

    assert draft.content_hash == "2d012c3fdd50853855a62598629d35635e10a0ddb2058565be82ed3d6a58ec18"


TODAY = date(2026, 3, 10)
ASKED = {"asked_on": TODAY - timedelta(days=3)}


@pytest.mark.parametrize(
    ("standing", "why"),
    [
        (Standing(), Why.START),
        (Standing(**ASKED), None),
        (Standing(asked_on=TODAY - timedelta(days=6)), None),
        (Standing(asked_on=TODAY - timedelta(days=7)), Why.WEEKLY),
        (Standing(**ASKED, warned_since=True), Why.WARNING),
        (Standing(**ASKED, hurt_since=True), Why.PAIN),
        (Standing(warned_since=True, hurt_since=True), Why.WARNING),
    ],
)
def test_when_the_screen_is_due(standing: Standing, why: Why | None) -> None:
    assert why_due(standing, TODAY) is why


HOURS = Hours.of(usual(), "Europe/London")  # Monday to Friday, nine to five


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("level", "received", "again"),
    [
        ("E", "2026-03-10 10:00", "2026-03-10 10:30"),
        ("E", "2026-03-10 16:45", "2026-03-11 09:15"),  # a quarter of an hour today, the rest tomorrow
        ("E", "2026-03-10 20:00", "2026-03-11 09:30"),
        ("E", "2026-03-13 18:00", "2026-03-16 09:30"),  # Friday evening: Monday
        ("U", "2026-03-10 10:00", "2026-03-10 14:00"),
        ("U", "2026-03-10 15:00", "2026-03-11 11:00"),
        (
            "U",
            "2026-03-27 16:00",
            "2026-03-30 11:00",
        ),  # over the weekend on which clocks go forward: 12:00 there
    ],
)
def test_staff_are_told_again_in_clinic_hours(level: str, received: str, again: str) -> None:
    assert told_again_at(level, at(received), HOURS) == at(again)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-10 10:00", "2026-03-12 17:00"),  # Tuesday: Thursday
        ("2026-03-12 10:00", "2026-03-16 17:00"),  # Thursday: Monday
        ("2026-03-14 10:00", "2026-03-17 17:00"),  # Saturday: Tuesday
    ],
)
def test_a_week_level_answer_is_due_in_two_working_days(received: str, due: str) -> None:
    assert (due_at("W", at(received), HOURS), told_again_at("W", at(received), HOURS)) == (at(due), None)


def test_a_clinic_without_hours_lets_nothing_wait_longer() -> None:
    never = Hours.of({}, "UTC")
    now = at("2026-03-14 03:00")

    assert is_open(never, now)
    assert after_open_time(never, now, timedelta(hours=4)) == now + timedelta(hours=4)
    assert end_of_working_day(never, now, 2) == now + timedelta(days=2)
