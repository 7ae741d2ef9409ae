"""Every exercise has a picture of a person who could really stand, lie or hop like that."""

import gzip
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from programs import figures
from programs.figures import BadPose, codes, delivered, pose_of
from programs.figures.body import TOUCHES, Body, Leg, Pose, stand
from programs.figures.drawing import draw
from programs.figures.limits import angles
from programs.figures.motion import positions
from programs.figures.poses import Figure, Frame, figure_of
from programs.figures.shapes import outline
from programs.library import load_library

ROOT = Path(__file__).resolve().parent.parent.parent
CODES = codes()
MOST_BYTES = 4096
IN_THE_AIR = {("HOP_SL", 1), ("POGO", 1)}
TWO_WAYS = {"CADENCE", "STEP_WIDTH", "WALK_RUN"}  # compared side by side
HOPS = {"HOP_SL", "POGO"}
ELEMENTS = {
    "svg": {"class", "viewBox", "role", "aria-label"}, "g": {"class", "transform"}, "path": {"class", "d"},
    "text": {"class", "x", "y"},
}  # fmt: skip


def read(code: str) -> Figure:
    return figure_of(delivered(code))


def picture(code: str) -> str:
    return figures.picture(delivered(code))


def frames() -> list[tuple[str, int, Frame]]:
    return [(code, n, frame) for code in CODES for n, frame in enumerate(read(code).frames)]


every_frame = pytest.mark.parametrize(
    ("code", "number", "frame"), [pytest.param(*row, id=f"{row[0]}-{row[1] + 1}") for row in frames()]
)
every_code = pytest.mark.parametrize("code", CODES)


def test_every_exercise_is_drawn_and_nothing_else() -> None:
    assert sorted(load_library().exercises) == list(CODES)
    assert len(CODES) == 39


@every_frame
def test_no_joint_goes_farther_than_a_human_one(code: str, number: int, frame: Frame) -> None:
    assert [angle for angle in angles(frame.body) if not angle.is_human] == []


@every_frame
def test_nobody_sinks_into_the_floor(code: str, number: int, frame: Frame) -> None:
    assert [name for name, height in undersides(frame.body).items() if height < -0.5] == []


@every_frame
def test_everybody_stands_or_lies_on_something(code: str, number: int, frame: Frame) -> None:
    assert bool(touched(frame, within=0.6)) == ((code, number) not in IN_THE_AIR)


@every_frame
def test_a_bent_limb_keeps_its_length(code: str, number: int, frame: Frame) -> None:
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


def moving(code: str) -> list[Frame]:
    return list(positions(read(code)))


every_movement = pytest.mark.parametrize("code", [code for code in CODES if code not in TWO_WAYS])


@every_movement
def test_no_joint_goes_farther_than_a_human_one_on_the_way(code: str) -> None:
    assert [(n, angle) for n, frame in enumerate(moving(code)) for angle in angles(frame.body) if not angle.is_human] == []  # fmt: skip


@every_movement
def test_nobody_sinks_or_floats_on_the_way(code: str) -> None:
    frames = moving(code)
    sunk = [(n, name) for n, frame in enumerate(frames) for name, height in undersides(frame.body).items() if height < -0.5]  # fmt: skip
    floating = [n for n, frame in enumerate(frames) if not touched(frame, within=1.0)]

    assert (sunk, bool(floating)) == ([], code in HOPS)


@every_movement
def test_the_way_starts_and_ends_where_the_frames_are_and_jumps_nowhere(code: str) -> None:
    figure, frames = read(code), moving(code)
    steps = [
        max(distance(before.body.joints[name], after.body.joints[name]) for name in before.body.joints)
        for before, after in pairwise(frames)
    ]

    assert (frames[0], frames[-1]) == (figure.frames[0], figure.frames[-1])
    assert max(steps) < 0.35 * max(10.0, sum(steps))
    assert 7 <= len(frames) <= 13


def test_a_standing_foot_stays_where_it_stands_on_the_way() -> None:
    places = [frame.body.joints["right_ball"] for frame in moving("RDL_SL")]

    assert max(distance(place, places[0]) for place in places) < 0.1


@every_movement
def test_a_movement_is_a_few_kilobytes_on_its_way_to_a_phone(code: str) -> None:
    svg = figures.motion(delivered(code))
    root = ET.fromstring(svg)

    assert len(gzip.compress(svg.encode())) <= 5 * 1024
    assert len([n for n in root.iter() if n.attrib.get("class") == "fig-way"]) == len(moving(code))


@pytest.mark.parametrize("code", sorted(TWO_WAYS))
def test_two_ways_to_compare_are_no_movement(code: str) -> None:
    assert figures.motion(delivered(code)) is None


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


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        ({"height": 92, "right_leg": {"foot": [60, 0, 9]}}, "to reach"),
        ({"right_leg": {"kne": 10}}, "unknown words"),
        ({"pitsch": 3}, "pitsch"),
        ({"pitch": "much"}, "real number"),
        ({"height": 1e308, "x": 1e308}, "infinity"),
        ({"props": [{"kind": "sofa"}]}, "unknown marks or props"),
        ({"props": [{"kind": "rod", "look": '"><script>', "from": [0, 0, 0], "to": [9, 0, 0], "radius": 1}]}, "unknown"),
        ({"props": [{"kind": "chair"}]}, "wrong kind"),
        ({"props": 3}, "not iterable"),
    ],
    ids=["out of reach", "limb", "word", "number", "far away", "prop", "look", "half a prop", "props"],
)  # fmt: skip
def test_what_nobody_can_draw_is_refused(frame: dict[str, object], why: str) -> None:
    with pytest.raises(BadPose, match=why):
        figures.picture({"alt": "x", "marks": [], "frames": [frame]})


def test_a_pose_without_frames_is_refused_and_no_pose_has_no_picture() -> None:
    with pytest.raises(BadPose):
        figures.picture({"alt": "x", "marks": [], "frames": []})

    assert figures.picture({}) is figures.picture(delivered("NO_SUCH_CODE")) is None


def test_a_version_has_its_own_pose_and_an_older_one_the_delivered() -> None:
    own = {"alt": "Standing.", "marks": [], "frames": [{"height": 92}]}

    assert pose_of({"pose": own}, "CLAM") == own
    assert pose_of({}, "CLAM") == delivered("CLAM")


def test_words_cannot_break_out_of_the_picture() -> None:
    label = ET.fromstring(draw(replace(read("CLAM"), alt='"><script>'))).attrib["aria-label"]

    assert label == '"><script>'


def test_the_outline_of_one_circle_is_a_circle_and_of_two_a_capsule() -> None:
    assert outline([(10, 10, 4)]) == "M6 10a4 4 0 1 1 8 0a4 4 0 1 1-8 0z"
    assert outline([(0, 0, 5), (20, 0, 5)]).count("a5 5") == 2
    assert outline([(0, 0, 5), (0, 0, 2)]) == outline([(0, 0, 5)])


def touched(frame: Frame, *, within: float) -> list[str]:
    """What lies on the floor or on something like a step."""
    tops = [0.0, *(max(prop["from"][1], prop["to"][1]) for prop in frame.props if prop["kind"] == "box")]
    return [
        name for name, height in undersides(frame.body).items() for top in tops if abs(height - top) < within
    ]


def undersides(body: Body) -> dict[str, float]:
    kinds = {name: name.split("_")[-1] for name in body.joints}
    return {name: body.joints[name][1] - TOUCHES[kind] for name, kind in kinds.items() if kind in TOUCHES}


def distance(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
