"""Advance, hold, step back, review or urgent: the first group with a match wins. Source: clinical.md 4.4 and table B.

Symptom rules stand before progress rules, and whatever is not known holds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from progress.rules.progression.lights import Light
from progress.rules.progression.policy import Policy

LOOKED_AT = 3  # sessions whose lights count
Number = float | int | bool | str | None


class Outcome(StrEnum):
    URGENT = "urgent"
    REVIEW = "review"
    STEP_BACK = "step_back"
    HOLD = "hold"
    ADVANCE = "advance"


CAREFUL_FIRST = tuple(Outcome)


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What one decision looks at, on one day. None means unknown.

    lights are the last three sessions at any level, oldest first · unsaid is what an unknown light waits for ·
    rpe_last2 are the efforts of the last two sessions · weekly_trend is a rise of mean morning pain in points ·
    step backs are those that were carried out.
    """

    lights: tuple[Light, ...] = ()
    unsaid: frozenset[str] = frozenset()
    adherence: float | None = None
    low_adherence_14d: bool = False
    rpe_last2: tuple[int | None, ...] = ()
    rpe_target_hi: int = 7
    at_top_of_dose: bool | None = None
    sessions_at_level: int = 0
    days_at_level: int = 0
    min_sessions: int = 3
    min_days: int = 7
    weekly_trend: float | None = None
    gap_days: int | None = None
    days_since_start: int = 0
    days_in_phase: int = 0
    phase_max_days: int | None = None
    red_14d: int = 0
    stepbacks_28d: int = 0
    days_since_step_back: int | None = None
    days_since_review: int | None = None
    max_pain_7d: int | None = None
    improved_mcid: bool | None = None
    red_flag: bool | None = None
    sign_to_look_at: bool = False
    new_nerve: bool | None = None
    groin_pain: bool | None = None
    night_pain_nights_7d: int | None = None

    @property
    def recent(self) -> tuple[Light, ...]:
        return self.lights[-LOOKED_AT:]

    @property
    def unanswered(self) -> tuple[Light, ...]:
        """The lights that came after the last change of dose: a step back has answered those before it."""
        return self.recent[-self.sessions_at_level :] if self.sessions_at_level else ()


@dataclass(frozen=True)
class Rule:
    """One reason: what it leads to, when it holds, and the number and the limit it compared."""

    outcome: Outcome
    code: str
    holds: Callable[[Inputs, Policy], bool]
    value: Callable[[Inputs], Number]
    limit: Callable[[Inputs, Policy], Number] = lambda i, p: None


@dataclass(frozen=True)
class Compared:
    """A line of the trace: a rule, the number it saw, its limit, and whether it held."""

    outcome: Outcome
    code: str
    value: Number
    limit: Number
    held: bool


@dataclass(frozen=True)
class Decision:
    """`reasons` are codes, in the order a clinician would give them; the trace has every rule."""

    outcome: Outcome
    reasons: tuple[str, ...]
    trace: tuple[Compared, ...] = ()


def decide(inputs: Inputs, policy: Policy) -> Decision:
    """Say whether this patient may move on, should hold, or should step back."""
    trace = tuple(_compared(rule, inputs, policy) for rule in RULES)
    for outcome in CAREFUL_FIRST:
        reasons = tuple(line.code for line in trace if line.held and line.outcome is outcome)
        if reasons:
            return Decision(outcome, reasons, trace)
    return Decision(Outcome.ADVANCE, ("all_met",), trace)


def _compared(rule: Rule, inputs: Inputs, policy: Policy) -> Compared:
    return Compared(
        rule.outcome, rule.code, rule.value(inputs), rule.limit(inputs, policy), rule.holds(inputs, policy)
    )


def _at_least(value: float | None, limit: float) -> bool:
    return value is not None and value >= limit


def _lights(inputs: Inputs) -> str:
    return " ".join(inputs.recent)


def _has(light: Light) -> Callable[[Inputs, Policy], bool]:
    return lambda i, p: light in i.recent


def _slow(inputs: Inputs) -> int:
    return inputs.unanswered.count(Light.AMBER_RESPONSE)


def _gap_between(low: int, high: int, gap: int | None) -> bool:
    return gap is not None and low <= gap < high


