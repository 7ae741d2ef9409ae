"""From a scene to one SVG whose parts are links. What a part looks like is left to the style sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from education.anatomy.parts import parts
from education.anatomy.paths import around, closed, opened
from education.anatomy.scenes import Label, Mark, Scene, Shape, shown

LINE, WIDE = 17, 92  # height of a line of words, width of the room for words on either side
EDGE, ROOM = 2, 9  # free at the edge of the drawing; around words, so that a finger finds them


def draw(scene: Scene, *, layer: str = "", address: str = "", lit: str = "") -> str:
    """The drawing, each part a link to the address with `{}` filled by its key, one of them lit.

    With a layer only that one is drawn; else all are, and each shape says in which layers it belongs.
    """
    pen = Pen(scene, layer, address, lit)
    inside = [pen.shape(one) for one in scene.shapes if shown(one, layer)]
    inside += [pen.mark(one) for one in scene.marks]
    inside += [pen.label(one) for one in scene.labels if shown(one, layer)]
    role, alt = ("group" if scene.labels else "img"), escape(scene.alt, quote=True)
    size = f"0 0 {scene.wide} {scene.tall}"
    return f'<svg class="ana" viewBox="{size}" role="{role}" aria-label="{alt}">{"".join(inside)}</svg>'


@dataclass(frozen=True)
class Pen:
    """Draws one thing after another in one scene."""

    scene: Scene
    layer: str
    address: str
    lit: str

    def shape(self, shape: Shape) -> str:
        """Pointers may tap the shape itself; keyboards and readers take its label, which says the same."""
        inside, on = "".join(_paths(shape, self.scene)), self._layers(shape)
        if not shape.part or not self.address:
            return f'<g class="ana-{shape.look}"{on}>{inside}</g>'
        looks = f"ana-{shape.look} {self._looks(shape.part)}"
        return f'<a class="{looks}"{on} href="{self._to(shape.part)}" tabindex="-1" aria-hidden="true">{inside}</a>'

    def mark(self, mark: Mark) -> str:
        x, y = self.scene.scale.at(mark.at)
        return f'<text class="ana-mark" x="{x}" y="{y}" text-anchor="middle">{escape(mark.text)}</text>'

    def label(self, label: Label) -> str:
        part, box, to = parts()[label.part], box_of(label, self.scene), self.scene.scale.at(label.to)
        x, end = (box.right - ROOM, "end") if label.side == "left" else (box.left + ROOM, "start")
        edge, middle = (box.right - 3, box.left + 3)[end == "start"], (box.top + box.bottom) // 2
        words = "".join(
            f'<tspan x="{x}" y="{box.top + (n + 1) * LINE}">{escape(line)}</tspan>'
            for n, line in enumerate(part.label)
        )
        looks, name = f"ana-label {self._looks(part.key)}", escape(part.name, quote=True)
        return (
            f'<a class="{looks}"{self._layers(label)} href="{self._to(part.key)}" aria-label="{name}">'
            f'<rect x="{box.left}" y="{box.top}" width="{box.right - box.left}" height="{box.bottom - box.top}" rx="8"/>'
            f'<path d="M{edge} {middle}L{to[0]} {to[1]}"/><circle cx="{to[0]}" cy="{to[1]}" r="4"/>'
            f'<text text-anchor="{end}">{words}</text></a>'
        )

    def _to(self, part: str) -> str:
        return escape(self.address.replace("{}", part), quote=True)

    def _looks(self, part: str) -> str:
        return f"ana-is-{part}{' ana-lit' if part == self.lit else ''}"

    def _layers(self, one: Shape | Label) -> str:
        """An attribute that names the layers by their first letters, for the style sheet."""
        if self.layer or not one.layers:
            return ""
        return f' data-on="{" ".join(name[0] for name in one.layers)}"'


@dataclass(frozen=True)
class Box:
    left: int
    top: int
    right: int
    bottom: int


def box_of(label: Label, scene: Scene) -> Box:
    """The room a label takes beside the drawing: wide enough for its words, tall enough for a finger."""
    top = scene.scale.at((0, label.at))[1] - LINE
    left = EDGE if label.side == "left" else scene.wide - WIDE - EDGE
    return Box(left, top, left + WIDE, top + LINE * len(parts()[label.part].label) + ROOM)


def _paths(shape: Shape, scene: Scene) -> Iterator[str]:
    scale = scene.scale
    if shape.circle:
        x, y = scale.at((shape.circle[0], shape.circle[1]))
        yield f'<circle cx="{x}" cy="{y}" r="{round(shape.circle[2] * scale.units)}"/>'
    elif shape.line:
        yield f'<path class="ana-open" d="{opened(shape.line, scale)}"/>'
    else:
        yield f'<path d="{closed(shape.points, scale) if shape.points else around(shape.edges, scale)}"/>'
    strands = [*shape.lines, *shape.strands()]
    if strands:
        yield f'<path class="ana-fiber" d="{"".join(opened(strand, scale) for strand in strands)}"/>'
