"""What a drawn body could not do, or not there: said in plain sentences, frame by frame."""

from collections.abc import Iterator, Mapping
from typing import Any

from programs.figures import picture
from programs.figures.body import TOUCHES, Body
from programs.figures.limits import LIMITS, angles
from programs.figures.poses import BadPose, Figure, Frame, figure_of

DEEPEST, HIGHEST = 0.5, 1.0  # centimeters that nobody sees
MOST_SAID = 6


def faults(pose: Mapping[str, Any]) -> list[str]:
    """Why nobody could be held like this; empty is as it should be. An empty pose has no fault."""
    if not pose:
        return []
    try:
        picture(pose)  # what only shows when it is painted
        figure = figure_of(pose)
    except BadPose as problem:
        return [f"This can't be drawn: {problem}."]
    return [
        words for number, frame in enumerate(figure.frames, start=1) for words in _of(figure, number, frame)
    ][:MOST_SAID]


def _of(figure: Figure, number: int, frame: Frame) -> Iterator[str]:
    where = f"Picture {number}: the"
    for angle in angles(frame.body):
        if not angle.is_human:
            low, high = LIMITS[angle.joint.removeprefix("right ").removeprefix("left ")]
            yield f"{where} {angle.joint} is {angle.degrees:.0f} degrees; people reach {low} to {high}."
    heights = undersides(frame.body)
    deepest = min(heights, key=lambda name: heights[name])
    if heights[deepest] < -DEEPEST:
        yield f"{where} {deepest.replace('_', ' ')} is {-heights[deepest]:.0f} cm under the floor."
    elif frame.pose.level <= 0 and not rests(frame, heights):
        yield f"{where} figure floats {min(heights.values()):.0f} cm above the floor."


def undersides(body: Body) -> dict[str, float]:
    """How high the skin under each joint is."""
    kinds = {name: name.split("_")[-1] for name in body.joints}
    return {name: body.joints[name][1] - TOUCHES[kind] for name, kind in kinds.items() if kind in TOUCHES}


def rests(frame: Frame, heights: Mapping[str, float], *, within: float = HIGHEST) -> bool:
    """Whether any part lies on the floor or on something like a step."""
    tops = [0.0, *(max(prop["from"][1], prop["to"][1]) for prop in frame.props if prop["kind"] == "box")]
    return any(abs(height - top) < within for height in heights.values() for top in tops)
