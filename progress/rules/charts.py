"""Numbers to SVG. A day without a number is a gap, and nothing is joined across it. Callers bring the words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import pairwise

from progress.rules.state import Counts

WIDTH, HEIGHT = 360, 180
LEFT, RIGHT, TOP, BOTTOM = 24, 6, 8, 22
LONG_GAP_DAYS = 3  # shorter gaps are only a break in the line
LEGEND_HEIGHT = 22
DOTS_UP_TO_DAYS = 45  # more of them would hide the line, so only days that stand alone get one
PAIN_MOST = 10
DayWords = Callable[[date], str]


@dataclass(frozen=True)
class Week:
    """One bar: the week from this Monday."""

    monday: date
    counts: Counts


@dataclass(frozen=True)
class SessionWords:
    """What the parts of a bar are called, in order from the bottom."""

    done: str
    partly: str
    skipped: str
    unknown: str


def pain_chart(pain: Mapping[date, int], *, first: date, last: date, label: str, day_words: DayWords) -> str:
    """Draw morning pain 0 to 10 by day: dots, lines between neighboring days, hatching where nothing is."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    x = _scale(len(days))
    known = {n: _y(pain[on], PAIN_MOST) for n, on in enumerate(days) if on in pain}
    parts = [
        *(_grid(value, PAIN_MOST) for value in (0, 5, PAIN_MOST)),
        *(_gap(x, start, length) for start, length in _gaps(len(days), known)),
        *(_line(x, run, known) for run in _runs(known)),
        *(_dot(x(n), y) for n, y in known.items() if len(days) <= DOTS_UP_TO_DAYS or _stands_alone(n, known)),
        *_week_ticks(days, x, day_words),
    ]
    return _svg(parts, label)


def sessions_chart(weeks: Sequence[Week], *, label: str, words: SessionWords, day_words: DayWords) -> str:
    """Draw one bar per week: done, partly, not today, and planned days of which nothing was said."""
    most = max([3, *(_height(week.counts) for week in weeks)])
    x = _scale(len(weeks))
    top = TOP + LEGEND_HEIGHT
    parts = [
        *_legend(words),
        *(_grid(value, most, top=top) for value in (0, most)),
        *(bar for n, week in enumerate(weeks) for bar in _bar(x(n), week.counts, most, len(weeks))),
        *_bar_ticks(weeks, x, day_words),
    ]
    return _svg(parts, label)


def _svg(parts: Iterable[str], label: str) -> str:
    head = f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">'
    return "".join([head, *parts, "</svg>"])


def _scale(count: int) -> Callable[[float], float]:
    """The middle of slot n of count slots."""
    step = (WIDTH - LEFT - RIGHT) / max(1, count)
    return lambda n: LEFT + (n + 0.5) * step


def _y(value: float, most: int, *, top: int = TOP) -> float:
    return round(top + (most - value) / most * (HEIGHT - top - BOTTOM), 1)


def _grid(value: int, most: int, *, top: int = TOP) -> str:
    y = _y(value, most, top=top)
    kind = "chart-grid" if value else "chart-axis"
    return (
        f'<line class="{kind}" x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}"/>'
        f'<text class="chart-tick" x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value}</text>'
    )


def _gaps(count: int, known: Mapping[int, float]) -> list[tuple[int, int]]:
    """Runs of days without a number that are long enough to be marked: where each starts, how long it is."""
    edges = [-1, *known, count]
    runs = [(start + 1, end - start - 1) for start, end in pairwise(edges)]
    return [(start, length) for start, length in runs if length >= LONG_GAP_DAYS]


def _gap(x: Callable[[float], float], start: int, length: int) -> str:
    left, right = x(start - 0.5), x(start + length - 0.5)
    return (
        f'<rect class="chart-gap" x="{left:.1f}" y="{TOP}" width="{right - left:.1f}" '
        f'height="{HEIGHT - TOP - BOTTOM}"/>'
    )


def _runs(known: Mapping[int, float]) -> list[list[int]]:
    """Days next to each other, at least two."""
    runs: list[list[int]] = []
    for n in known:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return [run for run in runs if len(run) > 1]


def _line(x: Callable[[float], float], run: list[int], known: Mapping[int, float]) -> str:
    points = " L".join(f"{x(n):.1f} {known[n]}" for n in run)
    return f'<path class="chart-line" d="M{points}"/>'


def _dot(x: float, y: float) -> str:
    return f'<circle class="chart-dot" cx="{x:.1f}" cy="{y}" r="2.6"/>'


def _stands_alone(n: int, known: Mapping[int, float]) -> bool:
    return n - 1 not in known and n + 1 not in known


def _week_ticks(days: Sequence[date], x: Callable[[float], float], words: DayWords) -> list[str]:
    mondays = [n for n, on in enumerate(days) if on.weekday() == 0]
    return [_tick(x(n), words(days[n])) for n in mondays[:: _every(len(mondays))]]


def _bar_ticks(weeks: Sequence[Week], x: Callable[[float], float], words: DayWords) -> list[str]:
    return [_tick(x(n), words(weeks[n].monday)) for n in range(0, len(weeks), _every(len(weeks)))]


def _every(count: int) -> int:
    """At most four dates fit side by side on a phone."""
    return max(1, -(-count // 4))


def _tick(x: float, words: str) -> str:
    x = min(max(x, LEFT + 12), WIDTH - RIGHT - 18)
    return (
        f'<text class="chart-tick" x="{x:.1f}" y="{HEIGHT - 6}" text-anchor="middle">{escape(words)}</text>'
    )


_PARTS = ("chart-bar", "chart-bar-2", "chart-bar-none", "chart-gap")


def _height(counts: Counts) -> int:
    return counts.done + counts.partly + counts.skipped + counts.unknown


def _bar(middle: float, counts: Counts, most: int, slots: int) -> list[str]:
    width = min(24.0, (WIDTH - LEFT - RIGHT) / slots * 0.62)
    parts, below = [], 0
    amounts = (counts.done, counts.partly, counts.skipped, counts.unknown)
    for kind, amount in zip(_PARTS, amounts, strict=True):
        if amount:
            upper, lower = (_y(v, most, top=TOP + LEGEND_HEIGHT) for v in (below + amount, below))
            parts.append(
                f'<rect class="{kind}" x="{middle - width / 2:.1f}" y="{upper}" '
                f'width="{width:.1f}" height="{lower - upper:.1f}"/>'
            )
        below += amount
    return parts


def _legend(words: SessionWords) -> list[str]:
    slot = (WIDTH - LEFT - RIGHT) / len(_PARTS)
    names = (words.done, words.partly, words.skipped, words.unknown)
    return [
        f'<rect class="{kind}" x="{LEFT + n * slot:.1f}" y="5" width="10" height="10"/>'
        f'<text class="chart-tick" x="{LEFT + n * slot + 15:.1f}" y="14">{escape(name)}</text>'
        for n, (kind, name) in enumerate(zip(_PARTS, names, strict=True))
    ]
