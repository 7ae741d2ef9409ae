"""How far human joints go, and the angles that a drawn body shows."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from programs.figures.body import SIDES, SIGN, Body, Side
from programs.figures.space import Axes, angle, dot

# Degrees, active and comfortable in adults with a margin for drawing; hyperextended knees and elbows never.
LIMITS = {
    "hip flexion": (-25, 125), "hip abduction": (-30, 50), "hip rotation": (-45, 55),
    "knee flexion": (-1, 150), "ankle flexion": (-55, 35), "foot tilt": (-30, 30),
    "elbow flexion": (-1, 150), "shoulder abduction": (-50, 180),
    "spine flexion": (-25, 60), "spine bend": (-35, 35), "spine turn": (-40, 40),
    "neck flexion": (-50, 50), "neck bend": (-40, 40), "neck turn": (-75, 75),
}  # fmt: skip


@dataclass(frozen=True)
class Angle:
    joint: str  # "right hip flexion"
    degrees: float

    @property
    def is_human(self) -> bool:
        low, high = LIMITS[self.joint.removeprefix("right ").removeprefix("left ")]
        return low - 0.5 <= self.degrees <= high + 0.5


def angles(body: Body) -> Iterator[Angle]:
    """Every joint's angles as drawn, whether they were given or came from reaching."""
    yield from _turns("spine", body.axes["pelvis"], body.axes["chest"])
    yield from _turns("neck", body.axes["chest"], body.axes["head"])
    for side in SIDES:
        yield from _leg(body, side)
        yield from _arm(body, side)


def _turns(name: str, below: Axes, above: Axes) -> Iterator[Angle]:
    yield Angle(f"{name} flexion", angle(dot(above.up, below.forward), dot(above.up, below.up)))
    yield Angle(f"{name} bend", angle(dot(above.up, below.right), dot(above.up, below.up)))
    yield Angle(f"{name} turn", angle(dot(above.forward, below.right), dot(above.forward, below.forward)))


def _leg(body: Body, side: Side) -> Iterator[Angle]:
    pelvis, thigh = body.axes["pelvis"], body.axes[f"{side}_thigh"]
    shin, foot = body.axes[f"{side}_shin"], body.axes[f"{side}_foot"]
    flexion, out, rotation = _ball_joint(pelvis, thigh, SIGN[side])
    yield Angle(f"{side} hip flexion", flexion)
    yield Angle(f"{side} hip abduction", out)
    yield Angle(f"{side} hip rotation", rotation)
    yield Angle(f"{side} knee flexion", angle(dot(shin.up, thigh.forward), dot(shin.up, thigh.up)))
    yield Angle(f"{side} ankle flexion", angle(dot(foot.forward, shin.up), dot(foot.forward, shin.forward)))
    yield Angle(f"{side} foot tilt", math.degrees(math.asin(dot(foot.right, shin.up))))


def _arm(body: Body, side: Side) -> Iterator[Angle]:
    chest, upper, fore = body.axes["chest"], body.axes[f"{side}_upper"], body.axes[f"{side}_fore"]
    _, out, _ = _ball_joint(chest, upper, SIGN[side])
    yield Angle(f"{side} shoulder abduction", out)
    yield Angle(f"{side} elbow flexion", -angle(dot(fore.up, upper.forward), dot(fore.up, upper.up)))


def _ball_joint(parent: Axes, limb: Axes, sign: int) -> tuple[float, float, float]:
    """Flexion, abduction and outward rotation, in the order in which poses give them."""
    flexion = angle(-dot(limb.up, parent.forward), dot(limb.up, parent.up))
    flexed = parent.pitched(-flexion)
    out = angle(-dot(limb.up, flexed.right) * sign, dot(limb.up, flexed.up))
    neutral = flexed.rolled(-out * sign)
    turned = angle(dot(limb.forward, neutral.right) * sign, dot(limb.forward, neutral.forward))
    return flexion, out, turned
