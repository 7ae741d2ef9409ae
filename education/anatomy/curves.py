"""Smooth lines through points, and a sheet of fibers between four edges. Points are right and down, in centimeters."""

from collections.abc import Sequence

Spot = tuple[float, float]
Line = Sequence[Spot]


def smooth(points: Line, *, closed: bool = False) -> list[tuple[Spot, Spot, Spot]]:
    """Cubic steps (two handles and an end) along a line through all the points, which bends at none of them."""
    count = len(points)
    steps = []
    for n in range(count if closed else count - 1):
        before, start, end, after = (_at(points, n + k, closed) for k in (-1, 0, 1, 2))
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        steps.append((first, second, end))
    return steps


def along(points: Line, part: float) -> Spot:
    """The place a part of the way (0 to 1) along a smooth line, each step counted as equally long."""
    place = part * (len(points) - 1)
    n = min(int(place), len(points) - 2)
    first, second, end = smooth(points)[n]
    t = place - n
    weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    corners = (points[n], first, second, end)
    return (
        sum(w * c[0] for w, c in zip(weights, corners, strict=True)),
        sum(w * c[1] for w, c in zip(weights, corners, strict=True)),
    )


def between_edges(top: Line, foot: Line, back: Line, front: Line, across: float, down: float) -> Spot:
    """A place in a sheet whose top and foot run from back to front, and whose back and front run down."""
    low, high, left, right = along(foot, across), along(top, across), along(back, down), along(front, down)
    corners = (
        ((1 - across) * (1 - down), top[0]), (across * (1 - down), top[-1]),
        ((1 - across) * down, foot[0]), (across * down, foot[-1]),
    )  # fmt: skip
    x, y = (
        (1 - down) * high[k] + down * low[k] + (1 - across) * left[k] + across * right[k]
        - sum(weight * corner[k] for weight, corner in corners)
        for k in (0, 1)
    )  # fmt: skip
    return (x, y)


def _at(points: Line, n: int, closed: bool) -> Spot:
    return points[n % len(points)] if closed else points[max(0, min(n, len(points) - 1))]
