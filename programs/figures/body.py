"""A grown-up's skeleton, 166 cm tall: a pose in, every joint's place out."""

from dataclasses import dataclass, field
from typing import Literal

from programs.figures.space import Axes, Point, axes_along, bend_to, cross, plus

Side = Literal["right", "left"]
SIDES: tuple[Side, Side] = ("right", "left")
SIGN = {"right": 1, "left": -1}
THIGH, SHIN, SOLE = 43.0, 42.0, 7.5
UPPER_ARM, FOREARM, HAND = 29.0, 26.0, 8.0
HIP_OUT, SHOULDER_OUT = 8.5, 16.0
WAIST, SHOULDER, NECK, HEAD = 13.0, 34.0, 39.0, 12.0
HEEL, BALL, TOE = (-4.5, -4.2, 0.0), (11.5, -4.7, 0.0), (6.0, 0.4, 0.0)
FLAT = Axes()


@dataclass(frozen=True)
class Leg:
    """Angles in degrees, or where the foot stands: the middle of its sole under the ankle."""

    hip: float = 0.0  # flexion
    out: float = 0.0  # abduction
    rotation: float = 0.0  # outward
    knee: float = 0.0  # flexion
    ankle: float | None = (
        None  # upward; without it the sole lies flat; with it `foot` says where the ankle is
    )
    heel: float = 0.0  # how far a flat foot has its heel up
    toes: float = 0.0  # how far a flat foot has its toes turned out
    foot: Point | None = None
    toward: Point | None = None  # where the knee points when the foot is given


@dataclass(frozen=True)
class Arm:
    """Angles in degrees, or where the wrist is."""

    shoulder: float = 0.0  # flexion
    out: float = 0.0  # abduction
    rotation: float = 0.0  # inward
    elbow: float = 0.0  # flexion
    wrist: Point | None = None
    toward: Point | None = None  # where the elbow points when the wrist is given
    hand: Point | None = None  # where the fingers point


@dataclass(frozen=True)
class Pose:
    """How the whole body is held. Without a height the lowest part that `rests` comes to lie at `level`."""

    x: float = 0.0
    z: float = 0.0
    height: float | None = None
    rests: str = "all"
    level: float = 0.0
    keeps: str = ""  # the part that stays over x and z, the hips if none
    pitch: float = 0.0
    roll: float = 0.0
    turn: float = 0.0
    twist: float = 0.0  # about the body's own length, after the others
    spine: Point = (0.0, 0.0, 0.0)  # flexion, bend to the right, turn to the right
    neck: Point = (0.0, 0.0, 0.0)
    legs: dict[Side, Leg] = field(default_factory=dict)
    arms: dict[Side, Arm] = field(default_factory=dict)


@dataclass(frozen=True)
class Body:
    """Where everything is: joints by name, and which way each part faces."""

    joints: dict[str, Point]
    axes: dict[str, Axes]

    def moved(self, by: Point) -> "Body":
        return Body({name: plus(point, by) for name, point in self.joints.items()}, self.axes)


# Skin around the joints that can touch something: radius of each, in drawing order.
TOUCHES = {
    "pelvis": 9.5, "ribs": 10.5, "head": 9.5, "hip": 9.0, "shoulder": 5.5, "elbow": 4.2, "hand": 3.2, "knee": 5.8,
    "ankle": 4.0, "heel": 3.3, "ball": 2.8, "toe": 2.4,
}  # fmt: skip


def stand(pose: Pose) -> Body:
    """The trunk first, put where it rests; then the limbs that reach for something."""
    free = _limbs(_trunk(pose), pose, reaching=False)
    if pose.keeps:
        kept = free.joints[pose.keeps]
        free = free.moved((pose.x - kept[0], 0, pose.z - kept[2]))
    rise = pose.height if pose.height is not None else pose.level - lowest(free, pose.rests)
    return _limbs(free.moved((0, rise, 0)), pose, reaching=True)


def lowest(body: Body, part: str = "all") -> float:
    """How high the lowest of these parts is above the floor."""
    wanted = part.split()
    return min(
        point[1] - TOUCHES[kind]
        for name, point in body.joints.items()
        if (kind := name.split("_")[-1]) in TOUCHES and (part == "all" or name in wanted or kind in wanted)
    )


def _trunk(pose: Pose) -> Body:
    pelvis = FLAT.turned(pose.turn).pitched(pose.pitch).rolled(pose.roll).turned(pose.twist)
    chest = pelvis.pitched(pose.spine[0]).rolled(pose.spine[1]).turned(pose.spine[2])
    head = chest.turned(pose.neck[2]).pitched(pose.neck[0]).rolled(pose.neck[1])
    joints = trunk_at((pose.x, 0.0, pose.z), pelvis, chest, head)
    return Body(joints, {"pelvis": pelvis, "chest": chest, "head": head})


def trunk_at(middle: Point, pelvis: Axes, chest: Axes, head: Axes) -> dict[str, Point]:
    """The joints of the trunk around the middle between the hips."""
    waist = pelvis.at(middle, (0, WAIST, 0))
    neck = chest.at(waist, (0, NECK, 0))
    joints = {"pelvis": pelvis.at(middle, (0, 3, 0)), "waist": waist, "ribs": chest.at(waist, (0, 20, 0))}
    joints |= {"neck": neck, "head": head.at(neck, (1.5, HEAD, 0))}
    for side in SIDES:
        joints[f"{side}_hip"] = pelvis.at(middle, (0, 0, SIGN[side] * HIP_OUT))
        joints[f"{side}_shoulder"] = chest.at(waist, (0, SHOULDER, SIGN[side] * SHOULDER_OUT))
    return joints


