"""One patient's facts become the figures of the caseload. Unknown is never "missed", "no" or "well"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum, StrEnum


@dataclass(frozen=True)
class Policy:
    """What counts as a change or as quiet. One point of pain is the least change people notice (S56)."""

    window_days: int = 14
    week_days: int = 7
    ratings_needed: int = 4  # of 7 days, in both weeks, before two weeks are compared
    change_points: Decimal = Decimal("1.0")
    worrying_pain: int = 8  # clinical.md 6.1, W5
    quiet_days: int = 5


POLICY = Policy()


class Trend(StrEnum):
    EASING = "easing"
    STEADY = "steady"
    RISING = "rising"
    UNKNOWN = "unknown"


class Attention(IntEnum):
    """Why a patient stands where they stand in the caseload; the highest reason wins."""

    NOTHING = 0
    INVITED = 10
    UNREAD = 20
    QUIET = 30
    NO_PLAN = 40
    RISING = 50
    WORRY = 60
    URGENT = 70


@dataclass(frozen=True)
class SessionFact:
    on: date
    outcome: str  # done, partly, not_today


@dataclass(frozen=True)
class CheckFact:
    """A check that counts, oldest first when several are about one day. No pain means it was not said."""

    on: date
    pain: int | None


@dataclass(frozen=True)
class Facts:
    """What is known of one patient on their local `today`."""

    today: date
    planned: frozenset[date] = frozenset()
    sessions: tuple[SessionFact, ...] = ()
    checks: tuple[CheckFact, ...] = ()
    has_account: bool = True
    has_plan: bool = False
    plan_since: date | None = None
    last_contact_on: date | None = None
    unread_checks: int = 0
    unread_questions: int = 0
    worry_open: bool = False
    program_closed: bool = False  # an answer that cannot wait, and no clinician has cleared it


@dataclass(frozen=True)
class Counts:
    """Sessions of some days: planned days, what was said, and planned days of which nothing was said."""

    planned: int
    done: int
    partly: int
    skipped: int
    unknown: int


@dataclass(frozen=True)
class Figures:
    """The part of a state row that is decided; the rest of the row is copied."""

    sessions: Counts
    pain_mean_7d: Decimal | None
    pain_mean_before: Decimal | None
    pain_days_7d: int
    pain_days_before: int
    attention: Attention


_BEST_FIRST = ("done", "partly", "not_today")


def outcome_by_day(sessions: Iterable[SessionFact]) -> dict[date, str]:
    """The best thing said of each day: "not today" in the morning and "done" in the evening is done."""
    days: dict[date, str] = {}
    for fact in sessions:
        known = days.get(fact.on, fact.outcome)
        days[fact.on] = min(known, fact.outcome, key=_BEST_FIRST.index)
    return days


def pain_by_day(checks: Iterable[CheckFact]) -> dict[date, int]:
    """The newest rating of each day; a correction that says no number takes the older one away."""
    newest = {check.on: check.pain for check in checks}
    return {on: pain for on, pain in newest.items() if pain is not None}


def mean(values: Iterable[int]) -> Decimal | None:
    """The mean to a tenth, or None of nothing."""
    known = list(values)
    if not known:
        return None
    return (Decimal(sum(known)) / len(known)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def trend(
    now: Decimal | None, before: Decimal | None, days_now: int, days_before: int, policy: Policy = POLICY
) -> Trend:
    """Compare two weeks of morning pain; with too few ratings in either there is nothing to say."""
    if now is None or before is None or min(days_now, days_before) < policy.ratings_needed:
        return Trend.UNKNOWN
    if now - before >= policy.change_points:
        return Trend.RISING
    return Trend.EASING if before - now >= policy.change_points else Trend.STEADY


def figures(facts: Facts, policy: Policy = POLICY) -> Figures:
    """Count the last 14 local days and compare the last 7 with the 7 before them."""
    pain = pain_by_day(facts.checks)
    this_week = _between(pain, facts.today, 0, policy.week_days)
    week_before = _between(pain, facts.today, policy.week_days, policy.week_days)
    first = facts.today - timedelta(days=policy.window_days - 1)
    said = outcome_by_day(facts.sessions)
    means = (mean(this_week), mean(week_before))
    return Figures(
        sessions=count_sessions(said, facts.planned, first=first, last=facts.today, today=facts.today),
        pain_mean_7d=means[0],
        pain_mean_before=means[1],
        pain_days_7d=len(this_week),
        pain_days_before=len(week_before),
        attention=_attention(facts, trend(*means, len(this_week), len(week_before), policy), policy),
    )


def count_sessions(
    said: Mapping[date, str], planned: Iterable[date], *, first: date, last: date, today: date
) -> Counts:
    """Count the days from first to last. Today is not over: it counts once something was said of it.

    A session on another day stands in for a planned day of which nothing was said.
    """
    words = [word for on, word in said.items() if first <= on <= last]
    due = [on for on in planned if first <= on <= last and (on < today or on in said)]
    return Counts(
        planned=len(due),
        done=words.count("done"),
        partly=words.count("partly"),
        skipped=words.count("not_today"),
        unknown=max(0, len(due) - len(words)),
    )


def is_worrying(pain: int | None, new_warning: bool | None, policy: Policy = POLICY) -> bool:
    """Whether the safety words are shown at once and a clinician is asked to look."""
    return new_warning is True or (pain is not None and pain >= policy.worrying_pain)


def _between(pain: dict[date, int], today: date, days_ago: int, length: int) -> list[int]:
    last = today - timedelta(days=days_ago)
    return [value for on, value in pain.items() if last - timedelta(days=length) < on <= last]


def _attention(facts: Facts, pain: Trend, policy: Policy) -> Attention:
    if facts.program_closed:
        return Attention.URGENT
    if facts.worry_open:
        return Attention.WORRY
    if pain is Trend.RISING:
        return Attention.RISING
    if not facts.has_account:
        return Attention.INVITED
    if not facts.has_plan:
        return Attention.NO_PLAN
    if _is_quiet(facts, policy):
        return Attention.QUIET
    return Attention.UNREAD if facts.unread_checks or facts.unread_questions else Attention.NOTHING


def _is_quiet(facts: Facts, policy: Policy) -> bool:
    since = max(filter(None, (facts.last_contact_on, facts.plan_since)), default=None)
    return since is not None and facts.today - since >= timedelta(days=policy.quiet_days)
