"""The numbers of progression, each with its unit, its source and how far a clinic may turn it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

EDITION = 1  # raised when a rule, not a number, changes its meaning


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Defaults of clinical.md section 4. Pain is 0–10, effort 0–10, days are local days."""

    # 4.3 The light of one session
    strength_pain_green: int = 3
    strength_pain_amber: int = 5
    strength_morning_rise_green: int = 1
    strength_morning_rise_amber: int = 2
    impact_pain_green: int = 2
    impact_pain_amber: int = 3
    impact_after_rise_green: int = 0
    impact_after_rise_amber: int = 2
    impact_morning_rise_green: int = 0
    impact_morning_rise_amber: int = 1
    # 4.4 A clinician looks first
    review_pain: int = 8
    review_reds_in_14_days: int = 3
    review_step_backs_in_28_days: int = 2
    review_gap_days: int = 28
    review_adherence_percent: int = 50
    review_unchanged_days: int = 28
    review_phase_percent: int = 150
    review_night_pain_nights: int = 3
    review_answered_days: int = 14
    # 4.4 Step back
    step_back_slow_sessions: int = 2
    step_back_weekly_rise: float = 2.0
    step_back_gap_days: int = 14
    # 4.4 Hold
    hold_weekly_rise: float = 1.0
    hold_gap_days: int = 7
    adherence_percent: int = 80
    strength_effort_target: int = 7
    run_effort_target: int = 5
    strength_sessions: int = 3
    run_sessions: int = 2
    strength_days: int = 7
    run_days: int = 3
    warning_answer_days: int = 7
    place_answer_days: int = 14
    # 4.2 What counts as better
    improved_points: float = 2.0
    improved_percent: int = 30
    improved_psfs_points: float = 2.0
    improved_groc_points: int = 2
    # 4.4 What a move means
    exercises_at_once: int = 2
    load_step_percent: int = 10
    reps_step: int = 2
    seconds_step: int = 10
    run_stages_down: int = 1
    run_stages_down_after_gap: int = 2
    run_growth_percent: int = 10
    # 3 Criteria between phases
    exit_morning_pain: float = 2.0
    exit_morning_fall: float = 2.0
    exit_side_percent: int = 90

    @property
    def version(self) -> str:
        """The same numbers give the same version, whoever set them."""
        digest = hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()
        return f"{EDITION}-{digest[:10]}"

    def as_mapping(self) -> dict[str, float]:
        return asdict(self)


@dataclass(frozen=True)
class Term:
    """What is known of one number: how far it may be turned, and what it rests on."""

    least: float
    most: float
    basis: str  # evidence, consensus or convention
    sources: tuple[str, ...] = ()


