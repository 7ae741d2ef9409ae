"""Where muscles lie on the drawn body: a few circles in the axes of a part, for the right side."""

from programs.figures.body import SIGN, THIGH, Body, Side
from programs.figures.space import Point

# Muscle: (joint it is measured from, axes, (forward, up, outward), radius) …
PLACES: dict[str, tuple[tuple[str, str, Point, float], ...]] = {
    "gluteus medius": (("hip", "pelvis", (-2, 12, 2), 4.2), ("hip", "pelvis", (-0.5, 2, 5), 2.6)),
    "gluteus maximus": (("hip", "pelvis", (-5, 6, -2), 4.8), ("hip", "pelvis", (-5, -3, 0), 4.6)),
    "tfl": (("hip", "pelvis", (5, 10, 2), 2.6), ("hip", "pelvis", (4, -3, 5), 2.4)),
    "hip flexor": (("hip", "pelvis", (6, 9, -1), 2.8), ("hip", "thigh", (4.5, -10, 0), 3.2)),
    "hip rotators": (("hip", "pelvis", (-6.5, 3, -3), 2.8), ("hip", "pelvis", (-2, 1, 4), 2.2)),
    "quadriceps": (("hip", "thigh", (4, -12, 1), 3.6), ("hip", "thigh", (2.6, -35, 1), 2.8)),
    "hamstrings": (("hip", "thigh", (-4.5, -12, 0), 3.2), ("hip", "thigh", (-3, -36, 0), 2.4)),
    "calf": (("knee", "shin", (-2.6, -8, 1), 3.2), ("knee", "shin", (-2, -19, 1), 2.6)),
    "soleus": (("knee", "shin", (-2, -17, 1), 2.8), ("knee", "shin", (-2, -30, 0), 2)),
    "obliques": (("hip", "pelvis", (1, 15, 0), 4.2), ("shoulder", "chest", (1, -18, -7), 4.2)),
    "abdominals": (("hip", "pelvis", (6, 6, -6), 2.8), ("shoulder", "chest", (7, -16, -14), 2.8)),
}
# Lines drawn over the body: the paths of nerves, for sliders, and the belt line, which has to stay level.
LINES: dict[str, tuple[tuple[str, str, Point], ...]] = {
    "belt": (("hip", "pelvis", (0, 9, 6)), ("hip", "pelvis", (0, 9, -23))),
    "sciatic nerve": (
        ("hip", "pelvis", (-6, 6, 0)), ("hip", "thigh", (-4, -12, 0)), ("hip", "thigh", (-2.5, -THIGH, 0)),
        ("knee", "shin", (-3, -12, 0)), ("knee", "shin", (-1, -38, 0)),
    ),
    "outer thigh nerve": (
        ("hip", "pelvis", (6, 9, 3)), ("hip", "thigh", (5, -8, 4)), ("hip", "thigh", (3, -32, 4)),
    ),
}  # fmt: skip


def circles_of(body: Body, muscle: str, side: Side) -> list[tuple[Point, float]]:
    return [(_place(body, side, *place[:3]), place[3]) for place in PLACES[muscle]]


def line_of(body: Body, line: str, side: Side) -> list[Point]:
    return [_place(body, side, *place) for place in LINES[line]]


def _place(body: Body, side: Side, joint: str, part: str, local: Point) -> Point:
    axes = body.axes[part if part in body.axes else f"{side}_{part}"]
    return axes.at(body.joints[f"{side}_{joint}"], (local[0], local[1], local[2] * SIGN[side]))
