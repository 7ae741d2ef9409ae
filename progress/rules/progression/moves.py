"""What a move means for each exercise: one step of one variable up, or the previous step down. Source: clinical.md 4.4."""

from collections.abc import Iterator
from dataclasses import dataclass

from programs.rules.dose import Dose
from progress.rules.progression.evidence import Edge, Evidence, Prescribed
from progress.rules.progression.ladder import Step, Variable, fewer, gentlest, step_down, step_up
from progress.rules.progression.lights import Profile
from progress.rules.progression.policy import Policy
from progress.rules.progression.reading import last_entry
from progress.rules.progression.runs import at_stage, next_stage, stage_back, stage_of


@dataclass(frozen=True, kw_only=True)
class Move:
    """One change of the plan. An exercise changes its dose, or gives its place to another; or the phase changes."""

    variable: Variable
    item: str = ""
    code: str = ""
    name: str = ""
    before: Dose | None = None
    after: Dose | None = None
    to_code: str = ""
    to_name: str = ""
    to_version: str = ""
    to_phase: int | None = None


def exercises_up(evidence: Evidence, policy: Policy) -> tuple[Move, ...]:
    """A step for those that were done whole and without more than green pain, at most two of them."""
    ready = (exercise for exercise in _exercises(evidence) if _is_ready(evidence, exercise, policy))
    moves = (_up(evidence, exercise, policy) for exercise in ready)
    return tuple(move for move in moves if move)[: policy.exercises_at_once]


def exercises_down(evidence: Evidence, policy: Policy) -> tuple[Move, ...]:
    """The ones that hurt, if the patient said which; else all."""
    exercises = list(_exercises(evidence))
    sore = [exercise for exercise in exercises if _hurt(evidence, exercise, policy)]
    moves = (_down(evidence, exercise, policy) for exercise in sore or exercises)
    return tuple(move for move in moves if move)


def run_up(evidence: Evidence) -> tuple[Move, ...]:
    return tuple(_to_stage(evidence, up=True, after_gap=False, policy=None))


def run_down(evidence: Evidence, policy: Policy, *, after_gap: bool) -> tuple[Move, ...]:
    return tuple(_to_stage(evidence, up=False, after_gap=after_gap, policy=policy))


def next_phase(evidence: Evidence) -> tuple[Move, ...]:
    """On to the following phase, once this one has had its planned days."""
    here = next((phase for phase in evidence.phases if phase.position == evidence.phase_position), None)
    following = next(
        (phase for phase in evidence.phases if phase.position == evidence.phase_position + 1), None
    )
    days = (evidence.today - evidence.phase_since).days
    if here is None or following is None or here.planned_days is None or days < here.planned_days:
        return ()
    return (
        Move(
            variable=Variable.PHASE, name=here.name, to_name=following.name, to_phase=following.position
        ),
    )  # fmt: skip


def _exercises(evidence: Evidence) -> Iterator[Prescribed]:
    return (exercise for exercise in evidence.exercises if exercise.has_steps and not exercise.is_run)


def _is_ready(evidence: Evidence, exercise: Prescribed, policy: Policy) -> bool:
    entry = last_entry(evidence, exercise)
    return entry is not None and entry.is_whole is True and not _hurt(evidence, exercise, policy)


def _hurt(evidence: Evidence, exercise: Prescribed, policy: Policy) -> bool:
    entry = last_entry(evidence, exercise)
    is_impact = exercise.profile == Profile.IMPACT
    green = policy.impact_pain_green if is_impact else policy.strength_pain_green
    return entry is not None and entry.pain is not None and entry.pain > green


def _up(evidence: Evidence, exercise: Prescribed, policy: Policy) -> Move | None:
    step = step_up(exercise.dose, ladder=exercise.ladder, usual=exercise.usual, policy=policy)
    if step:
        return _dosed(exercise, step)
    # Impact work starts with a clinician, never with a proposal (clinical.md 6.2).
    given = {other.code for other in evidence.exercises}
    edges = (edge for edge in exercise.harder if edge.code not in given and edge.profile == Profile.STRENGTH)
    edge = next(edges, None)
    return _along(exercise, edge) if edge else None


def _down(evidence: Evidence, exercise: Prescribed, policy: Policy) -> Move | None:
    step = step_down(exercise.dose, ladder=exercise.ladder, usual=exercise.usual, policy=policy)
    if step:
        return _dosed(exercise, step)
    given = {other.code for other in evidence.exercises}
    edge = next((edge for edge in exercise.easier if edge.code not in given), None)
    if edge:
        return _along(exercise, edge)
    less = fewer(exercise.dose)
    return _dosed(exercise, less) if less else None


def _dosed(exercise: Prescribed, step: Step) -> Move:
    return Move(
        variable=step.variable, item=exercise.item, code=exercise.code, name=exercise.name, before=exercise.dose,
        after=step.dose,
    )  # fmt: skip


def _along(exercise: Prescribed, edge: Edge) -> Move:
    return Move(
        variable=Variable.EXERCISE, item=exercise.item, code=exercise.code, name=exercise.name, before=exercise.dose,
        after=gentlest(edge.usual, edge.ladder), to_code=edge.code, to_name=edge.name, to_version=edge.version,
    )  # fmt: skip


def _to_stage(evidence: Evidence, *, up: bool, after_gap: bool, policy: Policy | None) -> Iterator[Move]:
    for exercise in (one for one in evidence.exercises if one.is_run):
        now = stage_of(exercise.dose, evidence.stages)
        if now is None:
            continue
        if up:
            goal = next_stage(now, evidence.stages)
        else:
            goal = stage_back(now, evidence.stages, after_gap=after_gap, policy=policy or Policy())
        if goal is not None and goal != now:
            yield _dosed(exercise, Step(variable=Variable.STAGE, dose=at_stage(exercise.dose, goal)))
