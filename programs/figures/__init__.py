"""Exercise figures, drawn from joint angles kept as data. Pure Python: knows no Django."""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from programs.figures.drawing import draw, draw_motion
from programs.figures.poses import UNREADABLE, BadPose, Figure, codes, delivered, figure_of

__all__ = ["BadPose", "codes", "delivered", "motion", "picture", "pose_of"]

Said = Mapping[str, Any]
Drawing = TypeVar("Drawing")
KEPT = 512  # drawn pictures in memory: a few megabytes


def pose_of(content: Said, code: str) -> Said:
    """The pose that goes with an exercise's content; versions frozen before poses were kept have the delivered one."""
    return content.get("pose") or delivered(code)


def picture(pose: Said) -> str | None:
    """The SVG of a pose, drawn once for each different one; None of an empty one. Raises BadPose."""
    return _drawn(json.dumps(pose, sort_keys=True)) if pose else None


def motion(pose: Said) -> str | None:
    """The SVG of the whole way from the first frame to the last; None when there is nothing between. Raises BadPose."""
    return _moving(json.dumps(pose, sort_keys=True)) if pose else None


@lru_cache(maxsize=KEPT)
def _drawn(written: str) -> str:
    return _by(draw, written)


@lru_cache(maxsize=KEPT // 4)
def _moving(written: str) -> str | None:
    return _by(lambda figure: draw_motion(figure) if figure.moves else None, written)


def _by(artist: Callable[[Figure], Drawing], written: str) -> Drawing:
    try:
        return artist(figure_of(json.loads(written)))
    except BadPose:
        raise
    except UNREADABLE as problem:
        raise BadPose(f"something is missing or of the wrong kind ({problem})") from problem
