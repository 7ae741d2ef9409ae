"""Exercise figures, drawn from joint angles kept as data. Pure Python: knows no Django."""

from functools import cache

from programs.figures.drawing import draw
from programs.figures.poses import BadPose, codes, read

__all__ = ["BadPose", "codes", "picture"]


@cache
def picture(code: str) -> str | None:
    """The SVG for an exercise code; None when nothing is drawn for it."""
    return draw(read(code)) if code in codes() else None
