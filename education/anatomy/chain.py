"""How pain at the outer knee may come about: a few drawn steps with honest words."""

import tomllib
from dataclasses import dataclass
from functools import cache

from education.anatomy.drawing import draw
from education.anatomy.parts import DATA
from education.anatomy.scenes import scene


@dataclass(frozen=True, kw_only=True)
class Step:
    number: int
    title: str
    text: str
    confidence: str
    sources: tuple[str, ...]
    svg: str


@dataclass(frozen=True)
class Chain:
    steps: tuple[Step, ...]
    end: str


@cache
def chain() -> Chain:
    said = tomllib.loads((DATA / "chain.toml").read_text())
    steps = tuple(
        Step(
            number=number, title=step["title"], text=step["text"], confidence=step["confidence"],
            sources=tuple(step["sources"]), svg=draw(scene(f"chain-{number}")),
        )
        for number, step in enumerate(said["step"], start=1)
    )  # fmt: skip
    return Chain(steps, said["end"])
