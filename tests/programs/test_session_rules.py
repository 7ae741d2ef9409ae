"""A session's fingerprint and moment are decided without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from programs.rules.sessions import EntryDraft, SessionDraft, believed, fingerprint, moment

NOW = datetime(2026, 3, 10, 22, 30, tzinfo=UTC)
ENTRY = EntryDraft(plan_item_id=uuid4(), sets_done=3, load_kg=Decimal("5"))
DRAFT = SessionDraft(client_id=uuid4(), planned_on=date(2026, 3, 10), outcome="done", entries=(ENTRY,))


def test_the_same_words_have_the_same_fingerprint() -> None:
    same = replace(ENTRY, load_kg=Decimal("5.0"))

    assert fingerprint(DRAFT) == fingerprint(replace(DRAFT, entries=(same,)))


def test_the_order_of_exercises_does_not_matter() -> None:
    other = EntryDraft(plan_item_id=uuid4())
    one, two = (replace(DRAFT, entries=entries) for entries in ((ENTRY, other), (other, ENTRY)))

    assert fingerprint(one) == fingerprint(two)


@pytest.mark.parametrize(
    "changes",
    [{"outcome": "partly"}, {"note": "x"}, {"pain_after": 0}, {"planned_on": date(2026, 3, 9)}, {"entries": ()},
     {"entries": (replace(ENTRY, pain_during=0),)}, {"performed_at": NOW}],
    ids=lambda changes: next(iter(changes)),
)  # fmt: skip
def test_other_words_have_another_fingerprint(changes: dict[str, object]) -> None:
    assert fingerprint(DRAFT) != fingerprint(replace(DRAFT, **changes))


def test_zero_pain_is_not_the_same_as_unsaid_pain() -> None:
    assert replace(DRAFT, entries=()).worst_pain is None
    assert replace(DRAFT, pain_during=0).worst_pain == 0


def test_the_worst_pain_of_a_session_is_the_highest_said() -> None:
    entries = (replace(ENTRY, pain_during=2), replace(ENTRY, pain_during=None), replace(ENTRY, pain_during=5))

    assert replace(DRAFT, pain_during=3, entries=entries).worst_pain == 5


@pytest.mark.parametrize(
    ("performed_at", "at", "is_suspect"),
    [
        pytest.param(None, NOW, False, id="only the day is known"),
        pytest.param(NOW - timedelta(days=399), NOW - timedelta(days=399), False, id="long ago"),
        pytest.param(NOW - timedelta(days=401), NOW, True, id="too long ago"),
        pytest.param(NOW + timedelta(minutes=9), NOW + timedelta(minutes=9), False, id="a little ahead"),
        pytest.param(NOW + timedelta(minutes=11), NOW, True, id="a clock far ahead"),
    ],
)  # fmt: skip
def test_the_device_clock_is_believed_within_bounds(
    performed_at: datetime | None, at: datetime, is_suspect: bool
) -> None:
    when = moment(replace(DRAFT, performed_at=performed_at), now=NOW, zone="UTC")

    assert (when.at, when.is_suspect) == (at, is_suspect)


def test_a_past_day_counts_from_its_local_noon() -> None:
    when = moment(replace(DRAFT, planned_on=date(2026, 3, 8)), now=NOW, zone="America/New_York")

    assert when.at == datetime(2026, 3, 8, 16, 0, tzinfo=UTC)


def test_today_is_the_patients_today() -> None:
    """22:30 in London is already tomorrow in Tokyo, so the 10th is a past day there."""
    when = moment(DRAFT, now=NOW, zone="Asia/Tokyo")

    assert when.at == datetime(2026, 3, 10, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "kept", "is_suspect"),
    [
        pytest.param(date(2026, 3, 1), date(2026, 3, 1), False, id="told late"),
        pytest.param(date(2026, 3, 11), date(2026, 3, 10), True, id="a day that has not come"),
        pytest.param(date(2019, 1, 1), date(2026, 3, 10), True, id="a clock years behind"),
    ],
)
def test_a_day_that_cannot_be_is_taken_for_today_and_marked(on: date, kept: date, is_suspect: bool) -> None:
    when = believed(on=on, performed_at=NOW, now=NOW, zone="UTC")

    assert (when.on, when.is_suspect) == (kept, is_suspect)
