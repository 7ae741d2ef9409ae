"""What readers tell and ask: how true a statement is, three times; their own words; a question about a part."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from clinic.models import AuditEvent
from education.models import BeliefRating, OwnWords, PassageQuestion, ReadingAssignment
from education.rules import asks
from education.rules.asks import Moment, Rating, Silence
from tests.education.whole import ASKS, make_whole
from tests.factories import give_reading

pytestmark = pytest.mark.django_db
READ_ON = date(2026, 3, 1)
LONG = "x" * 1001


@pytest.fixture
def reading(patient, clinician) -> ReadingAssignment:
    return give_reading(patient, make_whole(), assigned_by=clinician)


def finish(reading: ReadingAssignment, *, days_ago: int = 0) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    ReadingAssignment.objects.filter(pk=reading.pk).update(sections_seen=9, opened_at=at, read_at=at)


def to(reading: ReadingAssignment, name: str, *rest: object) -> str:
    return reverse(f"module_{name}", args=[reading.pk, *rest])


def page(phone, reading: ReadingAssignment, **query: str) -> str:
    return phone.get(reverse("module", args=[reading.pk]), query).content.decode()


def rated(reading: ReadingAssignment) -> list[tuple[str, int | None]]:
    return list(reading.ratings.values_list("moment", "value"))


def belief(
    ratings: dict[Moment, int | None], *, passed: int = 9, is_read: bool = True, today: date = READ_ON
):
    rows = [Rating(key="b1", moment=moment, value=value, on=READ_ON) for moment, value in ratings.items()]
    return asks.beliefs(ASKS, rows, passed=passed, is_read=is_read, today=today)[0]


@pytest.mark.parametrize(
    ("ratings", "progress", "due"),
    [
        ({}, {"passed": 0, "is_read": False}, Moment.BEFORE),
        ({}, {"passed": 1, "is_read": False}, None),
        ({Moment.BEFORE: None}, {"passed": 0, "is_read": False}, None),
        ({Moment.BEFORE: 8}, {}, Moment.AFTER),
        ({Moment.AFTER: 3}, {"today": READ_ON + timedelta(days=13)}, None),
        ({Moment.AFTER: 3}, {"today": READ_ON + timedelta(days=14)}, Moment.LATER),
        ({Moment.AFTER: None}, {"today": READ_ON + timedelta(days=14)}, None),
        ({Moment.AFTER: 3, Moment.LATER: None}, {"today": READ_ON + timedelta(days=99)}, None),
    ],
)
def test_a_statement_is_asked_before_after_and_two_weeks_later(ratings, progress, due):
    assert belief(ratings, **progress).due is due


def test_what_was_left_open_is_not_what_nobody_asked():
    told = belief({Moment.BEFORE: None, Moment.AFTER: 0})
    assert told.numbers == (Silence.NOT_ANSWERED, 0, Silence.NOT_ASKED)


def test_a_module_begins_with_what_the_reader_thinks(phone, reading):
    before = page(phone, reading)
    phone.post(to(reading, "beliefs", "before"), {"b1": "8"})
    after = page(phone, reading)

    assert ("Before you read" in before, 'id="part-1"' in before) == (True, False)
    assert ("Before you read" in after, 'id="part-1"' in after) == (False, True)
    assert rated(reading) == [("before", 8)]


def test_nothing_is_chosen_beforehand(phone, reading):
    form = page(phone, reading).partition("Before you read")[2].partition("</form>")[0]
    assert (form.count('type="radio"'), "checked" in form) == (11, False)


def test_it_may_be_left_open_before_and_is_not_asked_again(phone, reading):
    phone.post(to(reading, "beliefs", "before"), {})
    phone.post(to(reading, "beliefs", "before"), {"b1": "4"})

    assert rated(reading) == [("before", None)]


def test_after_reading_an_empty_answer_is_asked_for_and_skip_is_one(phone, reading):
    finish(reading)
    empty = phone.post(to(reading, "beliefs", "after"), {})
    phone.post(to(reading, "beliefs", "after"), {"skip": "1"})

    assert (empty.status_code, "Please choose a number, or press Skip." in empty.content.decode()) == (
        400,
        True,
    )
    assert rated(reading) == [("after", None)]


def test_after_before_reading_asks_nothing(phone, reading):
    phone.post(to(reading, "beliefs", "after"), {"b1": "4", "skip": "1"})
    assert rated(reading) == []


def test_two_weeks_after_the_answer_it_is_asked_once_more(phone, reading):
    finish(reading, days_ago=14)
    BeliefRating.objects.create(
        assignment=reading,
        ask_key="b1",
        moment="after",
        value=3,
        rated_at=timezone.now() - timedelta(days=14),
    )
    shown = page(phone, reading)
    phone.post(to(reading, "beliefs", "later"), {"b1": "4"})

    assert ("Two weeks on" in shown, rated(reading)) == (True, [("after", 3), ("later", 4)])
    assert "how do you see it now" not in page(phone, reading)


@pytest.mark.parametrize("value", ["11", "-1", "x", "8.5", "٤"])
def test_a_number_that_was_not_offered_is_refused(phone, reading, value):
    answer = phone.post(to(reading, "beliefs", "before"), {"b1": value})
    assert (answer.status_code, rated(reading)) == (400, [])


def test_the_database_keeps_one_rating_a_moment(reading):
    row = {"assignment": reading, "ask_key": "b1", "moment": "before"}
    BeliefRating.objects.create(**row, value=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        BeliefRating.objects.create(**row, value=2)


def test_own_words_are_kept_with_the_question_and_a_new_answer_is_a_new_row(phone, reading):
    finish(reading)
    for text in ("It is meant to be firm.", "It is meant to be firm.", " Firm is fine.\r\nHips work. "):
        phone.post(to(reading, "own_words", "w1"), {"text": text})

    kept = list(OwnWords.objects.values_list("prompt", "text"))
    prompt = ASKS[1]["prompt"]
    assert kept == [(prompt, "It is meant to be firm."), (prompt, "Firm is fine.\nHips work.")]
    assert "Firm is fine.\nHips work.</textarea>" in page(phone, reading)


def test_a_question_is_kept_with_its_passage_and_shown_back(phone, reading):
    phone.post(to(reading, "ask", "s1"), {"text": "Does <b>that</b> hurt it?"})
    phone.post(to(reading, "ask", "s1"), {"text": "Does <b>that</b> hurt it?"})

    row = PassageQuestion.objects.get()
    assert row.passage == "People ask what hurts.\n\nSoft tissue under the band is pressed."
    assert (row.patient, row.version, row.section_key) == (reading.patient, reading.version, "s1")
    shown = page(phone, reading, all="1")
    assert ("“Does &lt;b&gt;that&lt;/b&gt; hurt it?”" in shown, "Nobody may have read it yet." in shown) == (
        True,
        True,
    )


@pytest.mark.parametrize(("name", "key"), [("own_words", "w1"), ("ask", "x1")])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Please write a few words first."),
        ("   ", "Please write a few words first."),
        (LONG, "Please keep it to 1000 characters. It has 1001 now."),
    ],
)
def test_words_that_can_not_be_kept_are_handed_back_with_a_kind_word(phone, reading, name, key, text, said):
    finish(reading)
    answer = phone.post(to(reading, name, key), {"text": text})

    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert text.strip() in answer.content.decode()
    assert (OwnWords.objects.count(), PassageQuestion.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("name", "key"), [("own_words", "nope"), ("ask", "nope"), ("own_words", "b1"), ("beliefs", "never")]
)
def test_what_a_module_does_not_ask_is_not_found(phone, reading, name, key):
    assert phone.post(to(reading, name, key), {"text": "Hello"}).status_code == 404


def test_what_was_told_is_on_record_without_its_words(phone, reading):
    finish(reading)
    phone.post(to(reading, "beliefs", "after"), {"b1": "3"})
    phone.post(to(reading, "own_words", "w1"), {"text": "secret"})
    phone.post(to(reading, "ask", "x1"), {"text": "secret"})

    rows = AuditEvent.objects.filter(patient=reading.patient, actor=reading.patient.user)
    assert list(rows.order_by("at").values_list("verb", flat=True)) == [
        "belief.rated",
        "own_words.told",
        "question.asked",
    ]
    assert "secret" not in str(list(rows.values()))


def test_two_weeks_are_days_of_the_readers_own_calendar(patient, reading):
    zone = ZoneInfo("Pacific/Auckland")
    late = datetime(2026, 3, 1, 23, 30, tzinfo=zone)
    assert [
        asks.later_is_due(late.date(), today=(late + timedelta(days=13, minutes=minutes)).date())
        for minutes in (29, 31)
    ] == [False, True]
