"""Criteria between phases: what the log can say, and the named tests that somebody has to see. Source: clinical.md section 3.

None means not known: a test that was not done is neither passed nor not passed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from progress.rules.progression.decide import LOOKED_AT, Inputs, Number
from progress.rules.progression.evidence import Evidence, TestResult
from progress.rules.progression.lights import Light
from progress.rules.progression.policy import Policy
from progress.rules.progression.reading import first_mean, morning_mean


@dataclass(frozen=True, kw_only=True)
class NamedTest:
    """What each side has to manage at most at this pain. `by_side`: a set share of the better side will do too."""

    key: str
    needed: float
    unit: str
    pain_cap: int
    by_side: bool = False


# The exit tests of each program template, by its code.
TESTS: dict[str, tuple[NamedTest, ...]] = {
    "P1": (
        NamedTest(key="walk", needed=20, unit="minutes", pain_cap=2),
        NamedTest(key="stairs", needed=1, unit="flights", pain_cap=2),
    ),
    "P2": (
        NamedTest(key="single_leg_bridge", needed=10, unit="reps", pain_cap=3),
        NamedTest(key="step_up_20_cm", needed=10, unit="reps", pain_cap=3),
        NamedTest(key="side_plank", needed=30, unit="seconds", pain_cap=3),
        NamedTest(key="brisk_walk", needed=30, unit="minutes", pain_cap=2),
    ),
    "P3": (
        NamedTest(key="single_leg_squat", needed=10, unit="reps", pain_cap=2),
        NamedTest(key="step_down_20_cm", needed=15, unit="reps", pain_cap=2),
        NamedTest(key="calf_raise", needed=20, unit="reps", pain_cap=2, by_side=True),
        NamedTest(key="side_plank", needed=45, unit="seconds", pain_cap=3, by_side=True),
        NamedTest(key="pogo", needed=20, unit="reps", pain_cap=2),
    ),
    "P4": (NamedTest(key="hill_run_r12", needed=2, unit="green runs", pain_cap=2),),
}


@dataclass(frozen=True)
class Criterion:
    """One condition: whether it is met, and what was seen beside what is asked."""

    code: str
    is_met: bool | None
    value: Number = None
    limit: Number = None


def side_percent(left: float | None, right: float | None) -> float | None:
    """What the weaker side manages, in percent of the better one."""
    if left is None or right is None or max(left, right) <= 0:
        return None
    return round(100 * min(left, right) / max(left, right), 1)


def passed(test: NamedTest, result: TestResult | None, policy: Policy) -> bool | None:
    """Both sides, at no more than the pain allowed. A result that leaves one of them open is no result."""
    if result is None or result.left is None or result.right is None or result.pain is None:
        return None
    if result.pain > test.pain_cap:
        return False
    if min(result.left, result.right) >= test.needed:
        return True
    share = side_percent(result.left, result.right)
    return test.by_side and share is not None and share >= policy.exit_side_percent


def from_log(evidence: Evidence, inputs: Inputs, policy: Policy) -> tuple[Criterion, ...]:
    """What every phase asks of the log."""
    lights = inputs.recent
    known = len(lights) == LOOKED_AT and Light.UNKNOWN not in lights
    is_green = all(light is Light.GREEN for light in lights)
    enough = None if inputs.adherence is None else inputs.adherence >= policy.adherence_percent
    return (
        Criterion("adherence", enough, inputs.adherence, policy.adherence_percent),
        Criterion("last_three_green", is_green if known else None, " ".join(lights)),
        _morning(evidence, policy),
    )


def from_tests(evidence: Evidence, policy: Policy) -> tuple[Criterion, ...]:
    newest = {result.test: result for result in evidence.tests}
    return tuple(
        Criterion(test.key, passed(test, newest.get(test.key), policy), limit=test.needed)
        for test in TESTS.get(evidence.program, ())
    )


def are_met(criteria: Iterable[Criterion]) -> bool:
    """Not known is not met."""
    return all(criterion.is_met is True for criterion in criteria)


def _morning(evidence: Evidence, policy: Policy) -> Criterion:
    """Low, or well down from the first week, and in either case not rising."""
    now, start = morning_mean(evidence, evidence.today), first_mean(evidence)
    before = morning_mean(evidence, evidence.today - timedelta(days=7))
    if now is None or before is None:
        return Criterion("morning_pain", None, now, policy.exit_morning_pain)
    is_low = now <= policy.exit_morning_pain or (
        start is not None and start - now >= policy.exit_morning_fall
    )
    return Criterion("morning_pain", is_low and now <= before, round(now, 2), policy.exit_morning_pain)
