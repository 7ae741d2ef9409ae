"""What people do, from the mail to the practitioner's page, with real clicks, keys and mail."""

import re
from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from clinic.actions.outbox import drain
from clinic.models import Patient
from programs.models import Plan, Session
from tests.browser.conftest import Cast, Watched
from tests.machinery import chromium
from tests.machinery.signed_in import enroll, one_time_code, session_of
from tests.machinery.smtp import Sink

BORN = "1990-05-17"
EMAIL = "ada@example.org"


class Hand:
    """Clicks or taps, counted."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, target: Locator) -> None:
        self.count += 1
        target.click()


def mailed(sink: Sink, to: str) -> str:
    """The newest text to this person, once everything due is sent."""
    drain()
    newest = [mail for mail in sink.messages if mail["To"] == to][-1]
    return newest.get_body(("plain",)).get_content()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def test_from_the_invitation_to_the_practitioners_page(
    cast: Cast, watch: Callable[..., Watched], smtp_sink: Sink
) -> None:
    desk = watch(chromium.DESKTOP).sign_in(cast.practitioner)
    phone = watch(chromium.PHONE)

    invite(desk.page)
    come_in(phone.page, smtp_sink)
    clicks = assign(desk.page, Patient.objects.get(email=EMAIL))
    read_a_module(phone.page)
    taps = log_as_prescribed(phone.page)

    assert (clicks <= 10, taps <= 6) == (True, True), (clicks, taps)
    see_the_session(desk.page)
    assert (desk.complaints, phone.complaints) == ([], [])


def invite(page: Page) -> None:
    page.goto("/caseload/")
    page.get_by_role("link", name=re.compile("Invite")).first.click()
    page.get_by_label("Name", exact=True).fill("Ada Quick")
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_label("Date of birth").fill(BORN)
    button(page, "Send the invitation").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Quick")


def come_in(page: Page, sink: Sink) -> None:
    page.goto(re.search(r"http\S+/invite/\S+", mailed(sink, EMAIL)).group())
    page.get_by_label("Your date of birth").fill(BORN)
    button(page, "Go on").click()
    page.get_by_label("I have read this and I agree.").check()
    button(page, "Agree and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Ada")


def assign(page: Page, patient: Patient) -> int:
    """From the patient page, a standard program as it is; every day, so that today has a session. Returns the clicks."""
    page.goto(reverse("patient", args=[patient.pk]))
    hand = Hand()
    hand(page.get_by_role("link", name=re.compile("Assign a plan")).first)
    hand(page.locator(".template-cards a").first)
    every = page.get_by_role("group", name=re.compile("Days|days")).first
    for day in every.get_by_role("checkbox").all():
        if not day.is_checked():
            hand(day)
    hand(button(page, "Assign this plan"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Quick")
    assert Plan.objects.get(patient=patient).versions.count() == 1
    return hand.count


def read_a_module(page: Page) -> None:
    page.goto("/modules/")
    page.get_by_role("link", name="Read").first.click()
    step = page.get_by_role("button", name=re.compile("Next|I have read it"))
    is_last = False
    while not is_last:
        expect(step).to_be_enabled()
        is_last = "I have read it" in step.inner_text()
        step.click()
    expect(button(page, "Check my answer").first).to_be_visible()


def log_as_prescribed(page: Page) -> int:
    """From Today. Returns the taps."""
    Patient.objects.get(email=EMAIL)
    page.goto("/log/session/")
    tap = Hand()
    tap(page.get_by_label("Done", exact=True))
    tap(page.get_by_role("group", name=re.compile("Pain after")).get_by_label("1", exact=True))
    tap(page.get_by_role("group", name=re.compile("How hard")).get_by_label("Just right"))
    tap(button(page, "Save"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Saved")
    return tap.count + 1  # one on Today to get here


def see_the_session(page: Page) -> None:
    page.goto("/caseload/")
    page.get_by_role("link", name="Ada Quick").first.click()
    session = Session.objects.get(patient__email=EMAIL)
    page.get_by_role("link", name=re.compile("log", re.IGNORECASE)).first.click()
    expect(page.get_by_text("Done").first).to_be_visible()
    assert (session.outcome, session.pain_after, session.effort) == ("done", 1, 5)


def test_a_practitioner_signs_in_by_keyboard_alone(
    cast: Cast, watch: Callable[..., Watched], smtp_sink: Sink
) -> None:
    enroll(cast.practitioner)
    desk = watch(chromium.DESKTOP)
    page, keys = desk.page, desk.page.keyboard
    page.goto("/accounts/login/")

    reach(page, "Email")
    keys.type(cast.practitioner.email)
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email")
    reach(page, "Code")
    keys.type(
        re.search(
            r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mailed(smtp_sink, cast.practitioner.email), re.M
        ).group(1)
    )
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    reach(page, "Code")
    keys.type(one_time_code())
    keys.press("Enter")
    expect(page).to_have_url(re.compile("/caseload/$"))
    reach(page, cast.patient.name)
    keys.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(cast.patient.name)
    assert desk.complaints == []


FOCUSED = """() => {
    const on = document.activeElement;
    if (!on.matches("a, button, input, select, summary, textarea")) return "";
    return on.labels?.length ? on.labels[0].innerText : on.innerText || on.getAttribute("aria-label") || "";
}"""


def reach(page: Page, words: str, *, presses: int = 60) -> None:
    """Press Tab until the focus is on what bears these words; it must be seen there."""
    for _press in range(presses):
        if words in page.evaluate(FOCUSED):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{words!r} is not reached by Tab on {page.url}")


def test_a_wrong_answer_stands_next_to_its_field(cast: Cast, watch: Callable[..., Watched]) -> None:
    page = watch(chromium.PHONE).sign_in(cast.practitioner).page
    page.goto("/caseload/invite/")
    page.get_by_label("Name", exact=True).fill("Zoë O’Neil")
    page.get_by_label("Email address").fill(cast.patient.email)
    page.get_by_label("Date of birth").fill("2035-01-01")

    button(page, "Send the invitation").click()

    born = page.get_by_label("Date of birth")
    described = [
        page.locator(f"#{ref}").inner_text() for ref in born.get_attribute("aria-describedby").split()
    ]
    assert any("in the past" in words for words in described), described
    assert page.get_by_label("Name", exact=True).input_value() == "Zoë O’Neil"
    expect(page.locator("[role=alert], .error-summary").first).to_be_focused()


def test_a_session_is_logged_without_script(cast: Cast, browser: Browser, live_server) -> None:
    context = browser.new_context(
        viewport=chromium.PHONE, base_url=live_server.url, java_script_enabled=False
    )
    context.add_cookies([{"name": "sid", "value": session_of(cast.patient.user), "url": live_server.url}])
    page, before = context.new_page(), Session.objects.filter(patient=cast.patient).count()

    page.goto("/today/")
    page.goto("/log/session/")
    page.get_by_label("Done", exact=True).click()
    button(page, "Save").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Saved")
    context.close()
    assert Session.objects.filter(patient=cast.patient).count() == before + 1
