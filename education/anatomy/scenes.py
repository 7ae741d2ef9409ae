"""Drawings as data: reads education/anatomy/data/*.toml into shapes and labels."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from education.anatomy.curves import Line, between_edges
from education.anatomy.parts import DATA
from education.anatomy.paths import Scale

LAYER_NAMES = ("skin", "muscles", "deep", "bones")  # from the outside in
ALONG = (0.05, 0.35, 0.65, 0.95)  # where a fiber is measured


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A closed outline (`points`), a circle (middle and radius), a line, or a sheet of fibers between four edges."""

    look: str
    part: str = ""
    layers: tuple[str, ...] = ()
    points: Line = ()
    circle: tuple[float, ...] = ()
    line: Line = ()
    lines: tuple[Line, ...] = ()
    top: Line = ()
    foot: Line = ()
    back: Line = ()
    front: Line = ()
    fibers: int = 0

    @property
    def edges(self) -> tuple[Line, Line, Line, Line]:
        """All the way around: down the front, along the foot, up the back, along the top."""
        return (self.front, self.foot[::-1], self.back[::-1], self.top)

    def strands(self) -> list[Line]:
        """The fibers of a sheet, evenly spread from its back to its front."""
        places = [(n + 1) / (self.fibers + 1) for n in range(self.fibers)]
        sides = (self.top, self.foot, self.back, self.front)
        return [[between_edges(*sides, across, down) for down in ALONG] for across in places]


@dataclass(frozen=True, kw_only=True)
class Label:
    """Words beside the drawing: on which side, how far down, and the place they point `to`."""

    part: str
    side: str
    at: float
    to: tuple[float, float]
    layers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A number in the drawing, which needs no translation."""

    text: str
    at: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Scene:
    alt: str
    wide: int
    tall: int
    scale: Scale
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...] = ()
    marks: tuple[Mark, ...] = ()

    def parts(self, layer: str = "") -> set[str]:
        """The parts with a label, in one layer or in any."""
        return {label.part for label in self.labels if shown(label, layer)}


def shown(one: Shape | Label, layer: str) -> bool:
    """Whether it belongs to a layer: without a name all do, and what names no layer is in each."""
    return not layer or not one.layers or layer in one.layers


@cache
def scene(name: str) -> Scene:
    said = tomllib.loads((DATA / f"{name}.toml").read_text())
    scale = Scale(*said["origin"], said["scale"])
    shapes = tuple(_made(Shape, shape) for shape in said["shape"])
    labels = tuple(_made(Label, label) for label in said.get("label", ()))
    marks = tuple(_made(Mark, mark) for mark in said.get("mark", ()))
    return Scene(
        alt=said["alt"], wide=said["wide"], tall=said["tall"], scale=scale, shapes=shapes, labels=labels, marks=marks
    )  # fmt: skip


def _made(kind: type, said: Mapping[str, Any]) -> Any:
    unknown = set(said) - {field.name for field in fields(kind)}
    if unknown:
        raise ValueError(f"unknown words {sorted(unknown)}")
    return kind(**{key: _fixed(value) for key, value in said.items()})


def _fixed(value: Any) -> Any:
    return tuple(_fixed(one) for one in value) if isinstance(value, list) else value
