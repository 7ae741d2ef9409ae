"""Charts: gaps stay gaps, and the picture is well-formed."""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

from progress.rules.charts import SessionWords, Week, pain_chart, sessions_chart
from progress.rules.state import Counts

FIRST = date(2026, 3, 2)  # a Monday
WORDS = SessionWords("Done", "Partly", "Not today", "No <word>")


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


def drawn(svg: str, kind: str) -> list[ET.Element]:
    return [part for part in ET.fromstring(svg).iter() if part.get("class") == kind]


def chart(pain: dict[date, int], days: int = 14) -> str:
    return pain_chart(pain, first=FIRST, last=day(days - 1), label="Pain <b>", day_words=str)


def test_lines_join_only_neighboring_days() -> None:
    svg = chart({day(0): 1, day(1): 2, day(2): 3, day(4): 4, day(6): 5, day(7): 6})

    assert [line.get("d").count(" L") for line in drawn(svg, "chart-line")] == [2, 1]
    assert len(drawn(svg, "chart-dot")) == 6


def test_three_days_without_a_number_are_hatched_and_two_are_not() -> None:
    svg = chart({day(0): 1, day(3): 1, day(7): 1, day(11): 1}, days=12)

    assert len(drawn(svg, "chart-gap")) == 2


def test_no_numbers_is_one_gap_and_no_line() -> None:
    svg = chart({})

    assert (len(drawn(svg, "chart-gap")), drawn(svg, "chart-line"), drawn(svg, "chart-dot")) == (1, [], [])


def test_the_scale_runs_from_nothing_below_to_ten_above() -> None:
    low, high = (float(drawn(chart({day(0): pain}), "chart-dot")[0].get("cy")) for pain in (0, 10))

    assert (low, high) == (158.0, 8.0)


def test_a_pain_chart_has_a_name_and_escapes_it() -> None:
    root = ET.fromstring(chart({}))

    assert (root.get("role"), root.get("aria-label")) == ("img", "Pain <b>")


def bars(*weeks: Counts) -> str:
    found = [Week(FIRST + timedelta(weeks=n), counts) for n, counts in enumerate(weeks)]
    return sessions_chart(found, label="Sessions", words=WORDS, day_words=str)


def test_each_part_of_a_week_is_drawn_once_and_nothing_is_drawn_of_nothing() -> None:
    svg = bars(Counts(planned=5, done=2, partly=1, skipped=1, unknown=1), Counts(0, 0, 0, 0, 0))

    found = {
        kind: len(drawn(svg, kind)) - 1
        for kind in ("chart-bar", "chart-bar-2", "chart-bar-none", "chart-gap")
    }
    assert found == {"chart-bar": 1, "chart-bar-2": 1, "chart-bar-none": 1, "chart-gap": 1}


def test_a_bar_is_as_high_as_its_sessions() -> None:
    svg = bars(Counts(planned=4, done=4, partly=0, skipped=0, unknown=0), Counts(4, 2, 0, 0, 2))

    _legend, four, two = drawn(svg, "chart-bar")
    assert float(four.get("height")) == 2 * float(two.get("height"))


def test_a_chart_without_weeks_is_still_a_picture() -> None:
    assert drawn(bars(), "chart-axis") != []
