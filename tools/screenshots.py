"""Take the pictures of the README from the demo: `make screenshots`. Uses a running copy, or starts one for the purpose."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.machinery import chromium  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"


def answers(site: str) -> bool:
    try:
        with urllib.request.urlopen(f"{site}/readyz", timeout=3) as response:  # our own address
            return response.status == 200
    except OSError:
        return False


@contextmanager
def running_copy() -> Iterator[str]:
    site = f"http://localhost:{os.environ.get('PORT', '8000')}"
    if answers(site):
        yield site
        return
    up = subprocess.Popen([sys.executable, "manage.py", "up"], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        while not answers(site):
            if up.poll() is not None:
                sys.exit("The demo did not start: try `make run` to see why.")
            time.sleep(1)
        yield site
    finally:
        up.send_signal(signal.SIGINT)
        up.wait(60)


def sign_in(page: Page, site: str, role: str) -> None:
    page.goto(f"{site}/accounts/login/")
    page.get_by_role("button", name=re.compile(f"^{role}")).first.click()
    page.wait_for_load_state("networkidle")


def keep(page: Page, name: str) -> None:
    """Store the picture with few colors: small enough to keep in git."""
    picture = Image.open(BytesIO(page.screenshot()))
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(128).save(FOLDER / f"{name}.png", optimize=True)
    print(f"docs/screenshots/{name}.png")


def visit(browser: Browser, site: str, role: str, size: dict[str, int], *, dark: bool = False) -> Page:
    scheme = "dark" if dark else "light"
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, site, role)
    return page


def patient_pictures(browser: Browser, site: str) -> None:
    page = visit(browser, site, "Patient, doing well", chromium.PHONE)
    keep(page, "today")
    page.goto(f"{site}/log/session/")
    keep(page, "log")
    page.goto(f"{site}/plan/")
    page.get_by_text("How to do it").first.click()
    page.locator("details[open]").first.evaluate("box => box.scrollIntoView({block: 'center'})")
    keep(page, "exercise")
    page.goto(f"{site}/modules/")
    page.locator("a[href^='/modules/']:has-text('Meet your IT band')").first.click()
    page.wait_for_load_state("networkidle")
    keep(page, "module")
    dark = visit(browser, site, "Patient, doing well", chromium.PHONE, dark=True)
    dark.goto(f"{site}/progress/")
    keep(dark, "progress-dark")


def staff_pictures(browser: Browser, site: str) -> None:
    page = visit(browser, site, "Practitioner", chromium.DESKTOP)
    keep(page, "caseload")
    page.locator("a[href^='/patients/']").first.click()
    page.wait_for_load_state("networkidle")
    keep(page, "patient")
    page.goto(f"{page.url}plan/")
    keep(page, "plan")
    editor = visit(browser, site, "Editor", chromium.DESKTOP)
    editor.goto(f"{site}/cms/")
    keep(editor, "content")


def main() -> None:
    with running_copy() as site, sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        patient_pictures(browser, site)
        staff_pictures(browser, site)
        browser.close()


if __name__ == "__main__":
    main()
