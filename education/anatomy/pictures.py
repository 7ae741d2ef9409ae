"""Which drawing a view shows, and which parts can be tapped in it."""

from dataclasses import dataclass
from functools import lru_cache

from education.anatomy.drawing import draw
from education.anatomy.parts import BodyPart, find_part, parts
from education.anatomy.scenes import LAYER_NAMES, Scene, scene


@dataclass(frozen=True, kw_only=True)
class Picture:
    """`lit` is the part to point out, or None. `has_layers`: all layers are in it, for a style sheet to choose from.

    `layer` is the one to show first: the outermost, or where the part to point out can be seen.
    """

    svg: str
    parts: tuple[BodyPart, ...]
    lit: BodyPart | None
    has_layers: bool
    layer: str


@lru_cache(maxsize=256)
def picture(view: str, *, address: str, focus: str = "") -> Picture:
    """The drawing of a view ("layers", "muscles" or "knee"), each part linked to the address with `{}` filled by its key.

    Pointing out what only the close-up of the knee shows well brings up the close-up. An unknown focus points out nothing.
    """
    lit = find_part(focus)
    is_near = view == "knee" or (view == "muscles" and lit is not None and lit.key == "pad")
    drawn = scene("knee" if is_near else "leg")
    has_layers = view == "layers"
    layer = "" if is_near or has_layers else "muscles"
    named = drawn.parts(layer)
    known = tuple(part for key, part in parts().items() if key in named)
    svg = draw(drawn, layer=layer, address=address, lit=lit.key if lit else "")
    lit = lit if lit in known else None
    return Picture(svg=svg, parts=known, lit=lit, has_layers=has_layers, layer=_first_layer(drawn, lit))


def _first_layer(drawn: Scene, lit: BodyPart | None) -> str:
    layers = [label.layers for label in drawn.labels if lit and label.part == lit.key and label.layers]
    outer = LAYER_NAMES[0]
    return layers[0][0] if layers and outer not in layers[0] else outer
