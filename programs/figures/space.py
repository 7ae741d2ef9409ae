"""Points, directions and turning in space: x is forward, y is up, z is to the drawn person's right. Centimeters and degrees."""

import math
from dataclasses import dataclass

Point = tuple[float, float, float]


class TooFar(ValueError):
    """A hand or foot was put where the limb cannot reach."""


def plus(a: Point, b: Point, times: float = 1.0) -> Point:
    return (a[0] + b[0] * times, a[1] + b[1] * times, a[2] + b[2] * times)


def dot(a: Point, b: Point) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Point, b: Point) -> Point:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def unit(a: Point) -> Point:
    length = math.sqrt(dot(a, a))
    return (a[0] / length, a[1] / length, a[2] / length)


def length(a: Point) -> float:
    return math.sqrt(dot(a, a))


def between(a: Point, b: Point, part: float) -> Point:
    return plus(a, plus(b, a, -1), part)


def swing(a: Point, b: Point, degrees: float) -> tuple[Point, Point]:
    """Turn the two directions in their plane, the first toward the second."""
    sin, cos = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return plus(_times(a, cos), b, sin), plus(_times(b, cos), a, -sin)


def _times(a: Point, number: float) -> Point:
    return (a[0] * number, a[1] * number, a[2] * number)


def angle(y: float, x: float) -> float:
    return math.degrees(math.atan2(y, x))


@dataclass(frozen=True)
class Axes:
    """Which way a part of the body faces: its own forward, up and right."""

    forward: Point = (1, 0, 0)
    up: Point = (0, 1, 0)
    right: Point = (0, 0, 1)

    def pitched(self, degrees: float) -> "Axes":
        """The top goes forward."""
        up, forward = swing(self.up, self.forward, degrees)
        return Axes(forward, up, self.right)

    def rolled(self, degrees: float) -> "Axes":
        """The top goes to the right."""
        up, right = swing(self.up, self.right, degrees)
        return Axes(self.forward, up, right)

    def turned(self, degrees: float) -> "Axes":
        """The front goes to the right."""
        forward, right = swing(self.forward, self.right, degrees)
        return Axes(forward, self.up, right)

    def at(self, origin: Point, local: Point) -> Point:
        """Where a point given in these axes is in the room."""
        point = plus(origin, self.forward, local[0])
        return plus(plus(point, self.up, local[1]), self.right, local[2])

    def local(self, way: Point) -> Point:
        """The other way: a direction in the room as these axes see it."""
        return (dot(way, self.forward), dot(way, self.up), dot(way, self.right))

    def seen_in(self, parent: "Axes") -> "Axes":
        return Axes(parent.local(self.forward), parent.local(self.up), parent.local(self.right))

    def put_in(self, parent: "Axes") -> "Axes":
        nowhere = (0.0, 0.0, 0.0)
        return Axes(*(parent.at(nowhere, one) for one in (self.forward, self.up, self.right)))

    def toward(self, other: "Axes", part: float) -> "Axes":
        """Turned a part of the shortest way to the other axes."""
        own, its = (self.forward, self.up, self.right), (other.forward, other.up, other.right)
        crossed = [cross(a, b) for a, b in zip(own, its, strict=True)]
        axis = plus(plus(crossed[0], crossed[1]), crossed[2])
        cosine = (sum(dot(a, b) for a, b in zip(own, its, strict=True)) - 1) / 2
        degrees = angle(length(axis) / 2, cosine)
        if length(axis) < 1e-9:
            return self if part < 0.5 else other
        return Axes(*(_spun(one, unit(axis), degrees * part) for one in own))


def _spun(a: Point, axis: Point, degrees: float) -> Point:
    """Turned about an axis."""
    sin, cos = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    along = _times(axis, dot(a, axis) * (1 - cos))
    return plus(plus(_times(a, cos), cross(axis, a), sin), along)


def axes_along(down: Point, hint: Point) -> Axes:
    """Axes of a limb that points along `down` and faces `hint` as nearly as it can."""
    up = _times(unit(down), -1)
    forward = unit(plus(hint, up, -dot(hint, up)))
    return Axes(forward, up, cross(forward, up))


def bend_to(start: Point, end: Point, lengths: tuple[float, float], hint: Point) -> tuple[Point, Point]:
    """Where the joint between two bones is when they reach from start to end, and which way it is bent: toward the hint."""
    way = plus(end, start, -1)
    far = math.sqrt(dot(way, way))
    first, second = lengths
    if far > first + second + 0.5:
        raise TooFar(f"{far:.1f} cm to reach with {first + second:.1f} cm")
    far = min(far, first + second)
    along = unit(way)
    aside = unit(plus(hint, along, -dot(hint, along)))
    part = (first**2 - second**2 + far**2) / (2 * far)
    return plus(plus(start, along, part), aside, math.sqrt(max(0.0, first**2 - part**2))), aside


@dataclass(frozen=True)
class Camera:
    """Looks from the person's right; `around` walks to their front (90) or back (-90), `above` climbs."""

    around: float = 0.0
    above: float = 0.0

    def sees(self, point: Point) -> Point:
        """Right and down on the paper, and how near."""
        sin, cos = math.sin(math.radians(self.around)), math.cos(math.radians(self.around))
        near, right = point[0] * sin + point[2] * cos, point[0] * cos - point[2] * sin
        sin, cos = math.sin(math.radians(self.above)), math.cos(math.radians(self.above))
        return (right, near * sin - point[1] * cos, near * cos + point[1] * sin)
