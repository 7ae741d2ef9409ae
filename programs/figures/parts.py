"""A body as shapes to paint: what each looks like, and how near it is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from programs.figures.body import SIDES, SIGN, Body, Side
from programs.figures.muscles import circles_of
from programs.figures.space import Camera, Point, between, plus

Ball = tuple[Point, float]
HEM = 22.0
AS_FAR = 6.0  # from here on the other side counts as the far one


@dataclass(frozen=True)
class Part:
    """Painted as the outline around balls; the nearer covers the farther."""

    look: str
    balls: tuple[Ball, ...]
    nearer: float = 0.0

    def nearness(self, camera: Camera) -> float:
        return sum(camera.sees(point)[2] for point, _ in self.balls) / len(self.balls) + self.nearer


def parts_of(body: Body, camera: Camera) -> Iterator[Part]:
    yield from _trunk(body)
    yield from _head(body)
    for side in SIDES:
        yield from _leg(body, camera, side, far=_is_far(body, camera, side, "hip"))
        yield from _arm(body, side, far=_is_far(body, camera, side, "shoulder"))


def muscle_part(body: Body, muscle: str, side: Side) -> Part:
    return Part("fig-muscle", tuple(circles_of(body, muscle, side)), nearer=11)


def _is_far(body: Body, camera: Camera, side: Side, joint: str) -> bool:
    other = "left" if side == "right" else "right"
    mine, theirs = (camera.sees(body.joints[f"{s}_{joint}"])[2] for s in (side, other))
    return theirs - mine > AS_FAR


def _trunk(body: Body) -> Iterator[Part]:
    pelvis, chest = body.axes["pelvis"], body.axes["chest"]
    waist, hips = body.joints["waist"], between(body.joints["right_hip"], body.joints["left_hip"], 0.5)
    low = [(pelvis.at(hips, (0, 1, z)), 9.5) for z in (-7.5, 7.5)] + [
        (pelvis.at(hips, (0, 11, z)), 9.0) for z in (-5, 5)
    ]
    high = [(chest.at(waist, (0, 1, z)), 9.6) for z in (-4.5, 4.5)]
    high += [(chest.at(waist, (0.5, 20, z)), 10.8) for z in (-5.5, 5.5)]
    high += [(chest.at(waist, (-0.5, 33.5, z)), 6.0) for z in (-13.5, 13.5)]
    yield Part("fig-shorts", tuple(low), nearer=-1)
    yield Part("fig-shirt", tuple(high))


def _head(body: Body) -> Iterator[Part]:
    head, center = body.axes["head"], body.joints["head"]
    skull = head.at(center, (-1, 1, 0))
    yield Part(
        "fig-skin", ((plus(body.joints["neck"], body.axes["chest"].up, -3), 5.0), (skull, 4.6)), nearer=-0.5
    )
    yield Part("fig-hair", ((skull, 9.3), (head.at(center, (-3, -1, 0)), 7.5)), nearer=-1.6)
    face = [((1.2, 0, 0), 7.9), ((4, -6.5, 0), 4.6), ((9, -1.5, 0), 1.4)]
    yield Part("fig-skin", tuple((head.at(center, place), radius) for place, radius in face))


def _leg(body: Body, camera: Camera, side: Side, *, far: bool) -> Iterator[Part]:
    joints, end = body.joints, "-far" if far else ""
    hip, knee, ankle = (joints[f"{side}_{name}"] for name in ("hip", "knee", "ankle"))
    shin, foot = body.axes[f"{side}_shin"], body.axes[f"{side}_foot"]
    calf = shin.at(knee, (-1.2, -12, 0))
    lower = Part(f"fig-skin{end}", ((knee, 5.6), (calf, 5.3), (ankle, 3.7)))
    upper = Part(f"fig-shorts{end}", ((hip, 8.8), (knee, 6.2)), nearer=0.2)
    ahead = lower.nearness(camera) - upper.nearness(camera)
    # The hem of the shorts covers the knee, unless the shin is clearly in front.
    yield replace(lower, nearer=-ahead - 0.1 if 0 < ahead < HEM else 0.0)
    yield upper
    sole = [(foot.at(ankle, (-0.5, -1, 0)), 4.2), (joints[f"{side}_heel"], 3.3)]
    sole += [(joints[f"{side}_ball"], 2.8), (joints[f"{side}_toe"], 2.4)]
    yield Part(f"fig-shoe{end}", tuple(sole), nearer=0.3)


def _arm(body: Body, side: Side, *, far: bool) -> Iterator[Part]:
    joints, look = body.joints, "fig-skin-far" if far else "fig-skin"
    shoulder, elbow, wrist, hand = (
        joints[f"{side}_{name}"] for name in ("shoulder", "elbow", "wrist", "hand")
    )
    near = 0.4 if far else 6.0
    inner = plus(shoulder, body.axes["chest"].right, -0.5 * SIGN[side])
    yield Part(look, ((inner, 5.2), (elbow, 4.1)), nearer=near)
    yield Part(look, ((elbow, 4.0), (wrist, 2.9), (hand, 2.7)), nearer=near + 0.1)
