"""The whole answer for one plan on one day: outcome, reasons, moves, criteria, trace. Same evidence and policy, same answer."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from progress.rules.progression.criteria import Criterion, are_met, from_log, from_tests
from progress.rules.progression.decide import (
    CAREFUL_FIRST,
    LOOKED_AT,
    SYMPTOM_HOLDS,
    Compared,
    Decision,
    Inputs,
    Outcome,
    decide,
)
from progress.rules.progression.evidence import Evidence
from progress.rules.progression.lights import Light
from progress.rules.progression.moves import (
    Move,
    exercises_down,
    exercises_up,
    next_phase,
    run_down,
    run_up,
)
from progress.rules.progression.policy import Policy
from progress.rules.progression.reading import Track, inputs_of, seen_sessions, tracks_of

WEEK = timedelta(days=7)
NOT_CALM = (Light.RED, Light.AMBER_LOAD, Light.AMBER_RESPONSE)


@dataclass(frozen=True)
class Traced:
    """The rules of one track, each with what it compared."""

    track: Track
    outcome: Outcome
    rules: tuple[Compared, ...]


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What a clinician is asked. Moves are empty unless the outcome changes the plan."""

    outcome: Outcome
    reasons: tuple[str, ...]
    moves: tuple[Move, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    unknown: tuple[str, ...] = ()
    trace: tuple[Traced, ...] = ()
    pain: int | None = None  # the worst of the sessions behind it, to name to the patient

    @property
    def asks(self) -> bool:
        """Whether a clinician has something to decide; a hold needs no one."""
        return self.outcome is not Outcome.HOLD


def propose(evidence: Evidence, policy: Policy) -> Proposed:
    """Decide each track, then let the most careful answer stand; only one track may move up in a week."""
    tracks = tracks_of(evidence) or (Track.STRENGTH,)
    inputs = {track: inputs_of(evidence, track, policy) for track in tracks}
    decided = {track: _decided(inputs[track], policy) for track in tracks}
    outcome, reasons, moves = _together(evidence, decided, policy)
    return Proposed(
        outcome=outcome,
        reasons=reasons,
        moves=moves,
        criteria=_criteria(evidence, inputs, policy),
        unknown=_unknown(inputs),
        trace=tuple(Traced(track, made.outcome, made.trace) for track, made in decided.items()),
        pain=_pain(evidence, policy),
    )


def _pain(evidence: Evidence, policy: Policy) -> int | None:
    """The worst number of the last sessions that were not green: during, after, or the next morning."""
    mornings = {morning.on: morning.pain for morning in evidence.mornings}
    sore = [
        one.session for one in seen_sessions(evidence, policy)[-LOOKED_AT:] if one.reading.light in NOT_CALM
    ]
    told = [(s.during, s.after, mornings.get(s.on + timedelta(days=1))) for s in sore]
    return max((pain for numbers in told for pain in numbers if pain is not None), default=None)


def _decided(inputs: Inputs, policy: Policy) -> Decision:
    """The step back that would be the second of the month counts as the second: then a clinician looks first."""
    made = decide(inputs, policy)
    if made.outcome is Outcome.STEP_BACK:
        return decide(replace(inputs, stepbacks_28d=inputs.stepbacks_28d + 1), policy)
    return made


_Answer = tuple[Outcome, tuple[str, ...], tuple[Move, ...]]


def _together(evidence: Evidence, decided: dict[Track, Decision], policy: Policy) -> _Answer:
    worst = min((made.outcome for made in decided.values()), key=CAREFUL_FIRST.index)
    if worst in (Outcome.URGENT, Outcome.REVIEW):
        return worst, _reasons(decided, worst), ()
    if worst is Outcome.STEP_BACK:
        return worst, _reasons(decided, worst), _down(evidence, decided, policy)
    holds = _reasons(decided, Outcome.HOLD)
    ready = [track for track, made in decided.items() if made.outcome is Outcome.ADVANCE]
    if not ready or SYMPTOM_HOLDS & set(holds):
        return Outcome.HOLD, holds, ()
    return _up(evidence, ready, policy)


def _reasons(decided: dict[Track, Decision], outcome: Outcome) -> tuple[str, ...]:
    """Each reason once, in the order of the first track that has it."""
    named = (reason for made in decided.values() if made.outcome is outcome for reason in made.reasons)
    return tuple(dict.fromkeys(named))


def _down(evidence: Evidence, decided: dict[Track, Decision], policy: Policy) -> tuple[Move, ...]:
    moves: tuple[Move, ...] = ()
    for track, made in decided.items():
        if made.outcome is Outcome.STEP_BACK and track is Track.RUN:
            moves += run_down(evidence, policy, after_gap="gap_14_to_27_days" in made.reasons)
        elif made.outcome is Outcome.STEP_BACK:
            moves += exercises_down(evidence, policy)
    return moves


def _up(evidence: Evidence, ready: list[Track], policy: Policy) -> _Answer:
    free = [track for track in ready if not _other_moved(evidence, track)]
    if not free:
        return Outcome.HOLD, ("other_step_this_week",), ()
    for track in free:
        moves = _moves_up(evidence, track, policy)
        if moves:
            return Outcome.ADVANCE, ("all_met",), moves
    return Outcome.HOLD, ("no_step_left",), ()


def _other_moved(evidence: Evidence, track: Track) -> bool:
    """Not a strength step and a run stage in the same week."""
    other = evidence.last_dose_step_on if track is Track.RUN else evidence.last_run_step_on
    return _is_this_week(other, evidence.today)


def _is_this_week(on: date | None, today: date) -> bool:
    return on is not None and today - on < WEEK


def _moves_up(evidence: Evidence, track: Track, policy: Policy) -> tuple[Move, ...]:
    if track is Track.RUN:
        return run_up(evidence)
    inputs = inputs_of(evidence, track, policy)
    phase = next_phase(evidence) if are_met(from_log(evidence, inputs, policy)) else ()
    return phase or exercises_up(evidence, policy)


def _criteria(evidence: Evidence, inputs: dict[Track, Inputs], policy: Policy) -> tuple[Criterion, ...]:
    first = next(iter(inputs.values()))
    return (
        *from_log(evidence, inputs.get(Track.STRENGTH, first), policy),
        *from_tests(evidence, policy),
    )


_MAY_BE_UNKNOWN = (
    "adherence", "at_top_of_dose", "weekly_trend", "max_pain_7d", "improved_mcid", "red_flag", "new_nerve", "groin_pain",
    "night_pain_nights_7d", "phase_max_days",
)  # fmt: skip


def _unknown(inputs: dict[Track, Inputs]) -> tuple[str, ...]:
    """What nobody has said, by the name of the input."""
    missing = [name for name in _MAY_BE_UNKNOWN if any(getattr(i, name) is None for i in inputs.values())]
    efforts = any(len(i.rpe_last2) < 2 or None in i.rpe_last2 for i in inputs.values())
    unsaid = {name for i in inputs.values() for name in i.unsaid}
    return (*missing, *(["rpe_last2"] if efforts else []), *sorted(unsaid))
