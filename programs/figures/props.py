"""Things around a person: each is one or a few parts, or hangs on the body."""

from collections.abc import Iterator, Mapping
from typing import Any

from programs.figures.body import SIDES, Body
from programs.figures.parts import Part
from programs.figures.space import Camera, Point, between, cross, plus, unit

Prop = Mapping[str, Any]
BEHIND = -200.0  # painted before everything that lives
FRONT = 200.0
LOOKS = {"fig-kit", "fig-loop", "fig-mat", "fig-pad", "fig-rod"}  # a name that goes into the drawing as it is


def things(props: list[Prop], body: Body, camera: Camera) -> Iterator[Part]:
    for prop in props:
        near = FRONT if prop.get("in_front") else BEHIND
        yield from MAKERS[prop["kind"]](prop, body, camera, near)


def _box(prop: Prop, body: Body, camera: Camera, near: float) -> Iterator[Part]:
    """A step, seat or bench from two opposite corners."""
    (x1, y1, z1), (x2, y2, z2) = prop["from"], prop["to"]
    yield Part("fig-kit", tuple(((x, y, z), 0.7) for x in (x1, x2) for y in (y1, y2) for z in (z1, z2)), near)
    if camera.above:
        top = max(y1, y2)
        yield Part("fig-top", tuple(((x, top, z), 0.7) for x in (x1, x2) for z in (z1, z2)), near + 1)


def _chair(prop: Prop, body: Body, camera: Camera, near: float) -> Iterator[Part]:
    """`x` is the front edge of the seat, `back` the way from there to the back rest."""
    x, top, way = prop["x"], prop["height"], prop.get("back", -1)
    rear = x + way * 40
    for edge, height in ((x + way * 2, top - 3), (rear, top + 42)):
        yield Part("fig-kit", (((edge, 1.5, 17), 1.3), ((edge, height, 17), 1.3)), near)
    yield Part("fig-kit", (((x + way * 2, 1.5, -17), 1.3), ((x + way * 2, top, -17), 1.3)), near)
    yield Part("fig-kit", tuple(((rear, top + y, z), 1.3) for y in (24, 42) for z in (-17, 17)), near)
    yield Part("fig-kit", tuple(((e, top - 2, z), 2) for e in (x, rear) for z in (-17, 17)), near)


def _mat(prop: Prop, body: Body, camera: Camera, near: float) -> Iterator[Part]:
    x1, x2 = prop["from"], prop["to"]
    z1, z2 = prop.get("sides", (-30, 30))
    corners = [(x, -1.2, z) for x in (x1, x2) for z in (z1, z2)]
    yield Part("fig-mat", tuple((corner, 1.2) for corner in corners), near - 1)


def _rod(prop: Prop, body: Body, camera: Camera, near: float) -> Iterator[Part]:
    """A roller, pole, ball or cushion between two points."""
    look = prop.get("look", "fig-kit")
    yield Part(look, tuple((tuple(end), prop["radius"]) for end in (prop["from"], prop["to"])), near)


def _stick(prop: Prop, body: Body, camera: Camera, near: float) -> Iterator[Part]:
    """Along the back, from the sacrum to behind the head."""
    low = body.axes["pelvis"].at(body.joints["pelvis"], (-11.5, -8, 0))
    high = body.axes["chest"].at(body.joints["neck"], (-11.5, 22, 0))
    yield Part("fig-rod", ((low, 1.3), (high, 1.3)), FRONT)


def _dumbbell(prop: Prop, body: Body, camera: Camera, near: float) -> Iterator[Part]:
    """In a hand; `along` is the way of its handle."""
    hand = plus(body.joints[f"{prop['hand']}_hand"], (0, -1, 0))
    yield from _weight(hand, unit(tuple(prop.get("along", (1, 0, 0)))), 9, 5)


def _bar(prop: Prop, body: Body, camera: Camera, near: float) -> Iterator[Part]:
    """Across the front of the hips."""
    hips = between(body.joints["right_hip"], body.joints["left_hip"], 0.5)
    middle = body.axes["pelvis"].at(hips, (14, 3, 0))
    yield from _weight(middle, body.axes["pelvis"].right, 38, 9)


def _weight(middle: Point, along: Point, half: float, radius: float) -> Iterator[Part]:
    ends = [plus(middle, along, sign * half) for sign in (-1, 1)]
    yield Part("fig-rod", tuple((end, 1.4) for end in ends), 7)
    for end, sign in zip(ends, (-1, 1), strict=True):
        yield Part("fig-rod", ((end, radius), (plus(end, along, -2.5 * sign), radius)), 8)


def _loop(prop: Prop, body: Body, camera: Camera, near: float) -> Iterator[Part]:
    """A band around both legs: on the thigh or the shin, that part of the way down."""
    top, low, radius = ("knee", "ankle", 4.4) if prop["on"] == "shin" else ("hip", "knee", 6.6)
    edges: list[Point] = []
    eye = _toward_eye(camera)
    for side in SIDES:
        start, end = body.joints[f"{side}_{top}"], body.joints[f"{side}_{low}"]
        across = unit(cross(plus(end, start, -1), eye))
        middle = between(start, end, prop.get("part", 0.8))
        edges += [plus(middle, across, sign * (radius - 0.8)) for sign in (-1, 1)]
    yield Part("fig-loop", tuple((edge, 1.6) for edge in edges), FRONT - 2)


def _toward_eye(camera: Camera) -> Point:
    near = [camera.sees(axis)[2] for axis in ((1, 0, 0), (0, 1, 0), (0, 0, 1))]
    return (near[0], near[1], near[2])


MAKERS = {
    "box": _box, "chair": _chair, "mat": _mat, "rod": _rod, "stick": _stick, "dumbbell": _dumbbell, "bar": _bar,
    "band": _loop,
}  # fmt: skip
