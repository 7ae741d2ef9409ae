"""What a phone pays for its first look at Today and at a module, from the web server that `make run` starts, with nothing cached."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from clinic import processes
from clinic.embedded import free_port
from tests.browser.conftest import Cast
from tests.education.whole import SECTIONS, make_whole
from tests.factories import give_reading
from tests.machinery import chromium
from tests.machinery.signed_in import session_of

MOST_BYTES = 60 * 1024
MOST_REQUESTS = 6
MODULE = (80 * 1024, 12)  # all its parts at once, drawings included


@dataclass
class Traffic:
    """What went over the wire, headers included, as the browser counted it."""

    page: Page
    asked: dict[str, str] = field(default_factory=dict)
    received: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        protocol = self.page.context.new_cdp_session(self.page)
        protocol.on(
            "Network.requestWillBeSent",
            lambda sent: self.asked.update({sent["requestId"]: sent["request"]["url"]}),
        )
        protocol.on(
            "Network.loadingFinished",
            lambda done: self.received.update({done["requestId"]: int(done["encodedDataLength"])}),
        )
        protocol.send("Network.enable")
        protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})


@pytest.fixture
def server(cast: Cast, child_env: dict[str, str], tmp_path: Path) -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    env = child_env | {
        "GRANIAN_HOST": "127.0.0.1",
        "GRANIAN_PORT": str(port),
        "GRANIAN_WORKERS": "1",
        "SITE_URL": address,
    }
    web = processes.start(
        "web", processes.python(*processes.COMMANDS["web"]), env=env, log=tmp_path / "web.log"
    )
    try:
        wait_for(port, web)
        yield address
    finally:
        web.stop()


def wait_for(port: int, web: processes.Process, *, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and web.alive:
        try:
            asking = HTTPConnection("127.0.0.1", port, timeout=2)
            asking.request("GET", "/healthz")
            asking.getresponse()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"The web server did not start:\n{web.last_words()}")


def first_look(address: str, server: str, cast: Cast, browser: Browser) -> Traffic:
    context = chromium.context(browser, viewport=chromium.PHONE, base_url=server, worker=True)
    context.add_cookies([{"name": "sid", "value": session_of(cast.patient.user), "url": server}])
    traffic = Traffic(context.new_page())
    traffic.page.goto(address, wait_until="networkidle")
    context.close()
    return traffic


def test_the_first_look_at_today_is_light(server: str, cast: Cast, browser: Browser, figure) -> None:
    traffic = first_look("/today/", server, cast, browser)

    weight = sum(traffic.received.values())
    figure(f"{weight / 1024:.1f} KB in {len(traffic.asked)} requests")
    assert set(traffic.asked) == set(traffic.received)
    assert [url for url in traffic.asked.values() if not url.startswith((server, "data:"))] == []
    assert (weight <= MOST_BYTES, len(traffic.asked) <= MOST_REQUESTS) == (True, True), traffic


def test_the_first_look_at_a_module_with_figures_is_light(
    server: str, cast: Cast, browser: Browser, figure
) -> None:
    muscles = {"kind": "anatomy", "key": "a1", "view": "layers", "focus": "", "caption": "", "seeds": []}
    reading = give_reading(cast.patient, make_whole(sections=[*SECTIONS, muscles]))
    traffic = first_look(f"/modules/{reading.pk}/?all=1", server, cast, browser)

    weight = sum(traffic.received.values())
    figure(f"{weight / 1024:.1f} KB in {len(traffic.asked)} requests")
    assert (weight <= MODULE[0], len(traffic.asked) <= MODULE[1]) == (True, True), traffic
