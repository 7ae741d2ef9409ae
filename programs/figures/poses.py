"""Figures as data: reads programs/library/figures/*.toml into bodies in the room."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from programs.figures.body import SIDES, Arm, Body, Leg, Pose, Side, stand
from programs.figures.muscles import LINES, PLACES
from programs.figures.props import LOOKS, MAKERS, Prop
from programs.figures.space import Camera

FILES = Path(__file__).resolve().parent.parent / "library" / "figures"
BOTH = ("right", "left")
MOST_FRAMES = 4
UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class BadPose(ValueError):
    """A pose says something that the kit does not know or that no body can do."""


@dataclass(frozen=True)
class Arrow:
    """The way of a joint since the frame before, or `way` centimeters across its place; `aside` moves it, `bend` curves it."""

    of: str
    aside: tuple[float, float] = (0, 0)
    way: tuple[float, float] | None = None
    bend: float = 0.0


@dataclass(frozen=True)
class Frame:
    pose: Pose
    body: Body
    props: list[Prop]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True)
class Figure:
    alt: str
    camera: Camera
    frames: tuple[Frame, ...]
    muscles: tuple[tuple[str, Side], ...]
    lines: tuple[tuple[str, Side], ...]
    moves: bool = True  # or the frames are two ways to compare, not one movement


@cache
def delivered(code: str) -> Mapping[str, Any]:
    """What the file of one exercise says; empty when there is none."""
    path = FILES / f"{code.lower()}.toml"
    return tomllib.loads(path.read_text()) if code in codes() else {}


@cache
def codes() -> tuple[str, ...]:
    return tuple(sorted(path.stem.upper() for path in FILES.glob("*.toml")))


def figure_of(said: Mapping[str, Any]) -> Figure:
    """The figure that a pose describes. Later frames hold only what differs from the one before. Raises BadPose."""
    try:
        return _figure(said)
    except UNREADABLE as problem:
        raise BadPose(str(problem)) from problem


def _figure(said: Mapping[str, Any]) -> Figure:
    unknown: set[str] = set(said) - {"alt", "camera", "marks", "props", "frames", "moves"}
    if unknown or not 1 <= len(said["frames"]) <= MOST_FRAMES:
        raise BadPose(f"unknown words {sorted(unknown)}" if unknown else f"1 to {MOST_FRAMES} frames")
    frames, latest = [], {"props": said.get("props", [])}
    for frame in said["frames"]:
        latest = _merged({key: value for key, value in latest.items() if key != "arrows"}, frame)
        frames.append(_frame(latest))
    marks = [(mark.rsplit(" ", 1)[0], mark.rsplit(" ", 1)[1]) for mark in said["marks"]]
    unknown = {name for name, side in marks if name not in PLACES | LINES or side not in BOTH}
    unknown |= {prop["kind"] for frame in frames for prop in frame.props} - set(MAKERS)
    unknown |= {prop["look"] for frame in frames for prop in frame.props if "look" in prop} - LOOKS
    if unknown:
        raise BadPose(f"unknown marks or props {sorted(unknown)}")
    return Figure(
        alt=str(said["alt"]), camera=Camera(**said.get("camera", {})), frames=tuple(frames),
        muscles=tuple(mark for mark in marks if mark[0] in PLACES),
        lines=tuple(mark for mark in marks if mark[0] in LINES),
        moves=said.get("moves", True) is True and len(frames) > 1,
    )  # fmt: skip


def _merged(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    both = dict(before)
    for key, value in now.items():
        both[key] = (
            _merged(both[key], value)
            if isinstance(value, dict) and isinstance(both.get(key), dict)
            else value
        )
    return both


def _frame(said: Mapping[str, Any]) -> Frame:
    words = {key: _points(value) for key, value in said.items() if value is not False}
    legs = {side: _limb(Leg, words.pop(f"{side}_leg", {})) for side in SIDES}
    arms = {side: _limb(Arm, words.pop(f"{side}_arm", {})) for side in SIDES}
    props, arrows = words.pop("props"), words.pop("arrows", [])
    pose = replace(Pose(legs=legs, arms=arms), **_limb_words(Pose, words))
    return Frame(
        pose, stand(pose), list(props), tuple(Arrow(**_limb_words(Arrow, arrow)) for arrow in arrows)
    )


def _limb(kind: type, said: Mapping[str, Any]) -> Any:
    return kind(**_limb_words(kind, said))


def _limb_words(kind: type, said: Mapping[str, Any]) -> dict[str, Any]:
    """A frame may free a limb that was holding something: `foot = false`."""
    known = {field.name for field in fields(kind)}
    unknown = set(said) - known
    if unknown:
        raise BadPose(f"unknown words {sorted(unknown)}")
    return {key: _points(value) for key, value in said.items() if value is not False}


def _points(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) and value and not isinstance(value[0], dict) else value
