"""What lies between two frames: each joint turns its share of the way, and what rests on something at both ends stays put."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from programs.figures.body import (
    BALL,
    FOREARM,
    HAND,
    HEEL,
    SHIN,
    SIDES,
    THIGH,
    TOUCHES,
    UPPER_ARM,
    Body,
    Pose,
    Side,
    arm_to,
    leg_to,
    lowest,
    trunk_at,
)
from programs.figures.poses import Figure, Frame
from programs.figures.space import Axes, Point, between, length, plus, unit

TRUNK = ("pelvis", "ribs", "head", "right_hip", "left_hip", "right_shoulder", "left_shoulder")
PARENTS = {
    "chest": "pelvis",
    "head": "chest",
    "thigh": "pelvis",
    "shin": "thigh",
    "foot": "shin",
    "upper": "chest",
    "fore": "upper",
}
STILL = 2.0  # centimeters that count as the same place
CLOSE = 0.8  # to what is touched
STEP, LIFT, TOES_DOWN = 6.0, 4.0, 22.0  # a foot that goes farther than this is lifted so high, its toes down
STANDING = 60.0  # how high the pelvis is
SPARE = 0.05  # of a limb's length, so that it never has to be longer than it is
FEWEST, MOST, CENTIMETERS = 5, 11, 6.0  # positions between two frames, and one for each so many centimeters


def positions(figure: Figure) -> Iterator[Frame]:
    """From the first frame to the last, with what lies between."""
    yield figure.frames[0]
    for before, after in zip(figure.frames, figure.frames[1:], strict=False):
        way = max(
            length(plus(after.body.joints[name], point, -1)) for name, point in before.body.joints.items()
        )
        count = min(MOST, max(FEWEST, round(way / CENTIMETERS)))
        for step in range(1, count + 1):
            yield frame_between(before, after, _eased(step / (count + 1)))
        yield after


def frame_between(before: Frame, after: Frame, part: float) -> Frame:
    return Frame(
        before.pose, _Between(before, after, part).body(), _mixed(before.props, after.props, part), ()
    )


def _eased(part: float) -> float:
    """Slow at both ends, as people move."""
    return part * part * (3 - 2 * part)


def _mixed(before: Any, after: Any, part: float) -> Any:
    """Numbers in between; what else differs is taken from the nearer end."""
    if isinstance(before, bool) or isinstance(after, bool):
        return before if part < 0.5 else after
    if isinstance(before, int | float) and isinstance(after, int | float):
        return before + (after - before) * part
    if isinstance(before, Mapping) and isinstance(after, Mapping) and before.keys() == after.keys():
        return {name: _mixed(before[name], after[name], part) for name in before}
    alike = isinstance(before, list | tuple) and isinstance(after, list | tuple) and len(before) == len(after)
    if alike:
        return [_mixed(one, other, part) for one, other in zip(before, after, strict=True)]
    return before if part < 0.5 else after


@dataclass(frozen=True)
class _Between:
    before: Frame
    after: Frame
    part: float

    def body(self) -> Body:
        axes = self._axes()
        planted = {side: self._sole(side, axes[f"{side}_foot"]) for side in SIDES}
        middle = self._middle()
        for _ in range(4):  # the trunk goes where what it rests on and where the feet reach
            body = self._hanging(middle, axes)
            away = self._away(body, planted)
            middle = plus(middle, away)
        body = self._hanging(middle, axes)
        for side in SIDES:
            self._place_leg(body, side, planted[side])
            self._place_arm(body, side)
        return body

    def _axes(self) -> dict[str, Axes]:
        first, last = self.before.body.axes, self.after.body.axes
        axes = {"pelvis": first["pelvis"].toward(last["pelvis"], self.part)}
        for name in first:
            side, _, kind = name.rpartition("_")
            if kind != "pelvis":
                over = PARENTS[kind]
                parent = over if over in first else f"{side}_{over}"
                turned = (
                    first[name].seen_in(first[parent]).toward(last[name].seen_in(last[parent]), self.part)
                )
                axes[name] = turned.put_in(axes[parent])
        for side in SIDES:
            if self._sole_rests(side):
                foot = f"{side}_foot"
                drop = TOES_DOWN * 4 * self.part * (1 - self.part) if self._steps(f"{side}_ball") else 0.0
                axes[foot] = first[foot].toward(last[foot], self.part).pitched(drop)
        return axes

    def _point(self, name: str) -> Point:
        return between(self.before.body.joints[name], self.after.body.joints[name], self.part)

    def _middle(self) -> Point:
        return between(self._point("right_hip"), self._point("left_hip"), 0.5)

    def _way(self, name: str) -> float:
        return length(plus(self.after.body.joints[name], self.before.body.joints[name], -1))

    def _touches(self, name: str) -> bool:
        """Whether it lies on the same height of something at both ends."""
        radius = TOUCHES[name.rsplit("_", maxsplit=1)[-1]]
        heights = [frame.body.joints[name][1] - radius for frame in (self.before, self.after)]
        tops = {
            0.0,
            *(max(prop["from"][1], prop["to"][1]) for prop in self.before.props if prop["kind"] == "box"),
        }
        return any(all(abs(height - top) < CLOSE for height in heights) for top in tops)

    def _rests(self, name: str) -> bool:
        return self._way(name) < STILL or self._touches(name)

    def _on_something(self, frame: Frame, name: str) -> bool:
        height = frame.body.joints[name][1] - TOUCHES[name.rsplit("_", maxsplit=1)[-1]]
        tops = [0.0, *(max(p["from"][1], p["to"][1]) for p in frame.props if p["kind"] == "box")]
        return any(abs(height - top) < CLOSE for top in tops)

    def _sole_rests(self, side: Side) -> str:
        """The part of the foot that stands at both ends, if any, the stillest first."""
        parts = sorted(
            (f"{side}_ball", f"{side}_heel"),
            key=lambda name: 0 if self._steps(name) else round(self._way(name)),
        )
        for name in parts:
            stands = all(self._on_something(frame, name) for frame in (self.before, self.after))
            if stands or self._way(name) < STILL:
                return name
        return ""

    def _sole(self, side: Side, foot: Axes) -> Point | None:
        """Where the ankle has to be so that the foot stays where it stands, or steps to where it goes."""
        name = self._sole_rests(side)
        if not name:
            return None
        at = self._stepping(name)
        local = BALL if name.endswith("ball") else HEEL
        return foot.at(at, (-local[0], -local[1], -local[2]))

    def _stepping(self, name: str) -> Point:
        """Along the way; a standing person's foot is lifted, first up onto a step and last down from it."""
        start, end = self.before.body.joints[name], self.after.body.joints[name]
        x, y, z = between(start, end, self.part)
        if self._steps(name):
            climbed = min(1.0, 1.8 * self.part) if end[1] > start[1] else max(0.0, 1.8 * self.part - 0.8)
            y = start[1] + (end[1] - start[1]) * climbed + 4 * LIFT * self.part * (1 - self.part)
        return (x, y, z)

    def _steps(self, name: str) -> bool:
        """A standing person's foot that goes somewhere else."""
        return self._way(name) > STEP and self.before.body.joints["pelvis"][1] > STANDING

    def _hanging(self, middle: Point, axes: Mapping[str, Axes]) -> Body:
        """Everything as the joints alone would have it."""
        body = Body(trunk_at(middle, axes["pelvis"], axes["chest"], axes["head"]), dict(axes))
        for side in SIDES:
            self._hang_leg(body, side)
            self._hang_arm(body, side)
        return body

    def _hang_leg(self, body: Body, side: Side) -> None:
        joints, axes = body.joints, body.axes
        knee = axes[f"{side}_thigh"].at(joints[f"{side}_hip"], (0, -THIGH, 0))
        ankle = axes[f"{side}_shin"].at(knee, (0, -SHIN, 0))
        joints |= {f"{side}_knee": knee, f"{side}_ankle": ankle}
        self._add_foot(body, side)

    def _add_foot(self, body: Body, side: Side) -> None:
        foot, ankle = body.axes[f"{side}_foot"], body.joints[f"{side}_ankle"]
        ball = foot.at(ankle, BALL)
        ends = [
            frame.body.axes[f"{side}_foot"].local(
                plus(frame.body.joints[f"{side}_toe"], frame.body.joints[f"{side}_ball"], -1)
            )
            for frame in (self.before, self.after)
        ]
        toe = foot.at(ball, between(*ends, self.part))
        body.joints.update({f"{side}_heel": foot.at(ankle, HEEL), f"{side}_ball": ball, f"{side}_toe": toe})

    def _hang_arm(self, body: Body, side: Side) -> None:
        elbow = body.axes[f"{side}_upper"].at(body.joints[f"{side}_shoulder"], (0, -UPPER_ARM, 0))
        wrist = body.axes[f"{side}_fore"].at(elbow, (0, -FOREARM, 0))
        body.joints.update({f"{side}_elbow": elbow, f"{side}_wrist": wrist})
        self._add_hand(body, side)

    def _add_hand(self, body: Body, side: Side) -> None:
        fore = body.axes[f"{side}_fore"]
        ends = [
            frame.body.axes[f"{side}_fore"].local(
                plus(frame.body.joints[f"{side}_hand"], frame.body.joints[f"{side}_wrist"], -1)
            )
            for frame in (self.before, self.after)
        ]
        fingers = unit(between(*ends, self.part))
        body.joints[f"{side}_hand"] = fore.at(
            body.joints[f"{side}_wrist"], tuple(HAND * one for one in fingers)
        )

    def _away(self, body: Body, planted: Mapping[Side, Point | None]) -> Point:
        """How far the trunk is from where what it rests on holds it, or from where its legs reach."""
        held = [name for name in TRUNK if self._rests(name)]
        held += [f"{side}_knee" for side in SIDES if planted[side] is None and self._rests(f"{side}_knee")]
        held += [f"{side}_elbow" for side in SIDES if self._touches(f"{side}_elbow")]
        if held:
            ways = [plus(self._point(name), body.joints[name], -1) for name in held]
            return _mean(ways)
        for side in SIDES:
            sole = planted[side]
            if sole is not None:
                way = plus(sole, body.joints[f"{side}_hip"], -1)
                excess = length(way) - (THIGH + SHIN - SPARE)
                if excess > 0:
                    return plus((0, 0, 0), unit(way), excess)
        sunk = -lowest(body) if not any(planted.values()) else 0.0
        return (0, max(0.0, sunk), 0)

    def _place_leg(self, body: Body, side: Side, ankle: Point | None) -> None:
        if ankle is None:
            feet = f"{side}_heel {side}_ball {side}_toe"
            sunk = -lowest(body, feet)
            if sunk <= 0:
                return
            ankle = plus(body.joints[f"{side}_ankle"], (0, sunk, 0))
        hint = between(
            *(frame.body.axes[f"{side}_thigh"].forward for frame in (self.before, self.after)), self.part
        )
        leg_to(body, side, _within(body.joints[f"{side}_hip"], ankle, THIGH + SHIN), hint)
        self._add_foot(body, side)

    def _place_arm(self, body: Body, side: Side) -> None:
        if self._touches(f"{side}_elbow"):
            return
        if not self._holds(side):
            sunk = -lowest(body, f"{side}_hand {side}_elbow")
            if sunk <= 0:
                return
            wrist = plus(body.joints[f"{side}_wrist"], (0, sunk, 0))
        else:
            wrist = self._point(f"{side}_wrist")
        hint = between(
            *(frame.body.axes[f"{side}_upper"].forward for frame in (self.before, self.after)), self.part
        )
        wrist = _within(body.joints[f"{side}_shoulder"], wrist, UPPER_ARM + FOREARM)
        arm_to(body, side, wrist, plus((0, 0, 0), hint, -1))
        self._add_hand(body, side)

    def _holds(self, side: Side) -> bool:
        poses: Sequence[Pose] = (self.before.pose, self.after.pose)
        reaches = all(pose.arms[side].wrist is not None for pose in poses)
        return reaches or self._way(f"{side}_wrist") < STILL


def _within(start: Point, end: Point, far: float) -> Point:
    """The end, or as near to it as the limb gets."""
    way = plus(end, start, -1)
    return end if length(way) <= far - SPARE else plus(start, unit(way), far - SPARE)


def _mean(points: Sequence[Point]) -> Point:
    x, y, z = (sum(point[axis] for point in points) / len(points) for axis in range(3))
    return (x, y, z)
