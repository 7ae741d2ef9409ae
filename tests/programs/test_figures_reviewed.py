"""Every picture still looks as it did when somebody held it against its written steps."""

import copy

import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import Browser

from programs.figures import codes, delivered
from tests.programs.reviewing import FOLDER, MOST, difference, rendered, reviewed


@pytest.fixture(scope="module")
def drawn(browser: Browser) -> dict[str, Image.Image]:
    return rendered(browser, {code: delivered(code) for code in codes()})


def test_every_picture_looks_as_it_was_reviewed(drawn: dict[str, Image.Image]) -> None:
    """Look at /library/figures/ first; then `python -m tests.programs.reviewing`."""
    changed = {
        code: apart for code, image in drawn.items() if (apart := difference(image, reviewed(code))) > MOST
    }

    assert changed == {}


def test_there_is_one_reviewed_picture_for_each_and_they_are_small() -> None:
    files = sorted(FOLDER.glob("*.png"))

    assert {file.stem.upper() for file in files} == set(codes())
    assert sum(file.stat().st_size for file in files) <= 400 * 1024


def test_smoothing_of_another_machine_is_no_change(drawn: dict[str, Image.Image]) -> None:
    softer = {code: image.filter(ImageFilter.GaussianBlur(0.5)) for code, image in drawn.items()}

    assert max(difference(image, reviewed(code)) for code, image in softer.items()) <= MOST


@pytest.mark.parametrize(
    ("code", "limb", "angle", "degrees"),
    [
        ("BOX_SQUAT", "right_arm", "shoulder", 8),
        ("QUAD_EXT", "right_leg", "hip", 8),
        ("CARRY", "left_leg", "knee", 10),
    ],
)
def test_a_limb_that_moved_is_a_change(
    browser: Browser, code: str, limb: str, angle: str, degrees: int
) -> None:
    pose = copy.deepcopy(delivered(code))
    part = pose["frames"][1].setdefault(limb, {})
    part[angle] = part.get(angle, pose["frames"][0].get(limb, {}).get(angle, 0)) + degrees

    moved = rendered(browser, {code: pose})[code]

    assert difference(moved, reviewed(code)) > MOST