def _gap_is_answered(inputs: Inputs) -> bool:
    """The dose went down already, and no session came since."""
    return inputs.days_since_step_back is not None and inputs.sessions_at_level == 0


def _long_gap(inputs: Inputs, policy: Policy) -> bool:
    return _gap_between(policy.step_back_gap_days, policy.review_gap_days, inputs.gap_days)


def _rise_is_answered(inputs: Inputs) -> bool:
    """A step back needs a week before the weekly mean can show it."""
    return inputs.days_since_step_back is not None and inputs.days_since_step_back < 7


def _efforts(inputs: Inputs) -> str:
    return " ".join("?" if effort is None else str(effort) for effort in inputs.rpe_last2)


def _effort_blocks(inputs: Inputs, policy: Policy) -> bool:
    said = [effort for effort in inputs.rpe_last2 if effort is not None]
    return len(said) < 2 or max(said) > inputs.rpe_target_hi


def _phase_limit(inputs: Inputs, policy: Policy) -> float | None:
    return inputs.phase_max_days and inputs.phase_max_days * policy.review_phase_percent / 100


def _is_looked_at(inputs: Inputs, policy: Policy) -> bool:
    """A clinician has just decided on what only passes with time, so the next change may follow."""
    return inputs.days_since_review is not None and inputs.days_since_review < policy.review_answered_days


def _plateau(inputs: Inputs, policy: Policy) -> bool:
    limit = _phase_limit(inputs, policy)
    return limit is not None and inputs.days_in_phase > limit and not _is_looked_at(inputs, policy)


def _unchanged(inputs: Inputs, policy: Policy) -> bool:
    return (
        _due_unchanged(inputs, policy) and inputs.improved_mcid is False and not _is_looked_at(inputs, policy)
    )


def _many_step_backs(inputs: Inputs, policy: Policy) -> bool:
    return inputs.stepbacks_28d >= policy.review_step_backs_in_28_days and not _is_looked_at(inputs, policy)


def _low(inputs: Inputs, policy: Policy) -> bool:
    return inputs.low_adherence_14d and not _is_looked_at(inputs, policy)


def _waits_for(*names: str) -> Callable[[Inputs, Policy], bool]:
    return lambda i, p: Light.UNKNOWN in i.recent and not i.unsaid.isdisjoint(names)


def _waits_for_morning(inputs: Inputs, policy: Policy) -> bool:
    return Light.UNKNOWN in inputs.recent and (not inputs.unsaid or "next_morning" in inputs.unsaid)


def _due_unchanged(inputs: Inputs, policy: Policy) -> bool:
    return inputs.days_since_start >= policy.review_unchanged_days


