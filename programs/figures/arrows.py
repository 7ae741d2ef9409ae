"""Arrows that say which way a joint goes."""

from collections.abc import Iterator
from dataclasses import dataclass

from programs.figures.body import Body
from programs.figures.poses import Arrow, Figure
from programs.figures.shapes import Circle
from programs.figures.space import Camera

Spot = tuple[float, float]
TIP = (10, 7)  # length and half width of the head, in units of the drawing


@dataclass(frozen=True)
class DrawnArrow:
    svg: str
    circles: list[Circle]  # what room it takes


def arrows_of(figure: Figure, number: int, scale: float) -> Iterator[DrawnArrow]:
    for arrow in figure.frames[number].arrows:
        start, end = ((x * scale, y * scale) for x, y in _ends(figure, number, arrow))
        middle = (
            (start[0] + end[0]) / 2 - (end[1] - start[1]) * arrow.bend,
            (start[1] + end[1]) / 2 + (end[0] - start[0]) * arrow.bend,
        )
        one, other = _tips(middle, end)
        path = f"M{_at(start)}Q{_at(middle)} {_at(end)}M{_at(one)}L{_at(end)} {_at(other)}"
        yield DrawnArrow(
            f'<path class="fig-arrow" d="{path}"/>', [(*spot, 3.0) for spot in (start, end, middle)]
        )


def _ends(figure: Figure, number: int, arrow: Arrow) -> tuple[Spot, Spot]:
    """Along the joint's way since the frame before, moved aside; or across its place, as the file says."""
    bodies = [figure.frames[n].body for n in (max(0, number - 1), number)]
    seen = [_seen(figure.camera, body, arrow.of) for body in bodies]
    start, end = [(x + arrow.aside[0], y - arrow.aside[1]) for x, y in seen]
    if arrow.way is None:
        return start, end
    start = (end[0] - arrow.way[0] / 2, end[1] + arrow.way[1] / 2)
    return start, (start[0] + arrow.way[0], start[1] - arrow.way[1])


def _seen(camera: Camera, body: Body, joint: str) -> Spot:
    x, y, _ = camera.sees(body.joints[joint])
    return x, y


def _tips(middle: Spot, end: Spot) -> tuple[Spot, Spot]:
    dx, dy = end[0] - middle[0], end[1] - middle[1]
    far = max(1.0, (dx * dx + dy * dy) ** 0.5)
    back = (end[0] - TIP[0] * dx / far, end[1] - TIP[0] * dy / far)
    across = (TIP[1] * dy / far, TIP[1] * dx / far)
    return (back[0] + across[0], back[1] - across[1]), (back[0] - across[0], back[1] + across[1])


def _at(spot: Spot) -> str:
    return f"{spot[0]:.0f} {spot[1]:.0f}"
