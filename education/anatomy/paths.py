"""Smooth lines as SVG path data in whole units, step by step, which takes the fewest bytes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from education.anatomy.curves import Line, Spot, smooth


@dataclass(frozen=True)
class Scale:
    """From centimeters to units of the drawing: where the origin lies, and how many units make a centimeter."""

    x: float
    y: float
    units: float

    def at(self, spot: Spot) -> tuple[int, int]:
        return round(self.x + spot[0] * self.units), round(self.y + spot[1] * self.units)


def closed(points: Line, scale: Scale) -> str:
    """The outline through all points."""
    return _through(points[0], smooth(points, closed=True), scale) + "z"


def around(edges: Sequence[Line], scale: Scale) -> str:
    """The outline along several smooth edges, with a corner where two meet."""
    steps = [step for edge in edges for step in smooth(edge)]
    return _through(edges[0][0], steps, scale) + "z"


def opened(points: Line, scale: Scale) -> str:
    return _through(points[0], smooth(points), scale)


def _through(start: Spot, steps: Iterable[tuple[Spot, Spot, Spot]], scale: Scale) -> str:
    here = scale.at(start)
    path = f"M{here[0]} {here[1]}c"
    numbers: list[int] = []
    for step in steps:
        for spot in step:
            x, y = scale.at(spot)
            numbers += [x - here[0], y - here[1]]
        here = scale.at(step[-1])
    return path + _packed(numbers)


def _packed(numbers: Iterable[int]) -> str:
    """Numbers need no space before a minus."""
    return "".join(f" {n}" if n >= 0 else str(n) for n in numbers).strip()