_U, _R, _S, _H = Outcome.URGENT, Outcome.REVIEW, Outcome.STEP_BACK, Outcome.HOLD
RULES = (
    Rule(_U, "red_flag", lambda i, p: i.red_flag is True, lambda i: i.red_flag),
    Rule(_R, "warning_sign_not_cleared", lambda i, p: i.sign_to_look_at, lambda i: i.sign_to_look_at),
    Rule(_R, "new_nerve_symptom", lambda i, p: i.new_nerve is True, lambda i: i.new_nerve),
    Rule(_R, "groin_or_deep_hip_pain", lambda i, p: i.groin_pain is True, lambda i: i.groin_pain),
    Rule(_R, "pain_8_or_more", lambda i, p: _at_least(i.max_pain_7d, p.review_pain), lambda i: i.max_pain_7d,
         lambda i, p: p.review_pain),
    Rule(_R, "night_pain_3_of_7", lambda i, p: _at_least(i.night_pain_nights_7d, p.review_night_pain_nights),
         lambda i: i.night_pain_nights_7d, lambda i, p: p.review_night_pain_nights),
    Rule(_R, "three_red_in_14_days", lambda i, p: i.red_14d >= p.review_reds_in_14_days, lambda i: i.red_14d,
         lambda i, p: p.review_reds_in_14_days),
    Rule(_R, "two_step_backs_in_28_days", _many_step_backs,
         lambda i: i.stepbacks_28d, lambda i, p: p.review_step_backs_in_28_days),
    Rule(_R, "gap_28_days", lambda i, p: _at_least(i.gap_days, p.review_gap_days), lambda i: i.gap_days,
         lambda i, p: p.review_gap_days),
    Rule(_R, "adherence_under_50_for_14_days", _low, lambda i: i.low_adherence_14d,
         lambda i, p: p.review_adherence_percent),
    Rule(_R, "no_meaningful_change_by_day_28", _unchanged,
         lambda i: i.days_since_start, lambda i, p: p.review_unchanged_days),
    Rule(_R, "plateau", _plateau, lambda i: i.days_in_phase, _phase_limit),
    Rule(_S, "last_session_red", lambda i, p: i.unanswered[-1:] == (Light.RED,), _lights),
    Rule(_S, "two_of_three_slow_to_settle", lambda i, p: _slow(i) >= p.step_back_slow_sessions, _slow,
         lambda i, p: p.step_back_slow_sessions),
    Rule(_S, "weekly_pain_up_2_or_more",
         lambda i, p: _at_least(i.weekly_trend, p.step_back_weekly_rise) and not _rise_is_answered(i),
         lambda i: i.weekly_trend, lambda i, p: p.step_back_weekly_rise),
    Rule(_S, "gap_14_to_27_days", lambda i, p: _long_gap(i, p) and not _gap_is_answered(i), lambda i: i.gap_days,
         lambda i, p: p.step_back_gap_days),
    Rule(_H, "recent_red", _has(Light.RED), _lights),
    Rule(_H, "recent_slow_to_settle", _has(Light.AMBER_RESPONSE), _lights),
    Rule(_H, "recent_pain_4_to_5", _has(Light.AMBER_LOAD), _lights),
    Rule(_H, "morning_rating_missing", _waits_for_morning, _lights),
    Rule(_H, "session_pain_not_said", _waits_for("during", "after", "pre", "stopped"), _lights),
    Rule(_H, "told_too_late", _waits_for("late"), _lights),
    Rule(_H, "weekly_pain_rising", lambda i, p: _at_least(i.weekly_trend, p.hold_weekly_rise), lambda i: i.weekly_trend,
         lambda i, p: p.hold_weekly_rise),
    Rule(_H, "warning_signs_not_answered", lambda i, p: i.red_flag is None, lambda i: i.red_flag,
         lambda i, p: p.warning_answer_days),
    Rule(_H, "place_of_pain_not_said", lambda i, p: i.new_nerve is None or i.groin_pain is None, lambda i: i.groin_pain,
         lambda i, p: p.place_answer_days),
    Rule(_H, "change_not_measured", lambda i, p: _due_unchanged(i, p) and i.improved_mcid is None,
         lambda i: i.improved_mcid, lambda i, p: p.review_unchanged_days),
    Rule(_H, "gap_7_to_13_days", lambda i, p: _gap_between(p.hold_gap_days, p.step_back_gap_days, i.gap_days),
         lambda i: i.gap_days, lambda i, p: p.hold_gap_days),
    Rule(_H, "gap_answered", lambda i, p: _long_gap(i, p) and _gap_is_answered(i), lambda i: i.gap_days,
         lambda i, p: p.step_back_gap_days),
    Rule(_H, "adherence_under_80", lambda i, p: i.adherence is None or i.adherence < p.adherence_percent,
         lambda i: i.adherence, lambda i, p: p.adherence_percent),
    Rule(_H, "effort_above_target_or_missing", _effort_blocks, _efforts, lambda i, p: i.rpe_target_hi),
    Rule(_H, "dose_not_complete", lambda i, p: i.at_top_of_dose is not True, lambda i: i.at_top_of_dose),
    Rule(_H, "too_few_sessions", lambda i, p: i.sessions_at_level < i.min_sessions, lambda i: i.sessions_at_level,
         lambda i, p: i.min_sessions),
    Rule(_H, "too_few_days", lambda i, p: i.days_at_level < i.min_days, lambda i: i.days_at_level,
         lambda i, p: i.min_days),
)  # fmt: skip
SYMPTOM_HOLDS = frozenset({
    "recent_red", "recent_slow_to_settle", "recent_pain_4_to_5", "morning_rating_missing", "session_pain_not_said",
    "told_too_late", "weekly_pain_rising", "warning_signs_not_answered", "place_of_pain_not_said", "change_not_measured",
})  # fmt: skip
