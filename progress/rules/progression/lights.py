"""One session becomes a light: green, amber in two kinds, red, or unknown. Unknown is never green. Source: clinical.md 4.3."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from statistics import median

from progress.rules.progression.policy import Policy


class Light(StrEnum):
    GREEN = "green"
    AMBER_LOAD = "amber_load"  # 4–5 while doing it
    AMBER_RESPONSE = "amber_response"  # slow to settle
    RED = "red"
    UNKNOWN = "unknown"


class Profile(StrEnum):
    STRENGTH = "strength"
    IMPACT = "impact"


@dataclass(frozen=True, kw_only=True)
class SessionPain:
    """The pain of one session, 0–10; None means not said.

    during is the worst while doing it, after the worst of the next hour, next_morning the first half hour after waking,
    reference the usual morning to compare with, pre just before an impact session.
    """

    profile: Profile
    during: int | None = None
    after: int | None = None
    next_morning: int | None = None
    reference: float | None = None
    pre: int | None = None
    stopped: bool | None = None


@dataclass(frozen=True)
class Reading:
    """A light, and what would have to be said before an unknown one can be read."""

    light: Light
    unsaid: tuple[str, ...] = ()


class _Cell(IntEnum):
    """Severity of one cell of the table; the worst wins, and of two ambers the slow one."""

    GREEN = 0
    AMBER_LOAD = 1
    AMBER_RESPONSE = 2
    RED = 3


_LIGHTS = {
    _Cell.GREEN: Light.GREEN,
    _Cell.AMBER_LOAD: Light.AMBER_LOAD,
    _Cell.AMBER_RESPONSE: Light.AMBER_RESPONSE,
    _Cell.RED: Light.RED,
}


def light(pain: SessionPain, policy: Policy) -> Light:
    return reading(pain, policy).light


def reading(pain: SessionPain, policy: Policy) -> Reading:
    """Read the session. A red never waits for what is missing; anything else does."""
    cells = dict(_cells(pain, policy))
    known = [cell for cell in cells.values() if cell is not None]
    if pain.stopped or _Cell.RED in known:
        return Reading(Light.RED)
    unsaid = tuple(name for name, cell in cells.items() if cell is None)
    if pain.stopped is None:
        unsaid = (*unsaid, "stopped")
    return Reading(Light.UNKNOWN, unsaid) if unsaid else Reading(_LIGHTS[max(known)])


def reference_for(
    *, same_morning: int | None, mornings_before: Sequence[int], pre: int | None
) -> float | None:
    """What the next morning is compared with: that morning, else the usual one, else how it was before."""
    if same_morning is not None:
        return same_morning
    return median(mornings_before) if mornings_before else pre


def _cells(pain: SessionPain, policy: Policy) -> Iterator[tuple[str, _Cell | None]]:
    green, amber = _pain_limits(pain.profile, policy)
    for name, value in (("during", pain.during), ("after", pain.after)):
        yield name, _cell(value, green, amber, _Cell.AMBER_LOAD)
    if pain.profile is Profile.IMPACT and pain.after != 0:  # nothing after is no rise, whatever was before
        rise = None if pain.after is None or pain.pre is None else pain.after - pain.pre
        yield (
            "pre",
            _cell(rise, policy.impact_after_rise_green, policy.impact_after_rise_amber, _Cell.AMBER_RESPONSE),
        )
    yield "next_morning", _morning(pain, policy)


def _morning(pain: SessionPain, policy: Policy) -> _Cell | None:
    if pain.next_morning is None:
        return None
    if pain.reference is None:  # nothing to compare with: the zones themselves
        return _cell(pain.next_morning, *_pain_limits(pain.profile, policy), _Cell.AMBER_RESPONSE)
    rise = pain.next_morning - pain.reference
    if pain.profile is Profile.IMPACT:
        limits = (policy.impact_morning_rise_green, policy.impact_morning_rise_amber)
    else:
        limits = (policy.strength_morning_rise_green, policy.strength_morning_rise_amber)
    return _cell(rise, *limits, _Cell.AMBER_RESPONSE)


def _pain_limits(profile: Profile, policy: Policy) -> tuple[int, int]:
    if profile is Profile.IMPACT:
        return policy.impact_pain_green, policy.impact_pain_amber
    return policy.strength_pain_green, policy.strength_pain_amber


def _cell(value: float | None, green: float, amber: float, kind: _Cell) -> _Cell | None:
    if value is None:
        return None
    if value <= green:
        return _Cell.GREEN
    return kind if value <= amber else _Cell.RED
