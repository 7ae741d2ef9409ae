"""An exercise's own ladder, read from its written steps: where a dose stands on it, and the step up or down from there.

One variable goes up at a time, in the order reps, sets, then load or the next written step, then the harder exercise
(clinical.md 4.4). A step down never raises anything.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from programs.rules.dose import Dose, Unit
from progress.rules.progression.policy import Policy


class Variable(StrEnum):
    """What a step changes."""

    AMOUNT = "amount"
    SETS = "sets"
    LOAD = "load"
    LADDER = "ladder"  # the next written step: a band, a height, a hand less
    EXERCISE = "exercise"  # along an edge to a harder or easier one
    STAGE = "stage"
    PHASE = "phase"


@dataclass(frozen=True, kw_only=True)
class Step:
    variable: Variable
    dose: Dose


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One written step. It starts at one volume and is climbed at another; load_kg 0 is body weight."""

    words: str
    load_kg: float
    start: tuple[int, int]  # sets, amount
    top: tuple[int, int]
    grows: bool = False  # the load goes on in small steps here


_VOLUME = re.compile(r"(\d+) × (\d+)")
_KG = re.compile(r"\+?(\d+(?:\.\d+)?)(?:–\d+(?:\.\d+)?)? kg")
_AMOUNTS = {Unit.SECONDS: re.compile(r"(\d+) s\b"), Unit.REPS: re.compile(r"(\d+) hops")}
_PERCENT = re.compile(r"\+?\d+(?:–\d+)? %")
_FIRST_WORDS = ("body weight", "two legs", "no band")  # said of a dose without load or band


def rungs(ladder: Sequence[str], usual: Dose) -> tuple[Rung, ...]:
    """Read the written steps. One that names no volume has that of the usual dose."""
    found: list[Rung] = []
    for text in ladder:
        rung = _rung(text, usual)
        if found and rung.grows and not rung.load_kg:  # "+2–10 %" goes on from the load before it
            found[-1] = replace(found[-1], grows=True)
        else:
            found.append(rung)
    return tuple(found)


def step_up(dose: Dose, *, ladder: Sequence[str], usual: Dose, policy: Policy) -> Step | None:
    """The next step on the ladder; None at its top, where only a harder exercise is left."""
    steps = rungs(ladder, usual)
    place = _place(dose, steps)
    here = steps[place] if place is not None else None
    top = here.top if here else (usual.sets_high, usual.amount_high)
    if grown := _towards(dose, top, policy):
        return grown
    following = steps[place + 1 :] if place is not None else steps
    if here and here.grows and (loaded := _heavier(dose, policy)):
        return loaded
    return _onto(dose, following[0], policy) if following else None


def step_down(dose: Dose, *, ladder: Sequence[str], usual: Dose, policy: Policy) -> Step | None:
    """The previous step; None on the first one, where only an easier exercise is left."""
    steps = rungs(ladder, usual)
    place = _place(dose, steps)
    if place is None:
        return None
    here = steps[place]
    if here.grows and (lighter := _lighter(dose, least=here.load_kg, policy=policy)):
        return lighter
    if _volume(dose) != here.start and _fits(here.start, _volume(dose)):
        return Step(variable=_less(dose, here.start), dose=_with_volume(dose, *here.start))
    return _back_onto(dose, steps[place - 1], here) if place else None


def fewer(dose: Dose) -> Step | None:
    """The way down where neither ladder nor easier exercise is left: a set less, then fewer of them."""
    sets, amount = _volume(dose)
    if sets > 1:
        return Step(variable=Variable.SETS, dose=_with_volume(dose, sets - 1, amount))
    less = amount * 3 // 4
    return Step(variable=Variable.AMOUNT, dose=_with_volume(dose, sets, less)) if less else None


def gentlest(usual: Dose, ladder: Sequence[str]) -> Dose:
    """How to start an exercise that is new to somebody: its first step, at the low end."""
    first = next(iter(rungs(ladder, usual)), None)
    start = first.start if first else (usual.sets_low, usual.amount_low)
    return _with_volume(usual, *start)


def _rung(text: str, usual: Dose) -> Rung:
    volume, weight = _VOLUME.search(text), _KG.search(text)
    low, high = (usual.sets_low, usual.amount_low), (usual.sets_high, usual.amount_high)
    if volume:
        low = high = (int(volume[1]), int(volume[2]))
    elif usual.unit in _AMOUNTS and (amount := _AMOUNTS[usual.unit].search(text)):
        low, high = (usual.sets_low, int(amount[1])), (usual.sets_high, int(amount[1]))
        volume = amount
    return Rung(
        words=_words(text, taken=[found[0] for found in (volume, weight) if found]),
        load_kg=float(weight[1]) if weight else 0,
        start=low,
        top=high,
        grows=text.startswith("+") and bool(_PERCENT.search(text)),
    )