def _limbs(body: Body, pose: Pose, *, reaching: bool) -> Body:
    """Bodies with the limbs of one kind added: those that hang on angles, or those that reach."""
    joints, axes = dict(body.joints), dict(body.axes)
    for side in SIDES:
        leg, arm = pose.legs.get(side, Leg()), pose.arms.get(side, Arm())
        if (leg.foot is not None) == reaching:
            _add_leg(joints, axes, side, leg)
        if (arm.wrist is not None) == reaching:
            _add_arm(joints, axes, side, arm)
    return Body(joints, axes)


def _add_leg(joints: dict[str, Point], axes: dict[str, Axes], side: Side, leg: Leg) -> None:
    hip, pelvis, sign = joints[f"{side}_hip"], axes["pelvis"], SIGN[side]
    if leg.foot is None:
        thigh = pelvis.pitched(-leg.hip).rolled(-leg.out * sign).turned(leg.rotation * sign)
        shin = thigh.pitched(leg.knee)
        knee = thigh.at(hip, (0, -THIGH, 0))
        ankle = shin.at(knee, (0, -SHIN, 0))
        foot = _flat(shin.forward, leg, sign) if leg.ankle is None else shin.pitched(-leg.ankle)
    else:
        # Without a hint the knee bends straight forward from the hips.
        hint = leg.toward or cross(plus(hip, leg.foot, -1), pelvis.right)
        flat = _flat(hint, leg, sign) if leg.ankle is None else None
        ankle = _ankle_over(leg.foot, flat, leg) if flat else leg.foot
        knee, front = bend_to(hip, ankle, (THIGH, SHIN), hint)
        thigh, shin = axes_along(plus(knee, hip, -1), front), axes_along(plus(ankle, knee, -1), front)
        foot = flat or shin.pitched(-(leg.ankle or 0))
    joints |= {f"{side}_knee": knee, f"{side}_ankle": ankle, f"{side}_heel": foot.at(ankle, HEEL)}
    ball = foot.at(ankle, BALL)
    on_tiptoe = foot.pitched(-leg.heel) if leg.ankle is None and leg.heel > 0 else foot
    joints |= {f"{side}_ball": ball, f"{side}_toe": on_tiptoe.at(ball, TOE)}
    axes |= {f"{side}_thigh": thigh, f"{side}_shin": shin, f"{side}_foot": foot}


def _flat(forward: Point, leg: Leg, sign: int) -> Axes:
    """A foot on its sole, or on its ball with the heel up, pointing where the shin faces."""
    level = (forward[0], 0.0, forward[2])
    return axes_along((0, -1, 0), level).turned(leg.toes * sign).pitched(leg.heel)


def _ankle_over(sole: Point, foot: Axes, leg: Leg) -> Point:
    """A raised heel turns about the ball of the foot, raised toes about the heel: that point stays where it was."""
    level = foot.pitched(-leg.heel)
    fixed = BALL if leg.heel > 0 else HEEL
    pivot = level.at(plus(sole, (0, SOLE, 0)), fixed)
    return foot.at(pivot, (-fixed[0], -fixed[1], -fixed[2]))


def _add_arm(joints: dict[str, Point], axes: dict[str, Axes], side: Side, arm: Arm) -> None:
    shoulder, chest, sign = joints[f"{side}_shoulder"], axes["chest"], SIGN[side]
    if arm.wrist is None:
        upper = chest.pitched(-arm.shoulder).rolled(-arm.out * sign).turned(-arm.rotation * sign)
        fore = upper.pitched(-arm.elbow)
        elbow = upper.at(shoulder, (0, -UPPER_ARM, 0))
        wrist = fore.at(elbow, (0, -FOREARM, 0))
    else:
        hint = arm.toward or plus((0, 0, 0), chest.forward, -1)
        wrist = arm.wrist
        elbow, outside = bend_to(shoulder, wrist, (UPPER_ARM, FOREARM), hint)
        inside = plus((0, 0, 0), outside, -1)
        upper = axes_along(plus(elbow, shoulder, -1), inside)
        fore = axes_along(plus(wrist, elbow, -1), inside)
    fingers = plus((0, 0, 0), fore.up, -1) if arm.hand is None else arm.hand
    joints |= {f"{side}_elbow": elbow, f"{side}_wrist": wrist, f"{side}_hand": plus(wrist, fingers, HAND)}
    axes |= {f"{side}_upper": upper, f"{side}_fore": fore}


def leg_to(body: Body, side: Side, ankle: Point, hint: Point) -> None:
    """Bend the leg so that the ankle comes to be there; the foot is left as it is."""
    hip = body.joints[f"{side}_hip"]
    knee, front = bend_to(hip, ankle, (THIGH, SHIN), hint)
    body.axes[f"{side}_thigh"] = axes_along(plus(knee, hip, -1), front)
    body.axes[f"{side}_shin"] = axes_along(plus(ankle, knee, -1), front)
    body.joints.update({f"{side}_knee": knee, f"{side}_ankle": ankle})


def arm_to(body: Body, side: Side, wrist: Point, hint: Point) -> None:
    """Bend the arm so that the wrist comes to be there."""
    shoulder = body.joints[f"{side}_shoulder"]
    elbow, outside = bend_to(shoulder, wrist, (UPPER_ARM, FOREARM), hint)
    inside = plus((0, 0, 0), outside, -1)
    body.axes[f"{side}_upper"] = axes_along(plus(elbow, shoulder, -1), inside)
    body.axes[f"{side}_fore"] = axes_along(plus(wrist, elbow, -1), inside)
    body.joints.update({f"{side}_elbow": elbow, f"{side}_wrist": wrist})
