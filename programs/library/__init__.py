"""Exercises, program templates and the walk-run table as files, parsed into frozen dataclasses."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from programs.rules.dose import Dose

FOLDER = Path(__file__).parent
PAIRS = ("sets", "amount", "rest_seconds", "days_per_week", "effort")


class BrokenLibrary(ValueError):
    """A library file cannot be read; the message names the file and the part."""


class Profile(StrEnum):
    """Which pain limits apply. Warm-ups are never progressed by the rules."""

    WARMUP = "warmup"
    STRENGTH = "strength"
    IMPACT = "impact"


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise with its usual dose. `easier` and `harder` are codes; each link is listed at both ends, and who has
    none that way says so: `is_easiest`, `is_hardest` of its line.

    ladder is climbed within the exercise before a harder one is tried · purpose, start, steps and faults are
    for patients, and so is caution · staff_note and evidence are for clinicians · sources are keys of education's sources ·
    dose_text is the dose as first written, kept to compare with.
    """

    code: str
    name: str
    family: str
    profile: Profile
    purpose: str
    muscles: tuple[str, ...]
    kit: tuple[str, ...]
    start: str
    steps: tuple[str, ...]
    faults: tuple[str, ...]
    ladder: tuple[str, ...]
    easier: tuple[str, ...]
    harder: tuple[str, ...]
    is_easiest: bool = False
    is_hardest: bool = False
    caution: str
    staff_note: str = ""
    evidence: str
    sources: tuple[str, ...]
    dose_text: str
    dose: Dose


