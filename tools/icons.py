"""Draw the icons of the home screen from our own mark: `.venv/bin/python -m tools.icons` writes static/icons/."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.machinery import chromium

STATIC = Path(__file__).resolve().parent.parent / "static"
COLORS = 32
# Name, size, and the part of the square that the mark fills: launchers may cut a maskable icon down to a circle of 80 %.
ICONS = [("192", 192, 1.0), ("512", 512, 1.0), ("maskable", 512, 0.72), ("apple", 180, 0.86)]


def page(size: int, fills: float) -> str:
    mark = (STATIC / "favicon.svg").read_text().replace("<svg", f'<svg width="{size * fills}"')
    ground = "#0b463f" if fills < 1 else "transparent"
    return (
        f'<body style="margin:0;width:{size}px;height:{size}px;display:grid;place-items:center;'
        f'background:{ground}">{mark}</body>'
    )


def main() -> None:
    (STATIC / "icons").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for name, size, fills in ICONS:
            tab = browser.new_page(viewport={"width": size, "height": size})
            tab.set_content(page(size, fills))
            drawn = Image.open(BytesIO(tab.screenshot(omit_background=fills == 1)))
            drawn.quantize(COLORS).save(STATIC / "icons" / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
