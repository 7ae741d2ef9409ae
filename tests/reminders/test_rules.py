"""When a reminder is due: every zone, every clock change, a whole year."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reminders.rules import Wish, local_day, moment, moved, to_plan, wants, zone_of

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
EVERY_DAY = frozenset(range(1, 8))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "on", "clock", "expected"),
    [
        pytest.param("UTC", "2026-03-10", "08:00", "2026-03-10T08:00+00:00", id="plain"),
        pytest.param("Europe/London", "2027-07-01", "08:00", "2027-07-01T07:00+00:00", id="summer"),
        pytest.param("Asia/Kathmandu", "2026-03-10", "08:00", "2026-03-10T02:15+00:00", id="quarter hours"),
        pytest.param("Europe/London", "2027-03-28", "01:30", "2027-03-28T01:00+00:00", id="skipped: first moment after"),
        pytest.param("Europe/London", "2027-10-31", "01:30", "2027-10-31T00:30+00:00", id="shown twice: the first"),
        pytest.param("America/New_York", "2027-03-14", "02:00", "2027-03-14T07:00+00:00", id="start of the gap"),
        pytest.param("America/New_York", "2027-11-07", "01:00", "2027-11-07T05:00+00:00", id="twice, in New York"),
        pytest.param("Africa/Cairo", "2027-04-30", "00:00", "2027-04-29T22:00+00:00", id="Cairo has no midnight"),
        pytest.param("America/Santiago", "2027-09-05", "00:30", "2027-09-05T04:00+00:00", id="Santiago neither"),
        pytest.param("Asia/Beirut", "2027-03-28", "00:00", "2027-03-27T22:00+00:00", id="Beirut neither"),
        pytest.param("America/Havana", "2027-03-14", "00:15", "2027-03-14T05:00+00:00", id="Havana neither"),
        pytest.param("Atlantic/Azores", "2027-03-28", "00:59", "2027-03-28T01:00+00:00", id="nor the Azores"),
        pytest.param("Australia/Lord_Howe", "2027-10-03", "02:15", "2027-10-02T15:30+00:00", id="a gap of half an hour"),
    ],
)  # fmt: skip
def test_the_moment_of_a_local_time(zone: str, on: str, clock: str, expected: str) -> None:
    assert moment(date.fromisoformat(on), time.fromisoformat(clock), zone) == at(expected)


def test_a_day_that_samoa_left_out_has_no_reminder() -> None:
    assert moment(date(2011, 12, 30), time(8), "Pacific/Apia") is None
    assert moment(date(2011, 12, 31), time(8), "Pacific/Apia") == at("2011-12-30T18:00+00:00")


@settings(max_examples=300, deadline=None)
@given(
    zone=st.sampled_from(sorted(available_timezones())),
    on=st.dates(date(2025, 1, 1), date(2036, 1, 1)),
    clock=st.times().map(lambda t: t.replace(microsecond=0)),
)
def test_no_moment_comes_before_its_time_and_none_later_than_it_must(
    zone: str, on: date, clock: time
) -> None:
    due = moment(on, clock, zone)

    shown = due.astimezone(ZoneInfo(zone))
    wanted = datetime.combine(on, clock)
    assert shown.replace(tzinfo=None) >= wanted
    a_second_before = (due - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert a_second_before < wanted


def test_a_zone_that_no_longer_exists_counts_as_utc() -> None:
    assert zone_of("Mars/Olympus") == ZoneInfo("UTC")
    assert zone_of("../etc/passwd") == ZoneInfo("UTC")


def wish(**fields: object) -> Wish:
    return Wish(**{"at": time(8), "weekdays": EVERY_DAY, "zone": "Europe/Berlin", **fields})


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, True),
        ({"is_on": False}, False),
        ({"weekdays": frozenset({1, 3})}, False),
        ({"paused_until": date(2026, 3, 11)}, False),
        ({"paused_until": date(2026, 3, 10)}, True),
    ],
    ids=["every day", "off", "another weekday", "paused until tomorrow", "paused until today"],
)
def test_whether_a_tuesday_is_wanted(fields: dict, wanted: bool) -> None:
    assert wants(wish(**fields), date(2026, 3, 10)) is wanted


def planned(now: str, **fields: object) -> list[date]:
    arguments = {"planned_to": None, "changed_at": LONG_AGO, "now": at(now), **fields}
    return [due.on.day for due in to_plan(wish(), **arguments)]


def test_planning_reaches_two_days_ahead() -> None:
    assert planned("2026-03-10T05:00+00:00") == [10, 11, 12]


def test_what_was_planned_is_not_planned_again() -> None:
    assert planned("2026-03-10T05:00+00:00", planned_to=date(2026, 3, 11)) == [12]


def test_a_time_that_passed_before_the_wish_is_not_made_up_for() -> None:
    assert planned("2026-03-10T07:30+00:00", changed_at=at("2026-03-10T07:29+00:00")) == [11, 12]


def test_a_time_that_passed_while_nobody_planned_is_made_up_for_while_useful() -> None:
    assert planned("2026-03-10T09:59+00:00", planned_to=date(2026, 3, 9)) == [10, 11, 12]
    assert planned("2026-03-10T10:01+00:00", planned_to=date(2026, 3, 9)) == [11, 12]


def test_a_reminder_moved_to_a_time_that_has_passed_is_given_up() -> None:
    assert moved(wish(), date(2026, 3, 10), now=at("2026-03-10T07:01+00:00")) is None
    assert moved(wish(), date(2026, 3, 10), now=at("2026-03-10T06:59+00:00")).at == at(
        "2026-03-10T07:00+00:00"
    )


YEAR = [
    ("Europe/London", time(1, 30)),
    ("America/New_York", time(2, 30)),
    ("America/Santiago", time(0, 0)),
    ("Australia/Lord_Howe", time(1, 45)),
    ("Asia/Kathmandu", time(23, 59)),
]


def brute_force(zone: str, clock: time, year: int) -> dict[date, datetime]:
    """Watch a clock on the wall minute by minute: the first moment of each day at which it shows that time or later."""
    seen: dict[date, datetime] = {}
    now = datetime(year, 1, 1, tzinfo=UTC) - timedelta(hours=14)
    while now < datetime(year + 1, 1, 2, tzinfo=UTC):
        shown = now.astimezone(ZoneInfo(zone))
        if shown.year == year and shown.time() >= clock:
            seen.setdefault(shown.date(), now)
        now += timedelta(minutes=1)
    return seen


@pytest.mark.parametrize(("zone", "clock"), YEAR, ids=[zone for zone, _ in YEAR])
def test_a_year_of_planning_every_hour_misses_no_day_and_doubles_none(zone: str, clock: time) -> None:
    daily = Wish(at=clock, weekdays=EVERY_DAY, zone=zone)
    due: list[tuple[date, datetime]] = []
    planned_to, now = date(2026, 12, 30), datetime(2026, 12, 31, tzinfo=UTC)
    while now < datetime(2028, 1, 2, tzinfo=UTC):
        new = list(to_plan(daily, planned_to=planned_to, changed_at=LONG_AGO, now=now))
        due += [(d.on, d.at) for d in new if d.on.year == 2027]
        planned_to = max([planned_to, local_day(now + timedelta(hours=48), zone)])
        now += timedelta(hours=1)

    assert len(due) == len(dict(due)) == 365
    assert dict(due) == brute_force(zone, clock, 2027)