class BadOverride(ValueError):
    """A number that is no number of the policy, is out of its range, or does not go with the others."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems.items()))
        self.problems = dict(problems)


_MODEL = ("S47", "S48", "B1", "B2")
_RUNS = ("S50",)
_NOISE = ("S56", "S58", "S59")
TERMS: Mapping[str, Term] = {
    "strength_pain_green": Term(0, 3, "convention", ("S48", "B1")),
    "strength_pain_amber": Term(0, 5, "evidence", _MODEL),
    "strength_morning_rise_green": Term(0, 1, "convention", _NOISE),
    "strength_morning_rise_amber": Term(0, 2, "convention", _NOISE),
    "impact_pain_green": Term(0, 2, "evidence", _RUNS),
    "impact_pain_amber": Term(0, 3, "evidence", _RUNS),
    "impact_after_rise_green": Term(0, 0, "evidence", _RUNS),
    "impact_after_rise_amber": Term(0, 2, "evidence", _RUNS),
    "impact_morning_rise_green": Term(0, 0, "evidence", _RUNS),
    "impact_morning_rise_amber": Term(0, 1, "evidence", _RUNS),
    "review_pain": Term(6, 8, "convention", ("B15",)),
    "review_reds_in_14_days": Term(1, 3, "convention"),
    "review_step_backs_in_28_days": Term(1, 3, "convention"),
    "review_gap_days": Term(14, 42, "convention"),
    "review_adherence_percent": Term(20, 80, "convention", ("S55",)),
    "review_unchanged_days": Term(14, 56, "convention"),
    "review_phase_percent": Term(100, 200, "convention"),
    "review_night_pain_nights": Term(1, 3, "convention"),
    "review_answered_days": Term(0, 28, "convention"),
    "step_back_slow_sessions": Term(1, 3, "convention"),
    "step_back_weekly_rise": Term(1, 2.5, "convention", ("S56",)),
    "step_back_gap_days": Term(7, 21, "convention"),
    "hold_weekly_rise": Term(0.5, 1.5, "convention", ("S56",)),
    "hold_gap_days": Term(4, 14, "convention"),
    "adherence_percent": Term(60, 100, "convention", ("S55",)),
    "strength_effort_target": Term(4, 8, "convention", ("B5",)),
    "run_effort_target": Term(3, 6, "convention", ("B5",)),
    "strength_sessions": Term(2, 9, "convention"),
    "run_sessions": Term(2, 6, "consensus", ("S51",)),
    "strength_days": Term(4, 28, "convention"),
    "run_days": Term(3, 14, "consensus", ("S51",)),
    "warning_answer_days": Term(1, 7, "convention", ("B15",)),
    "place_answer_days": Term(1, 28, "convention", ("B15",)),
    "improved_points": Term(1, 3, "evidence", ("S56", "S57", "S58")),
    "improved_percent": Term(15, 50, "evidence", ("S56", "S57")),
    "improved_psfs_points": Term(1.3, 3, "evidence", ("S61", "S62")),
    "improved_groc_points": Term(1, 4, "convention", ("S65",)),
    "exercises_at_once": Term(1, 2, "convention", ("S54",)),
    "load_step_percent": Term(2, 10, "evidence", ("S52",)),
    "reps_step": Term(1, 3, "evidence", ("S52",)),
    "seconds_step": Term(5, 15, "convention"),
    "run_stages_down": Term(1, 3, "consensus", ("S51",)),
    "run_stages_down_after_gap": Term(1, 4, "consensus", ("S51",)),
    "run_growth_percent": Term(0, 10, "evidence", ("S25",)),
    "exit_morning_pain": Term(0, 3, "convention"),
    "exit_morning_fall": Term(1, 4, "convention", ("S56",)),
    "exit_side_percent": Term(80, 100, "convention"),
}
_IN_ORDER = (
    ("strength_pain_green", "strength_pain_amber"),
    ("strength_morning_rise_green", "strength_morning_rise_amber"),
    ("impact_pain_green", "impact_pain_amber"),
    ("impact_after_rise_green", "impact_after_rise_amber"),
    ("impact_morning_rise_green", "impact_morning_rise_amber"),
    ("hold_weekly_rise", "step_back_weekly_rise"),
    ("hold_gap_days", "step_back_gap_days"),
    ("step_back_gap_days", "review_gap_days"),
    ("review_adherence_percent", "adherence_percent"),
)
_WHOLE = {field.name for field in fields(Policy) if field.type is int}
DEFAULT = Policy()


def overridden(*layers: Mapping[str, float], base: Policy = DEFAULT) -> Policy:
    """Lay a clinic's numbers over the defaults, then a patient's over those. Raises BadOverride."""
    values: dict[str, float] = {}
    for layer in layers:
        values |= layer
    found = problems(values, base=base)
    if found:
        raise BadOverride(found)
    return replace(base, **{name: _as_kept(name, value) for name, value in values.items()})  # type: ignore[arg-type]


def problems(values: Mapping[str, float], *, base: Policy = DEFAULT) -> dict[str, str]:
    """Say by name what is wrong with these numbers on top of the base; empty means they can be used."""
    found = {name: problem for name, value in values.items() if (problem := _alone(name, value))}
    if found:
        return found
    merged = base.as_mapping() | dict(values)
    wrong = ((low, high) for low, high in _IN_ORDER if merged[low] > merged[high])
    return {_changed_of(pair, values): f"{pair[0]} is above {pair[1]}" for pair in wrong}


def from_mapping(values: Mapping[str, float]) -> Policy:
    """Read a policy as it was stored with a proposal. A number that is not known any more raises BadOverride."""
    unknown = set(values) - set(TERMS)
    if unknown:
        raise BadOverride(dict.fromkeys(sorted(unknown), "is not a number of the policy"))
    return Policy(**{name: _as_kept(name, value) for name, value in values.items()})  # type: ignore[arg-type]


def _as_kept(name: str, value: float) -> float:
    return int(value) if name in _WHOLE else float(value)


def _alone(name: str, value: float) -> str:
    if name not in TERMS:
        return "is not a number of the policy"
    if name in _WHOLE and value != int(value):
        return "must be a whole number"
    term = TERMS[name]
    # Written this way round, NaN is refused too.
    return "" if term.least <= value <= term.most else f"must be from {term.least:g} to {term.most:g}"


def _changed_of(pair: tuple[str, str], values: Mapping[str, float]) -> str:
    return next((name for name in pair if name in values), pair[0])
