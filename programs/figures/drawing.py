"""From a figure's frames to one SVG: frames side by side at one scale, each painted from far to near."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, takewhile

from programs.figures.arrows import DrawnArrow, arrows_of
from programs.figures.motion import positions
from programs.figures.muscles import line_of
from programs.figures.parts import Part, muscle_part, parts_of
from programs.figures.poses import Figure, Frame
from programs.figures.props import things
from programs.figures.shapes import Circle, outline
from programs.figures.space import Camera

SCALE = 2.0  # units of the drawing in a centimeter
EDGE, GAP, FLOOR = 5.0, 8.0, 2.5  # centimeters around each frame, between frames, and of floor
NARROWEST = 0.62  # of a frame's height: standing people get room to breathe
CORNER = 14.0  # for a frame's number
LAYER = 100.0  # what says it is that near is not asked how near it is
JOINED = {"fig-kit", "fig-muscle"}  # need no edge where they meet


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float
    floor: float


@dataclass(frozen=True)
class Picture:
    groups: tuple[str, ...]
    solid: list[Circle]  # what stands on the floor
    extent: list[Circle]  # all there is, with arrows


def draw(figure: Figure) -> str:
    """The whole picture, with its text alternative."""
    pictures = [
        _paint(figure, frame, is_marked=number > 0, arrows=list(arrows_of(figure, number, SCALE)))
        for number, frame in enumerate(figure.frames)
    ]
    box = _box_around(pictures)
    step = box.right - box.left + GAP
    frames = "".join(
        _placed(picture, box, n, (n + 0.5) * step - (box.right - box.left) / 2)
        for n, picture in enumerate(pictures)
    )
    return _svg(figure, box, step * len(pictures), _floor(box, len(pictures)) + frames)


def draw_motion(figure: Figure) -> str:
    """One frame's room with every position on the way in it, of which a script shows one at a time."""
    pictures = [_paint(figure, frame, is_marked=True) for frame in positions(figure)]
    box = _box_around(pictures)
    step = box.right - box.left + GAP
    before, after = _shared(pictures), _shared([Picture(p.groups[::-1], [], []) for p in pictures])
    ways = "".join(
        f'<g class="fig-way">{"".join(p.groups[before : len(p.groups) - after])}</g>' for p in pictures
    )
    first = pictures[0].groups
    place = f"{SCALE * (step / 2 - (box.right - box.left) / 2 - box.left):.0f} {-SCALE * box.top:.0f}"
    inside = "".join([*first[:before], ways, *first[len(first) - after :]])
    return _svg(figure, box, step, _floor(box, 1) + f'<g transform="translate({place})">{inside}</g>')


def _shared(pictures: Sequence[Picture]) -> int:
    """How many groups all of them begin with: a wall is drawn once."""
    together = zip(*(picture.groups for picture in pictures), strict=False)
    return len(list(takewhile(lambda groups: len(set(groups)) == 1, together)))


def _svg(figure: Figure, box: Box, width: float, inside: str) -> str:
    size = f"0 0 {SCALE * width:.0f} {SCALE * (box.bottom - box.top):.0f}"
    label = escape(figure.alt, quote=True)
    return f'<svg class="fig" viewBox="{size}" role="img" aria-label="{label}">{inside}</svg>'


def _placed(picture: Picture, box: Box, number: int, shift: float) -> str:
    place = f"{SCALE * (shift - box.left):.0f} {-SCALE * box.top:.0f}"
    x, y = round(SCALE * box.left) + 6, round(SCALE * box.top) + 28
    count = f'<text class="fig-number" x="{x}" y="{y}">{number + 1}</text>'
    return f'<g transform="translate({place})">{"".join(picture.groups)}{count}</g>'


def _floor(box: Box, frames: int) -> str:
    wide, deep = round(SCALE * (box.right - box.left)), round(SCALE * FLOOR)
    y, step = round(SCALE * (box.floor - box.top)), SCALE * (box.right - box.left + GAP)
    path = "".join(f"M{n * step + SCALE * GAP / 2:.0f} {y}h{wide}v{deep}h-{wide}z" for n in range(frames))
    return f'<path class="fig-floor" d="{path}"/>'


def _paint(figure: Figure, frame: Frame, *, is_marked: bool, arrows: Sequence[DrawnArrow] = ()) -> Picture:
    camera = figure.camera
    parts = [*parts_of(frame.body, camera), *things(frame.props, frame.body, camera)]
    if is_marked:
        parts += [muscle_part(frame.body, muscle, side) for muscle, side in figure.muscles]
    parts.sort(key=lambda part: _layer(part, camera))
    seen = [(part.look, _circles(part, camera)) for part in parts]
    solid = [circle for _, circles in seen for circle in circles]
    groups = (*_groups(seen), *_lines(figure, frame), *(arrow.svg for arrow in arrows))
    return Picture(groups, solid, solid + [circle for arrow in arrows for circle in arrow.circles])


def _layer(part: Part, camera: Camera) -> float:
    return part.nearer if abs(part.nearer) >= LAYER else part.nearness(camera)


def _circles(part: Part, camera: Camera) -> list[Circle]:
    seen = [(camera.sees(point), radius) for point, radius in part.balls]
    return [(SCALE * x, SCALE * y, SCALE * radius) for (x, y, _), radius in seen]


def _groups(seen: Sequence[tuple[str, list[Circle]]]) -> Iterator[str]:
    """Neighbors of one look share a group, which saves a third of the bytes."""
    for look, run in groupby(seen, key=lambda pair: pair[0]):
        outlines = [outline(circles) for _, circles in run]
        if look in JOINED or len(outlines) == 1:
            yield f'<path class="{look}" d="{"".join(outlines)}"/>'
        else:
            yield f'<g class="{look}">{"".join(f"""<path d="{path}"/>""" for path in outlines)}</g>'


def _lines(figure: Figure, frame: Frame) -> Iterator[str]:
    for line, side in figure.lines:
        points = [figure.camera.sees(point) for point in line_of(frame.body, line, side)]
        path = "L".join(f"{SCALE * x:.0f} {SCALE * y:.0f}" for x, y, _ in points)
        look = "fig-line" if line == "belt" else "fig-nerve"
        yield f'<path class="{look}" d="M{path}"/>'


def _box_around(pictures: Sequence[Picture]) -> Box:
    """Around everything in any frame, so that all frames share one scale and one floor."""
    circles = [circle for picture in pictures for circle in picture.extent]
    floor = max(0.0, max(y + r for picture in pictures for _, y, r in picture.solid) / SCALE - 0.3)
    left = min(x - r for x, _, r in circles) / SCALE - EDGE
    right = max(x + r for x, _, r in circles) / SCALE + EDGE
    top = min(y - r for _, y, r in circles) / SCALE - EDGE
    bottom = max(floor + FLOOR, max(y for _, y, _ in circles) / SCALE + 3)
    # Nothing may lie under the number in the corner.
    left -= (
        CORNER
        if any(x - r < (left + CORNER) * SCALE and y - r < (top + CORNER) * SCALE for x, y, r in circles)
        else 0
    )
    spread = max(0.0, ((bottom - top) * NARROWEST - (right - left)) / 2)
    return Box(left - spread, top, right + spread, bottom, floor)
