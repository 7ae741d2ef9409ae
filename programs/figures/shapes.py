"""One shape draws everything: the outline around a few circles, as a rubber band would lie around them."""

import math
from collections.abc import Sequence

Circle = tuple[float, float, float]  # right, down, radius
Spot = tuple[int, int]
STEPS = 180
ROUND = 4  # shorter arcs are drawn straight


def outline(circles: Sequence[Circle]) -> str:
    """SVG path data of the band around the circles, in whole steps from point to point, which takes the fewest bytes."""
    runs = _touched(circles)
    if len(runs) == 1:
        x, y, r = (round(number) for number in circles[runs[0][0]])
        return f"M{x - r} {y}a{r} {r} 0 1 1 {2 * r} 0a{r} {r} 0 1 1-{2 * r} 0z"
    here = _on(circles[runs[0][0]], runs[0][1])
    path = f"M{_pair(here)}"
    for index, start, end in runs:
        path += _step("l", here, first := _on(circles[index], start))
        here = _on(circles[index], end)
        radius, large = round(circles[index][2]), int(end - start > STEPS / 2)
        is_corner = abs(here[0] - first[0]) + abs(here[1] - first[1]) < ROUND
        path += _step("l" if is_corner else f"a{radius} {radius} 0 {large} 1", first, here)
    return path + "z"


def _step(command: str, start: Spot, end: Spot) -> str:
    """Nothing for no way at all."""
    way = (end[0] - start[0], end[1] - start[1])
    return command + _pair(way, after=command[-1]) if way != (0, 0) else ""


def _pair(spot: Spot, *, after: str = "M") -> str:
    """Numbers need no space before a minus, nor after a letter."""
    gap = "" if after.isalpha() or spot[0] < 0 else " "
    return f"{gap}{spot[0]}{'' if spot[1] < 0 else ' '}{spot[1]}"


def _touched(circles: Sequence[Circle]) -> list[tuple[int, int, int]]:
    """Which circle the band touches, from which to which direction, all the way around."""
    best = [_farthest(circles, step) for step in range(STEPS)]
    starts = [step for step in range(STEPS) if best[step] != best[step - 1]]
    if not starts:
        return [(best[0], 0, STEPS)]
    ends = [*starts[1:], starts[0] + STEPS]
    return [(best[start], start, end) for start, end in zip(starts, ends, strict=True)]


def _farthest(circles: Sequence[Circle], step: int) -> int:
    x, y = _direction(step)
    return max(range(len(circles)), key=lambda i: circles[i][0] * x + circles[i][1] * y + circles[i][2])


def _on(circle: Circle, step: int) -> Spot:
    x, y = _direction(step)
    return round(circle[0] + circle[2] * x), round(circle[1] + circle[2] * y)


def _direction(step: int) -> tuple[float, float]:
    turn = 2 * math.pi * step / STEPS
    return math.cos(turn), math.sin(turn)