@dataclass(frozen=True, kw_only=True)
class Item:
    """One exercise in a phase. `changes` are the dose parts set here; `dose` is the whole of it."""

    exercise: str
    text: str
    changes: Mapping[str, Any] = field(hash=False)
    dose: Dose


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A stretch of a program. It has weeks (first, last), or walk-run stages (first, last).

    `advice` is for the patient, `hint` for the clinician. `optional` are codes a clinician may add or swap in, as
    the hint says; they are not part of the phase.
    """

    key: str
    name: str
    advice: str
    hint: str
    weeks: tuple[int, int] | None = None
    stages: tuple[str, str] | None = None
    optional: tuple[str, ...] = ()
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Template:
    """A program to start from, with the codes of the `modules` it goes with.

    `days_per_week` is (low, high) for its main sessions. `basis` says how well it is supported, and is
    shown to staff wherever the template is offered.
    """

    code: str
    name: str
    weeks: tuple[int, int]
    phase_max_days: int
    frequency: str
    days_per_week: tuple[int, int]
    who: str
    entry: tuple[str, ...]
    exit: tuple[str, ...]
    modules: tuple[str, ...]
    basis: str
    sources: tuple[str, ...]
    phases: tuple[Phase, ...]


Part = TypeVar("Part", Exercise, Template)


@dataclass(frozen=True, kw_only=True)
class RunStage:
    """One row of the walk-run table: walk, then run, `repeats` times. Warm-up and cool-down are extra."""

    stage: str
    repeats: int
    walk_minutes: int
    run_minutes: int
    note: str = ""

    @property
    def total_run_minutes(self) -> int:
        return self.repeats * self.run_minutes

    @property
    def total_minutes(self) -> int:
        return self.repeats * (self.walk_minutes + self.run_minutes)


@dataclass(frozen=True, kw_only=True)
class WalkRun:
    """The walk-run stages in order, with the rules for moving between them in plain words."""

    stages: tuple[RunStage, ...]
    rules: tuple[str, ...]
    basis: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Library:
    """Everything the programs room is delivered with."""

    exercises: Mapping[str, Exercise]
    templates: Mapping[str, Template]
    walk_run: WalkRun

    @property
    def cited(self) -> frozenset[str]:
        """The keys of all sources that any part names."""
        lists = [exercise.sources for exercise in self.exercises.values()]
        lists += [template.sources for template in self.templates.values()]
        return frozenset(key for keys in [*lists, self.walk_run.sources] for key in keys)

    def problems(self) -> list[str]:
        """List broken links and unusable doses in plain sentences; empty means fit to load."""
        exercises = (
            problem for exercise in self.exercises.values() for problem in self._exercise_problems(exercise)
        )
        templates = (
            problem for template in self.templates.values() for problem in self._template_problems(template)
        )
        return [*exercises, *templates]

    def _exercise_problems(self, exercise: Exercise) -> Iterator[str]:
        yield from (f"{exercise.code}: {problem}" for problem in exercise.dose.problems())
        for here, there in (("easier", "harder"), ("harder", "easier")):
            for code in getattr(exercise, here):
                other = self.exercises.get(code)
                if other is None:
                    yield f"{exercise.code}: {here} exercise {code} does not exist"
                elif exercise.code not in getattr(other, there):
                    yield f"{exercise.code}: {code} is {here}, but {code} does not list it as {there}"

    def _template_problems(self, template: Template) -> Iterator[str]:
        stages = {stage.stage for stage in self.walk_run.stages}
        for phase in template.phases:
            where = f"{template.code} phase {phase.key}"
            codes = [*(item.exercise for item in phase.items), *phase.optional]
            yield from (
                f"{where}: exercise {code} does not exist" for code in codes if code not in self.exercises
            )
            yield from (
                f"{where}: stage {stage} does not exist"
                for stage in phase.stages or ()
                if stage not in stages
            )
            if (phase.weeks is None) == (phase.stages is None):
                yield f"{where}: needs either weeks or stages"
            for item in phase.items:
                yield from (f"{where}, {item.exercise}: {problem}" for problem in item.dose.problems())


def load_library(folder: Path = FOLDER) -> Library:
    """Read all files of a library folder. Raises BrokenLibrary."""
    exercises = _by_code(load_exercise(path) for path in sorted((folder / "exercises").glob("*.toml")))
    paths = sorted((folder / "templates").glob("*.toml"))
    templates = _by_code(load_template(path, exercises=exercises) for path in paths)
    return Library(exercises=exercises, templates=templates, walk_run=load_walk_run(folder / "walk_run.toml"))


def load_exercise(path: Path) -> Exercise:
    """Read one exercise file. Unknown or missing parts raise BrokenLibrary."""
    with _opened(path) as table:
        usual = Dose.from_mapping(_flat(table.pop("dose")))
        return Exercise(**{**_frozen(table), "profile": Profile(table["profile"]), "dose": usual})


def load_template(path: Path, *, exercises: Mapping[str, Exercise]) -> Template:
    """Read one template file; what an item does not say about its dose comes from the exercise."""
    with _opened(path) as table:
        phases = tuple(_phase(part, exercises) for part in table.pop("phase"))
        return Template(**_frozen(table), phases=phases)


def load_walk_run(path: Path = FOLDER / "walk_run.toml") -> WalkRun:
    """Read the walk-run table."""
    with _opened(path) as table:
        stages = tuple(RunStage(**stage) for stage in table.pop("stage"))
        return WalkRun(**_frozen(table), stages=stages)


@contextmanager
def _opened(path: Path) -> Iterator[dict[str, Any]]:
    """Give the file's table, and say in which file a part is broken."""
    try:
        yield tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise BrokenLibrary(f"{path.name}: {error!r}") from error


def _by_code(parts: Iterable[Part]) -> dict[str, Part]:
    known: dict[str, Part] = {}
    for part in parts:
        if part.code in known:
            raise BrokenLibrary(f"{part.code} is given in two files")
        known[part.code] = part
    return known


def _phase(table: dict[str, Any], exercises: Mapping[str, Exercise]) -> Phase:
    items = tuple(_item(part, exercises) for part in table.pop("item"))
    return Phase(**_frozen(table), items=items)


def _item(table: dict[str, Any], exercises: Mapping[str, Exercise]) -> Item:
    changes = _flat(table.pop("dose"))
    usual = exercises[table["exercise"]].dose.as_mapping()
    return Item(**table, changes=MappingProxyType(changes), dose=Dose.from_mapping({**usual, **changes}))


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    """Turn `sets = [2, 3]` into sets_low and sets_high."""
    flat = {name: value for name, value in table.items() if name not in PAIRS}
    for name in PAIRS:
        if name in table:
            flat[f"{name}_low"], flat[f"{name}_high"] = table[name]
    return flat


def _frozen(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
