"""Every exercise has a picture of a person who could really stand, lie or hop like that."""

import hashlib
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from programs.figures import BadPose, codes, picture
from programs.figures.body import TOUCHES, Body, Leg, Pose, stand
from programs.figures.drawing import draw
from programs.figures.limits import angles
from programs.figures.poses import Figure, Frame, read
from programs.figures.shapes import outline
from programs.library import load_library

ROOT = Path(__file__).resolve().parent.parent.parent
CODES = codes()
MOST_BYTES = 4096
IN_THE_AIR = {("HOP_SL", 1), ("POGO", 1)}
ELEMENTS = {
    "svg": {"class", "viewBox", "role", "aria-label"}, "g": {"class", "transform"}, "path": {"class", "d"},
    "text": {"class", "x", "y"},
}  # fmt: skip


def frames() -> list[tuple[Figure, int, Frame]]:
    return [
        (figure, n, frame)
        for code in CODES
        for figure in [read(code)]
        for n, frame in enumerate(figure.frames)
    ]


every_frame = pytest.mark.parametrize(
    ("figure", "number", "frame"), [pytest.param(*row, id=f"{row[0].code}-{row[1] + 1}") for row in frames()]
)
every_code = pytest.mark.parametrize("code", CODES)


def test_every_exercise_is_drawn_and_nothing_else() -> None:
    assert sorted(load_library().exercises) == CODES
    assert len(CODES) == 39


@every_frame
def test_no_joint_goes_farther_than_a_human_one(figure: Figure, number: int, frame: Frame) -> None:
    assert [angle for angle in angles(frame.body) if not angle.is_human] == []


@every_frame
def test_nobody_sinks_into_the_floor(figure: Figure, number: int, frame: Frame) -> None:
    assert [name for name, height in undersides(frame.body).items() if height < -0.5] == []


@every_frame
def test_everybody_stands_or_lies_on_something(figure: Figure, number: int, frame: Frame) -> None:
    tops = [0.0, *(max(prop["from"][1], prop["to"][1]) for prop in frame.props if prop["kind"] == "box")]

    touching = [
        name for name, height in undersides(frame.body).items() for top in tops if abs(height - top) < 0.6
    ]

    assert bool(touching) == ((figure.code, number) not in IN_THE_AIR)


@every_frame
def test_a_bent_limb_keeps_its_length(figure: Figure, number: int, frame: Frame) -> None:
    joints = frame.body.joints
    bones = [("hip", "knee", 43), ("knee", "ankle", 42), ("shoulder", "elbow", 29), ("elbow", "wrist", 26)]

    lengths = {
        f"{side} {low}": round(distance(joints[f"{side}_{high}"], joints[f"{side}_{low}"]) - length, 1)
        for side in ("right", "left")
        for high, low, length in bones
    }

    assert {name: wrong for name, wrong in lengths.items() if abs(wrong) > 0.5} == {}


@every_code
def test_a_picture_is_small_and_well_formed_and_needs_no_style_of_its_own(code: str) -> None:
    svg = picture(code)
    root = ET.fromstring(svg)

    assert len(svg.encode()) <= MOST_BYTES
    assert {node.tag for node in root.iter()} <= set(ELEMENTS)
    assert [(n.tag, name) for n in root.iter() for name in n.attrib if name not in ELEMENTS[n.tag]] == []


def test_every_look_is_in_the_style_sheet() -> None:
    looks = {look for code in CODES for look in re.findall(r'class="([^"]+)"', picture(code))}
    styled = set(re.findall(r"\.(fig[\w-]*)", (ROOT / "static" / "site.css").read_text()))

    assert looks - styled == set()


def test_no_two_pictures_are_told_in_the_same_words() -> None:
    words = {code: read(code).alt for code in CODES}

    assert len(set(words.values())) == len(CODES)
    assert [code for code, alt in words.items() if not re.search(r"(Start: .+\. End: |First: .+\. Second: )", alt)
            and not re.search(r"Start: .+ End: ", alt)] == []  # fmt: skip


@every_code
def test_the_picture_shows_a_change(code: str) -> None:
    bodies = [frame.body for frame in read(code).frames]

    assert max(distance(bodies[0].joints[name], bodies[1].joints[name]) for name in bodies[0].joints) > 2


def test_a_head_is_a_proper_part_of_a_grown_up() -> None:
    body = stand(Pose())
    crown = body.joints["head"][1] + 10.3

    assert 7 < crown / 21.4 < 8
    assert 160 < crown < 180


def test_a_knee_bent_the_wrong_way_is_found() -> None:
    backward = stand(Pose(legs={"right": Leg(knee=-20)}))

    assert [angle.joint for angle in angles(backward) if not angle.is_human] == ["right knee flexion"]


def test_a_foot_pushed_through_the_floor_is_found() -> None:
    sunk = stand(replace(Pose(), height=80))

    assert min(undersides(sunk).values()) < -10


def test_a_foot_out_of_reach_is_refused(tmp_path: Path) -> None:
    (tmp_path / "far.toml").write_text(
        'alt = "x"\nmarks = []\n[[frames]]\nheight = 92\nright_leg = { foot = [60, 0, 9] }\n'
    )

    with pytest.raises(BadPose, match=r"far\.toml: .* to reach"):
        read("FAR", folder=tmp_path)


@pytest.mark.parametrize("line", ["right_leg = { kne = 10 }", "pitsch = 3", 'props = [{ kind = "sofa" }]'])
def test_a_misspelled_word_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "typo.toml").write_text(f'alt = "x"\nmarks = []\n[[frames]]\n{line}\n')

    with pytest.raises(BadPose):
        read("TYPO", folder=tmp_path)


def test_nothing_is_drawn_for_an_exercise_the_kit_does_not_know() -> None:
    assert picture("NO_SUCH_CODE") is None


def test_words_cannot_break_out_of_the_picture() -> None:
    label = ET.fromstring(draw(replace(read("CLAM"), alt='"><script>'))).attrib["aria-label"]

    assert label == '"><script>'


def test_the_outline_of_one_circle_is_a_circle_and_of_two_a_capsule() -> None:
    assert outline([(10, 10, 4)]) == "M6 10a4 4 0 1 1 8 0a4 4 0 1 1-8 0z"
    assert outline([(0, 0, 5), (20, 0, 5)]).count("a5 5") == 2
    assert outline([(0, 0, 5), (0, 0, 2)]) == outline([(0, 0, 5)])


@every_code
def test_the_picture_is_the_one_that_was_looked_at(code: str) -> None:
    """Look at /library/figures/ beside the written steps, then write the new digest into reviewed_figures.txt."""
    reviewed = dict(
        line.split() for line in (Path(__file__).parent / "reviewed_figures.txt").read_text().splitlines()
    )

    assert hashlib.sha256(picture(code).encode()).hexdigest()[:16] == reviewed[code]


def undersides(body: Body) -> dict[str, float]:
    kinds = {name: name.split("_")[-1] for name in body.joints}
    return {name: body.joints[name][1] - TOUCHES[kind] for name, kind in kinds.items() if kind in TOUCHES}


def distance(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
