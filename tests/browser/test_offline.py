"""A phone that loses the network, closes the app, comes back: pages open, logs arrive once, and nobody else's hands touch them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session as SignedIn
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from clinic.models import Patient
from programs.models import Session
from progress.models import DailyCheck
from tests.factories import give_reading, make_clinic, make_member, make_patient, make_plan
from tests.faults.line import Line
from tests.machinery import chromium
from tests.machinery.signed_in import session_of

pytestmark = pytest.mark.django_db(transaction=True)
IS_KEPT = "async () => !!(await caches.match('/offline/kept-at'))"
KEPT = "caches.keys().then(names => names.filter(name => name.startsWith('kept-')))"


@pytest.fixture
def patient(transactional_db) -> Patient:
    clinic = make_clinic(phone="+1 555 0100", emergency_number="911")
    doctor = make_member(clinic)
    patient = make_patient(clinic, in_care_of=doctor)
    make_plan(patient, weekdays=[1, 2, 3, 4, 5, 6, 7])
    give_reading(patient, assigned_by=doctor)
    return patient


class Device:
    """A phone with one browser profile on its disk, and a line to the server that can be cut."""

    def __init__(self, browser: Browser, line: Line, folder: Path) -> None:
        self.browser, self.line, self.folder = browser, line, folder
        self.site = f"http://127.0.0.1:{line.port}"
        self.context: BrowserContext | None = None

    def start(self) -> Page:
        """Open the app; what was saved in this profile before is there."""
        self.context = self.browser.browser_type.launch_persistent_context(
            str(self.folder), executable_path=chromium.program(), args=chromium.QUIET, viewport=chromium.PHONE,
            base_url=self.site, reduced_motion="reduce",
        )  # fmt: skip
        self.context.set_default_timeout(15_000)
        return self.context.pages[0]

    def stop(self) -> None:
        if self.context:
            self.context.close()
        self.context = None

    def sign_in(self, patient: Patient) -> None:
        later = timezone.now().timestamp() + 86_400
        cookie = {"name": "sid", "value": session_of(patient.user), "url": self.site, "expires": later}
        self.context.add_cookies([cookie])


@pytest.fixture
def device(browser: Browser, live_server, tmp_path: Path) -> Iterator[Device]:
    with Line(to=int(live_server.url.rsplit(":", 1)[1])) as line:
        device = Device(browser, line, tmp_path / "profile")
        yield device
        line.mend()
        device.stop()


@contextmanager
def airplane(device: Device, page: Page) -> Iterator[None]:
    device.line.cut()
    page.context.set_offline(True)
    yield
    device.line.mend()
    if device.context:
        device.context.set_offline(False)


def keep_pages(page: Page, address: str = "/today/") -> None:
    """Open the app and wait until its pages are on the phone."""
    page.goto(address)
    until(lambda: page.evaluate(IS_KEPT), page)


def until(is_so: Callable[[], bool], page: Page) -> None:
    for _ in range(150):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come to pass")


def log_session(page: Page) -> None:
    page.goto("/log/session/")
    page.get_by_label("Done", exact=True).click()
    page.get_by_role("button", name="Save").click()


def log_check(page: Page, pain: str = "3") -> None:
    page.goto("/log/check/")
    page.get_by_role("group", name="Pain this morning").get_by_label(pain, exact=True).check()
    page.get_by_role("button", name="Save").click()


def saved(page: Page) -> None:
    expect(page.get_by_role("heading", name="Saved on this phone")).to_be_visible()


def test_logged_in_airplane_mode_sent_once_when_the_network_is_back(device: Device, patient: Patient) -> None:
    page = device.start()
    device.sign_in(patient)
    keep_pages(page)
    with airplane(device, page):
        log_session(page)
        saved(page)
        log_session(page)
        saved(page)
        log_check(page)
        saved(page)
        expect(page.get_by_role("link", name="3 waiting to send")).to_be_visible()
        device.stop()
    page = device.start()

    page.goto("/log/saved/")

    expect(page.get_by_text("3 saved on this phone, 0 waiting")).to_be_visible()
    expect(page.locator("#on-phone").get_by_text("Sent", exact=True)).to_have_count(3)
    assert (Session.objects.count(), DailyCheck.objects.count()) == (2, 1)
    assert {row.time_suspect for row in Session.objects.all()} == {False}


def test_pages_open_without_network_and_say_how_old_they_are(device: Device, patient: Patient) -> None:
    page = device.start()
    device.sign_in(patient)
    keep_pages(page)
    module = patient.reading.get()
    headings = {
        "/": "Hello", "/today/": "Hello", "/plan/": "Your plan", "/plan/week/": "The next 7 days", "/modules/": "Learn",
        f"/modules/{module.pk}/": module.version.title, "/safety/": "When to get help", "/progress/": "No connection",
    }  # fmt: skip
    with airplane(device, page):
        seen = {
            address: (page.goto(address), page.locator("h1").first.text_content())[1] for address in headings
        }
        page.goto("/today/")
        expect(page.get_by_text("Saved on this phone at")).to_be_visible()
        has_style = page.evaluate("getComputedStyle(document.querySelector('.bar')).borderBottomWidth")

    assert {address for address in headings if headings[address] not in seen[address]} == set(), seen
    assert has_style == "1px"


def test_after_the_session_has_ended_it_waits_for_its_owner(device: Device, patient: Patient) -> None:
    stranger = make_patient(patient.clinic, in_care_of=patient.care.get().practitioner)
    page = device.start()
    device.sign_in(patient)
    keep_pages(page)
    page.goto("/log/check/")
    SignedIn.objects.all().delete()
    page.get_by_role("group", name="Pain this morning").get_by_label("3", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Sign in to send")).to_be_visible()
    until(lambda: page.evaluate(KEPT) == [], page)

    device.sign_in(stranger)
    page.goto("/log/saved/")
    expect(page.get_by_text("0 saved on this phone, 0 waiting")).to_be_visible()
    assert DailyCheck.objects.count() == 0

    device.sign_in(patient)
    page.goto("/log/saved/")
    expect(page.get_by_text("1 saved on this phone, 0 waiting")).to_be_visible()
    assert DailyCheck.objects.get().patient == patient


def test_two_tabs_send_once_and_leaving_asks_first(device: Device, patient: Patient) -> None:
    page = device.start()
    device.sign_in(patient)
    keep_pages(page)
    other = device.context.new_page()
    other.goto("/log/saved/")
    with airplane(device, page):
        log_check(page, "9")
        saved(page)
        expect(page.get_by_role("heading", name="Call 911 now")).to_be_visible()
        page.locator(".menu summary").click()
        page.get_by_role("button", name="Sign out", exact=True).click()
        expect(page.get_by_role("heading", name="Not everything is sent yet")).to_be_visible()
        page.get_by_role("button", name="Send first").click()
        expect(page.get_by_text("you are still signed in")).to_be_visible()
    for tab in (page, other):
        tab.evaluate("window.outbox.send(true)")

    expect(other.get_by_text("1 saved on this phone, 0 waiting")).to_be_visible()
    page.get_by_role("button", name="Send first").click()

    expect(page).to_have_url(f"{device.site}/accounts/login/")
    assert (DailyCheck.objects.count(), page.evaluate(KEPT)) == (1, [])


def test_a_form_that_is_not_right_comes_back_with_its_words(
    device: Device, patient: Patient, axe: Callable
) -> None:
    page = device.start()
    device.sign_in(patient)
    page.goto("/log/session/")
    page.get_by_text("Another day, or a note").click()
    page.get_by_label("Anything to add?").fill("On the mat")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Please choose one: done, partly, or not today.").first).to_be_visible()
    expect(page.get_by_label("Anything to add?")).to_have_value("On the mat")
    page.get_by_label("Done", exact=True).click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved. Well done.")
    page.goto("/log/saved/")
    expect(page.get_by_text("1 saved on this phone, 0 waiting")).to_be_visible()
    assert (Session.objects.get().note, axe(page)) == ("On the mat", [])
