"""The days of a tick sheet."""

from datetime import date

from programs.rules.handout import tick_sheet

WEDNESDAY = date(2026, 3, 4)
MON_WED_FRI = [1, 3, 5]


def test_days_before_the_first_are_left_out() -> None:
    first, second, *_later = tick_sheet([MON_WED_FRI], first=WEDNESDAY)

    assert first.days == (date(2026, 3, 4), date(2026, 3, 6))
    assert second.days == (date(2026, 3, 9), date(2026, 3, 11), date(2026, 3, 13))


def test_a_week_with_nothing_left_to_do_is_skipped() -> None:
    weeks = tick_sheet([[1]], first=WEDNESDAY)

    assert [(week.number, week.days) for week in weeks] == [
        (n, (date(2026, 3, 2 + 7 * n),)) for n in range(1, 5)
    ]


def test_only_days_on_which_something_is_due_are_columns() -> None:
    _first, second, *_later = tick_sheet([[1, 3], [3, 7]], first=WEDNESDAY)

    assert [day.isoweekday() for day in second.days] == [1, 3, 7]
    assert second.due == ((True, True, False), (False, True, True))


def test_a_long_plan_has_fewer_weeks() -> None:
    assert [len(tick_sheet([MON_WED_FRI] * n, first=WEDNESDAY)) for n in (1, 6, 7, 12)] == [4, 4, 2, 2]
