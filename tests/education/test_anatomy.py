"""The drawn hip and thigh: every part where it belongs, every label readable, every word with a source."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import pytest

from education.anatomy import chain, find_part, parts, picture
from education.anatomy.drawing import box_of
from education.anatomy.scenes import LAYER_NAMES, Label, Scene, Shape, scene, shown
from education.content import load_sources
from education.rules.readability import reading

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = ["leg", "knee"]
STEPS = [f"chain-{n}" for n in range(1, 6)]
PHONE = 358  # CSS pixels that a drawing is wide on a phone of 390
SMALLEST_TARGET = 24
MOST_BYTES = 12 * 1024
CUT = {
    "body",
    "ground",
    "bone",
    "other",
    "band",
    "tendon",
    "muscle",
    "guide",
    "skin-leg",
    "shorts-leg",
    "strap",
    "strap-edge",
}
VIEWS = [("layers", ""), ("muscles", ""), ("knee", "")]
every_label = pytest.mark.parametrize(
    ("name", "label"),
    [pytest.param(n, one, id=f"{n}-{one.part}") for n in NAMES for one in scene(n).labels],
)
every_part = pytest.mark.parametrize("key", parts())


def svg(view: str, focus: str = "") -> str:
    return picture(view, address="#ana-a1-{}", focus=focus).svg


@pytest.mark.parametrize("name", NAMES + STEPS)
def test_every_shape_is_closed_and_whole_unless_the_body_goes_on_there(name: str) -> None:
    drawn = scene(name)
    may_be_cut = {"body", "bone", "other"} if name == "leg" else CUT
    outside = [
        (shape.look, shape.part)
        for shape in drawn.shapes
        if shape.look not in may_be_cut and not all(in_frame(drawn, spot) for spot in outline(shape))
    ]

    open_ends = [
        path.get("d")
        for path in ET.fromstring(draw_of(name)).iter("path")
        if path.get("class") is None and "c" in path.get("d", "") and not path.get("d", "").endswith("z")
    ]

    assert (outside, open_ends) == ([], [])


@every_label
def test_a_label_points_at_its_own_part(name: str, label: Label) -> None:
    own = [shape for shape in scene(name).shapes if shape.part == label.part]

    assert any(inside(label.to, outline(shape)) for shape in own)


@pytest.mark.parametrize("layer", LAYER_NAMES)
@pytest.mark.parametrize("name", NAMES)
def test_labels_lie_in_the_frame_and_apart_from_each_other(name: str, layer: str) -> None:
    drawn = scene(name)
    boxes = [box_of(label, drawn) for label in drawn.labels if shown(label, layer)]

    overlaps = [
        (a, b)
        for a, b in combinations(boxes, 2)
        if a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom
    ]

    assert overlaps == []
    assert all(0 <= b.left < b.right <= drawn.wide and 0 <= b.top < b.bottom <= drawn.tall for b in boxes)


@every_label
def test_a_label_is_big_enough_for_a_finger_on_a_phone(name: str, label: Label) -> None:
    drawn = scene(name)
    box, scale = box_of(label, drawn), PHONE / drawn.wide

    assert min(box.right - box.left, box.bottom - box.top) * scale >= SMALLEST_TARGET


@every_part
def test_every_part_says_what_it_is_and_does_and_who_says_so(key: str) -> None:
    part = parts()[key]
    sentences = re.findall(r"[^.]+\.", f"{part.text}")

    assert part.name and part.plain and part.sources
    assert 1 <= len(sentences) <= 3
    assert set(part.sources) - set(load_sources()) == set()


@every_part
def test_every_part_is_drawn_and_trained_by_what_can_be_trained(key: str) -> None:
    trainers = parts()[key].trains

    assert key in {label.part for name in NAMES for label in scene(name).labels}
    assert [one for one in trainers if parts()[one].trains != (one,)] == []


def test_the_style_sheet_knows_every_look_and_every_part() -> None:
    sheet = (ROOT / "static" / "anatomy.css").read_text()
    looks = {f"ana-{shape.look}" for name in NAMES + STEPS for shape in scene(name).shapes}
    details = {f"anatomy-part-{key}" for key in parts()}

    assert (looks | details) - set(re.findall(r"\.(ana[\w-]*)", sheet)) == set()


@pytest.mark.parametrize(("view", "focus"), VIEWS)
def test_a_drawing_is_small_and_well_formed(view: str, focus: str, figure) -> None:
    size = len(svg(view, focus).encode())

    figure(f"{view}: {size} bytes")

    assert ET.fromstring(svg(view, focus)).get("role") == "group"
    assert size <= MOST_BYTES


@pytest.mark.parametrize(
    ("words", "key"),
    [("band", "band"), ("IT band", "band"), ("gluteus Medius", "medius"), (" TFL ", "tfl"), ("liver", None), ("", None)],
)  # fmt: skip
def test_an_editor_may_name_a_part_in_either_way(words: str, key: str | None) -> None:
    assert getattr(find_part(words), "key", None) == key


def test_pointing_out_the_soft_pad_brings_up_the_close_up() -> None:
    near = picture("muscles", address="#ana-a1-{}", focus="soft pad")

    assert (near.lit, "30°" in near.svg) == (parts()["pad"], True)


@pytest.mark.parametrize(
    ("focus", "layer"),
    [("", "skin"), ("band", "skin"), ("TFL", "muscles"), ("bump", "bones"), ("liver", "skin")],
)
def test_layers_start_where_the_part_pointed_out_can_be_seen(focus: str, layer: str) -> None:
    assert picture("layers", address="#ana-a1-{}", focus=focus).layer == layer


def test_only_the_part_pointed_out_is_lit() -> None:
    lit = {
        node.get("class", "").split()[1]
        for node in ET.fromstring(svg("muscles", "TFL")).iter()
        if "ana-lit" in node.get("class", "")
    }

    assert lit == {"ana-is-tfl"}


def test_no_step_of_the_chain_is_told_as_certain() -> None:
    steps = chain().steps
    certain = [step.title for step in steps if not re.search(r"\bmay\b|\bseems?\b", step.text)]

    assert (len(steps), certain) == (5, [])
    assert [step.title for step in steps if set(step.sources) - set(load_sources())] == []
    assert re.search(r"\b(cause[sd]?|weak glutes|always|victim|cure)\b", words_of_chain()) is None


def test_a_sixth_grader_can_read_all_of_it() -> None:
    words = [f"{part.name}: {part.plain}. {part.text}" for part in parts().values()]

    assert max(reading(some).harder for some in (words, [words_of_chain()])) <= 6.0


def test_a_sheet_has_its_fibers_between_its_edges() -> None:
    fan = next(shape for shape in scene("leg").shapes if shape.part == "medius")

    middles = [strand[1] for strand in fan.strands()]

    assert [inside(spot, outline(fan)) for spot in middles] == [True] * fan.fibers


def words_of_chain() -> str:
    return " ".join([*(f"{step.title} {step.text}" for step in chain().steps), chain().end]).casefold()


def draw_of(name: str) -> str:
    if name.startswith("chain"):
        return chain().steps[int(name[-1]) - 1].svg
    return svg("knee" if name == "knee" else "layers")


def outline(shape: Shape) -> list[tuple[float, float]]:
    """The corners of a shape, near enough to tell inside from outside."""
    if shape.circle:
        x, y, r = shape.circle
        return [(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]
    return [*shape.points, *shape.line] or [spot for edge in shape.edges for spot in edge]


def in_frame(drawn: Scene, spot: tuple[float, float]) -> bool:
    x, y = drawn.scale.at(spot)
    return 0 <= x <= drawn.wide and 0 <= y <= drawn.tall


def inside(spot: tuple[float, float], corners: list[tuple[float, float]]) -> bool:
    """Whether a ray from the spot to the right crosses the outline an odd number of times."""
    crossings = 0
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (y1 > spot[1]) != (y2 > spot[1]):
            crossings += spot[0] < x1 + (spot[1] - y1) * (x2 - x1) / (y2 - y1)
    return crossings % 2 == 1