def _words(text: str, *, taken: Sequence[str]) -> str:
    """What is left of a step beside its numbers; a weight says it all, so words about it are dropped."""
    if any("kg" in part for part in taken) or (text.startswith("+") and _PERCENT.search(text)):
        return ""
    for part in taken:
        text = text.replace(part, "").removeprefix("Hold")
    words = re.sub(r"\bat effort \d+\b", "", text).strip(" ,;")
    return "" if words.lower() in _FIRST_WORDS else words


def _place(dose: Dose, steps: Sequence[Rung]) -> int | None:
    """The highest step this dose has reached: same words and load, and at least its starting volume."""
    said = f"{dose.load_note} {dose.note}".lower()
    for words in _FIRST_WORDS:
        said = said.replace(words, "")
    load = dose.load_kg or 0
    named = [place for place, rung in enumerate(steps) if rung.words and rung.words.lower() in said]
    alike = [place for place, rung in enumerate(steps) if _is_alike(rung, load=load)]
    if named:
        words = steps[max(named)].words
        loaded = [place for place in alike if steps[place].load_kg]
        alike = [place for place in named if steps[place].words == words] + loaded
    elif steps and steps[0].words and not load:
        alike = [0]  # a ladder of words of which none is named: its first step is the careful guess
    reached = [place for place in alike if _fits(steps[place].start, _volume(dose))]
    return max(reached) if reached else min(alike, default=None)


def _is_alike(rung: Rung, *, load: float) -> bool:
    return not rung.words and (rung.load_kg > 0) == (load > 0) and rung.load_kg <= load


def _volume(dose: Dose) -> tuple[int, int]:
    return dose.sets_high, dose.amount_high


def _fits(low: tuple[int, int], high: tuple[int, int]) -> bool:
    return low[0] <= high[0] and low[1] <= high[1]


def _with_volume(dose: Dose, sets: int, amount: int) -> Dose:
    return replace(dose, sets_low=sets, sets_high=sets, amount_low=amount, amount_high=amount)


def _towards(dose: Dose, goal: tuple[int, int], policy: Policy) -> Step | None:
    """More of each set up to the goal, then another set."""
    if dose.amount_high < goal[1]:
        by = policy.seconds_step if dose.unit is Unit.SECONDS else policy.reps_step
        more = min(dose.amount_high + by, goal[1])
        return Step(
            variable=Variable.AMOUNT, dose=replace(dose, amount_low=dose.amount_high, amount_high=more)
        )
    if dose.sets_high < goal[0]:
        more = dose.sets_high + 1
        return Step(variable=Variable.SETS, dose=replace(dose, sets_low=more, sets_high=more))
    return None


def _heavier(dose: Dose, policy: Policy) -> Step | None:
    """The next half kilogram within the step allowed; a light weight may have none."""
    if not dose.load_kg:
        return None
    load = _half_kilograms(dose.load_kg * (100 + policy.load_step_percent) / 100)
    if load <= dose.load_kg:
        return None
    return Step(variable=Variable.LOAD, dose=replace(dose, load_kg=load, amount_high=dose.amount_low))


def _lighter(dose: Dose, *, least: float, policy: Policy) -> Step | None:
    if not dose.load_kg or dose.load_kg <= least:
        return None
    load = max(least, _half_kilograms(dose.load_kg * (100 - policy.load_step_percent) / 100))
    return Step(variable=Variable.LOAD, dose=replace(dose, load_kg=load))


def _half_kilograms(load: float) -> float:
    return int(load * 2 + 1e-9) / 2


def _onto(dose: Dose, rung: Rung, policy: Policy) -> Step | None:
    """Onto the next step: first up to its volume, then its load or words, at its own start."""
    if grown := _towards(dose, rung.start, policy):
        return grown
    sets, amount = min(dose.sets_high, rung.start[0]), min(dose.amount_high, rung.start[1])
    if rung.load_kg > (dose.load_kg or 0):
        return Step(
            variable=Variable.LOAD, dose=replace(_with_volume(dose, sets, amount), load_kg=rung.load_kg)
        )
    if not rung.words:
        return None
    words = (
        f"{dose.load_note}, {rung.words.lower()}" if dose.load_note and "eight" in rung.words else rung.words
    )
    return Step(variable=Variable.LADDER, dose=replace(_with_volume(dose, sets, amount), load_note=words))


def _back_onto(dose: Dose, rung: Rung, here: Rung) -> Step | None:
    """Back to the step before, with no more sets and no more of each than now."""
    sets, amount = min(dose.sets_high, rung.top[0]), min(dose.amount_high, rung.top[1])
    less = _with_volume(dose, sets, amount)
    if here.load_kg > rung.load_kg:
        return Step(variable=Variable.LOAD, dose=replace(less, load_kg=rung.load_kg or None))
    if here.words != rung.words:
        return Step(variable=Variable.LADDER, dose=replace(less, load_note=rung.words))
    if (sets, amount) == _volume(dose):
        return fewer(dose)
    return Step(variable=_less(dose, (sets, amount)), dose=less)


def _less(dose: Dose, volume: tuple[int, int]) -> Variable:
    return Variable.SETS if volume[0] < dose.sets_high else Variable.AMOUNT
