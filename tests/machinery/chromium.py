"""The machine's own Chromium, driven by Playwright, and axe to judge what it shows."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]
QUIET += [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
]  # nothing leaves the machine
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class NoChromium(Exception):
    """There is no browser to test with."""


def program() -> str:
    """The browser to use: CHROMIUM from the environment, else the machine's own."""
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise NoChromium(
            "No Chromium found: run `apt-get install chromium`, or set CHROMIUM to the path of one."
        )
    return found


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=program(), args=QUIET)


def context(
    browser: Browser,
    *,
    viewport: dict[str, int],
    base_url: str | None,
    scheme: str = "light",
    worker: bool = False,
) -> BrowserContext:
    """A browser profile of its own. Without `worker` no page is kept for times without network: each is asked for anew."""
    is_phone = viewport["width"] < 600
    made = browser.new_context(
        viewport=viewport,
        base_url=base_url,
        color_scheme=scheme,
        reduced_motion="reduce",
        has_touch=is_phone,
        is_mobile=is_phone,
    )
    if not worker:
        made.add_init_script("delete Navigator.prototype.serviceWorker")
    return made


def axe_violations(page: Page, *, run_only: Sequence[str] = WCAG, within: str = "html") -> list[str]:
    """What axe objects to on this page, one line for each element; empty is good. `run_only`: its tags or rules.

    `within` is a selector: what surrounds it is somebody else's.

    Spoken to over the debugging protocol, which our Content-Security-Policy does not hinder.
    """
    protocol = page.context.new_cdp_session(page)
    protocol.send("Runtime.evaluate", {"expression": AXE})
    run = f"axe.run({within!r}, {{runOnly: {list(run_only)}, resultTypes: ['violations']}})"
    answer = protocol.send(
        "Runtime.evaluate", {"expression": run, "awaitPromise": True, "returnByValue": True}
    )
    protocol.detach()
    found = answer["result"]["value"]["violations"]
    return [f"{rule['id']}: {node['target']} ({rule['help']})" for rule in found for node in rule["nodes"]]
