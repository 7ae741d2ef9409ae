"""The drawings on a phone, in a real browser: by finger, by keyboard, with and without script."""

from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from education.models import ReadingAssignment
from tests.factories import give_reading, make_clinic, make_module_version, make_patient
from tests.machinery import chromium
from tests.machinery.signed_in import session_of

pytestmark = pytest.mark.django_db(transaction=True)
BOXES = (
    "els => els.map(e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })"
)
FONT = "e => parseFloat(getComputedStyle(e).fontSize) * e.getCTM().a"


def drawing(view: str, **changes: str) -> dict[str, object]:
    return {"kind": "anatomy", "key": view, "view": view, "focus": "", "caption": "From the side.", "seeds": [], **changes}  # fmt: skip


@pytest.fixture
def reading(live_server) -> ReadingAssignment:
    version = make_module_version(sections=[drawing("layers"), drawing("chain")], checks=[])
    return give_reading(make_patient(make_clinic()), version)


def enter(page: Page, reading: ReadingAssignment, live_server) -> Page:
    page.set_default_timeout(10_000)
    user = reading.patient.user
    page.context.add_cookies([{"name": "sid", "value": session_of(user), "url": live_server.url}])
    page.goto(f"/modules/{reading.pk}/?all=1")
    return page


def labels(page: Page):
    return page.locator(".ana-label:visible")


def test_a_patient_looks_under_the_skin_by_finger_and_by_keyboard(page, reading, live_server, axe):
    enter(page, reading, live_server)
    expect(labels(page)).to_have_count(2)
    page.get_by_label("Muscles", exact=True).check()
    expect(labels(page)).to_have_count(8)

    page.locator(".ana-label.ana-is-medius").tap()
    expect(page.get_by_text("It keeps your pelvis level when you stand on one leg.")).to_be_visible()
    expect(page.get_by_role("link", name="Which of my exercises train this?")).to_be_visible()

    page.locator(".ana-label.ana-is-tfl").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".anatomy-part-tfl > summary")).to_be_focused()
    expect(page.locator(".anatomy-part-medius")).not_to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator(".ana-label.ana-is-tfl")).to_be_focused()

    page.locator(".anatomy-part-thigh-bone > summary").click()
    expect(page.get_by_label("Bones", exact=True)).to_be_checked()
    assert axe(page) == []


def test_labels_can_be_read_and_hit_on_a_phone(page, reading, live_server, figure):
    enter(page, reading, live_server)
    for layer in ("Skin", "Muscles", "Deeper", "Bones"):
        page.get_by_label(layer, exact=True).check()
        words = page.locator(".ana-label:visible text")
        boxes = words.evaluate_all(BOXES)
        hits = page.locator(".ana-label:visible rect").evaluate_all(BOXES)

        figure(f"{layer}: {words.count()} labels at {words.first.evaluate(FONT):.1f} px")

        assert words.first.evaluate(FONT) >= 12
        assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []
        assert min(min(right - left, low - top) for left, top, right, low in hits) >= 24
        assert [box for box in boxes if box[0] < 0 or box[2] > 390] == []


def test_the_chain_is_a_strip_or_a_player(new_page, reading, live_server, axe):
    page = enter(new_page(chromium.PHONE, scheme="dark"), reading, live_server)
    expect(page.locator(".chain-step:visible")).to_have_count(5)
    expect(page.get_by_role("button", name="Play")).to_be_hidden()
    assert axe(page) == []

    page.emulate_media(reduced_motion="no-preference")
    expect(page.locator(".chain-step:visible")).to_have_count(1)
    page.get_by_role("button", name="Step back").click()
    expect(page.get_by_text("Step 5 of 5")).to_be_visible()
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text("Step 1 of 5")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_without_script_a_part_leads_to_its_words(browser, reading, live_server):
    context = browser.new_context(
        java_script_enabled=False, viewport=chromium.PHONE, base_url=live_server.url
    )
    page = enter(context.new_page(), reading, live_server)

    expect(page.locator(".chain-step:visible")).to_have_count(5)
    page.get_by_label("Muscles", exact=True).check()
    page.locator(".ana-label.ana-is-vastus").click()
    expect(page.get_by_text("It helps you straighten your knee.")).to_be_visible()
    context.close()


def overlap(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
