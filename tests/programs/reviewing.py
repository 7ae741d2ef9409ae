"""The pictures as somebody reviewed them, and how a drawing is held against its own.

`python -m tests.programs.reviewing` draws all of them anew: look at /library/figures/ beside the written steps first.
"""

import html
import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import Browser, sync_playwright

from programs.figures import codes, delivered, picture
from tests.machinery import chromium

FOLDER = Path(__file__).parent / "figures_reviewed"
SHEET = (Path(__file__).parent.parent.parent / "static" / "site.css").read_text()
WIDTH, COLORS = 300, 160
BLOCK = 4  # pixels each way: smaller differences are a matter of smoothing
MOST = 40  # of 255, in the block that differs most
PAGE = """<!doctype html><style>{sheet}</style>
<style>.fig {{ inline-size: {width}px; max-block-size: none !important; border-radius: 0; }} .fig-number {{ display: none; }}</style>{figures}"""


def rendered(browser: Browser, poses: Mapping[str, Mapping[str, Any]]) -> dict[str, Image.Image]:
    """Each pose as a browser shows it, without the numbers, whose shape depends on the machine's fonts."""
    page = browser.new_page(viewport={"width": WIDTH + 40, "height": 800}, device_scale_factor=1)
    shown = "".join(f'<div id="{html.escape(code)}">{picture(pose)}</div>' for code, pose in poses.items())
    page.set_content(PAGE.format(sheet=SHEET, width=WIDTH, figures=shown))
    boxes = {code: page.locator(f"#{code} svg").bounding_box() for code in poses}
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    page.close()
    return {code: whole.crop(_edges(box)) for code, box in boxes.items()}


def _edges(box: Mapping[str, float]) -> tuple[int, int, int, int]:
    left, top = round(box["x"]), round(box["y"])
    return left, top, left + round(box["width"]), top + round(box["height"])


def reviewed(code: str) -> Image.Image:
    return Image.open(FOLDER / f"{code.lower()}.png").convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> int:
    """How far the two are apart where they are farthest, from 0 to 255; not of one size is as far as can be."""
    if max(abs(a - b) for a, b in zip(one.size, other.size, strict=True)) > 1:
        return 255
    size = min(one.size, other.size)
    apart = ImageChops.difference(one.crop((0, 0, *size)), other.crop((0, 0, *size)))
    blocks = apart.resize((size[0] // BLOCK, size[1] // BLOCK), Image.Resampling.BOX)
    return max(high for _low, high in blocks.getextrema())


def renew() -> int:
    """Write every picture as it is drawn now; give the number of bytes."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        drawn = rendered(browser, {code: delivered(code) for code in codes()})
        browser.close()
    for code, image in drawn.items():
        few = image.quantize(COLORS, dither=Image.Dither.NONE)
        few.save(FOLDER / f"{code.lower()}.png", optimize=True)
    return sum(path.stat().st_size for path in FOLDER.glob("*.png"))


if __name__ == "__main__":
    sys.stdout.write(f"{len(codes())} pictures, {renew() // 1024} KB\n")
