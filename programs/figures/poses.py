"""Figures as data: reads programs/library/figures/*.toml into bodies in the room."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from programs.figures.body import SIDES, Arm, Body, Leg, Pose, Side, stand
from programs.figures.muscles import LINES, PLACES
from programs.figures.props import MAKERS, Prop
from programs.figures.space import Camera

FILES = Path(__file__).resolve().parent.parent / "library" / "figures"
BOTH = ("right", "left")


class BadPose(ValueError):
    """A figure's file says something the kit does not know."""


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
    code: str
    alt: str
    camera: Camera
    frames: tuple[Frame, ...]
    muscles: tuple[tuple[str, Side], ...]
    lines: tuple[tuple[str, Side], ...]


def read(code: str, *, folder: Path = FILES) -> Figure:
    """The figure of one exercise. Later frames hold only what differs from the one before."""
    path = folder / f"{code.lower()}.toml"
    said = tomllib.loads(path.read_text())
    try:
        return _figure(code, said)
    except (KeyError, TypeError, ValueError) as problem:
        raise BadPose(f"{path.name}: {problem}") from problem


def codes(*, folder: Path = FILES) -> list[str]:
    return sorted(path.stem.upper() for path in folder.glob("*.toml"))


def _figure(code: str, said: Mapping[str, Any]) -> Figure:
    shared = {"props": said.get("props", [])}
    frames, latest = [], shared
    for frame in said["frames"]:
        latest = _merged({key: value for key, value in latest.items() if key != "arrows"}, frame)
        frames.append(_frame(latest))
    marks = [(mark.rsplit(" ", 1)[0], mark.rsplit(" ", 1)[1]) for mark in said["marks"]]
    unknown = {name for name, side in marks if name not in PLACES | LINES or side not in BOTH}
    unknown |= {prop["kind"] for frame in frames for prop in frame.props} - set(MAKERS)
    if unknown:
        raise BadPose(f"unknown marks or props {sorted(unknown)}")
    return Figure(
        code=code, alt=said["alt"], camera=Camera(**said.get("camera", {})), frames=tuple(frames),
        muscles=tuple(mark for mark in marks if mark[0] in PLACES),
        lines=tuple(mark for mark in marks if mark[0] in LINES),
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
    pose = replace(Pose(legs=legs, arms=arms), **words)
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
