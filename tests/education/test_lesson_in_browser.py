"""A whole module in a real browser: by keyboard alone on a narrow window, in the dark, without script, read aloud."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from education.models import BeliefRating, OwnWords, PassageQuestion, ReadingAssignment
from tests.education.whole import SECTIONS, make_whole
from tests.factories import give_reading, make_clinic, make_member, make_patient
from tests.machinery import chromium
from tests.machinery.signed_in import session_of

pytestmark = pytest.mark.django_db(transaction=True)
ZOOMED = {"width": 320, "height": 640}  # 1280 pixels at 400 %
LAST = len(SECTIONS)

# Stands in for the machine's voice, which a test machine does not have: says nothing, and notes what it was given.
VOICE = """
window.heard = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", { value: {
  speak(words) { heard.push([words.lang, words.text]); if (heard.length < 5) setTimeout(() => words.onend(), 0); },
  cancel() { heard.push("cancel"); }, pause() { heard.push("pause"); }, resume() { heard.push("resume"); },
} });
"""


@pytest.fixture
def reading(live_server) -> ReadingAssignment:
    clinic = make_clinic()
    clinician = make_member(clinic)
    patient = make_patient(clinic, in_care_of=clinician)
    return give_reading(patient, make_whole(), assigned_by=clinician, why="You asked about this.")


def signed_in(context: BrowserContext, reading: ReadingAssignment, live_server) -> Page:
    context.add_cookies([{"name": "sid", "value": session_of(reading.patient.user), "url": live_server.url}])
    return context.new_page()


@pytest.fixture
def plain(browser, reading, live_server) -> Iterator[Page]:
    """A browser without script."""
    context = browser.new_context(
        base_url=live_server.url, viewport=chromium.PHONE, java_script_enabled=False
    )
    yield signed_in(context, reading, live_server)
    context.close()


class Keys:
    """Somebody who has a keyboard and no pointer."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: str, *, press: str = "Enter") -> None:
        """Go on with Tab to what this selector finds, and press a key there."""
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("target => document.activeElement.matches(target)", target):
                return self.page.keyboard.press(press)
        raise AssertionError(f"Tab does not come to {target}")

    def write(self, target: str, words: str) -> None:
        self.reach(target, press="End")
        self.page.keyboard.type(words)


def walk(page: Page, look) -> None:
    """From the first question to the last word, in every state that a reader meets."""
    keys = Keys(page)
    keys.reach("[name=b1]", press="Space")
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    keys.reach("#beliefs-before button")
    expect(page.locator("#part-1")).to_be_focused()
    look("begun")
    keys.reach(".term")
    expect(page.locator("#term-1")).to_be_visible()
    look("a word explained")
    page.keyboard.press("Escape")
    expect(page.locator("#term-1")).to_be_hidden()
    keys.reach("#part-1 .ask > summary")
    keys.write("#ask-1-text", "Is mine too firm?")
    keys.reach("#part-1 .ask button")
    expect(page.get_by_text("“Is mine too firm?”")).to_be_visible()
    for number in range(1, LAST):
        keys.reach(".lesson-next button")
        expect(page.locator(f"#part-{number + 1}")).to_be_focused()
        if page.locator(f"#part-{number + 1}.part-sorter").count():
            sort(page, keys)
            look("sorted")
    keys.reach(".lesson-next button")
    expect(page.locator("#checks")).to_be_focused()
    look("read")
    finish(page, keys, look)


def sort(page: Page, keys: Keys) -> None:
    for number in range(1, 5):
        keys.reach("[data-pick=myth]")
        expect(page.get_by_text(f"{number} of 4 sorted")).to_be_visible()
    assert page.locator(".sorter-same:visible, .sorter-other:visible").all_inner_texts() == [
        "You knew.",
        "Many people see it your way at first.",
        "You knew.",
        "Many people see it your way at first.",
    ]


def finish(page: Page, keys: Keys, look) -> None:
    keys.reach("#check-q1 [type=radio]", press="Space")
    keys.reach("#check-q1 button")
    expect(page.get_by_text("Not quite yet")).to_be_visible()
    look("answered wrong")
    keys.reach("a[href='#part-2']")
    expect(page.locator("#part-2")).to_be_focused()
    keys.reach("#check-q1 [type=radio]", press="ArrowDown")
    keys.reach("#check-q1 button")
    expect(page.get_by_text("Yes: strong tissue.")).to_be_visible()
    keys.reach("#beliefs-after [name=b1]", press="Space")
    keys.reach("#beliefs-after button")
    expect(page.get_by_text("not asked yet")).to_be_visible()
    keys.write("#own-words-w1-text", "Firm is fine.")
    keys.reach("#own-words-w1 button")
    expect(page.get_by_text("Kept.")).to_be_visible()
    look("finished")


def test_a_whole_module_by_keyboard_at_four_times_the_size_in_the_dark(new_page, reading, live_server, axe):
    page = signed_in(new_page(ZOOMED, scheme="dark").context, reading, live_server)
    complaints, wide = [], []

    def look(state: str) -> None:
        complaints.extend(f"{state}: {found}" for found in axe(page))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(state)

    page.goto(f"/modules/{reading.pk}/")
    look("unopened")
    walk(page, look)

    assert (complaints, wide) == ([], [])
    assert str(ReadingAssignment.objects.get().state) == "understood"
    assert list(BeliefRating.objects.values_list("moment", "value")) == [("before", 8), ("after", 0)]
    assert (OwnWords.objects.get().text, PassageQuestion.objects.get().section_key) == ("Firm is fine.", "x1")


def test_a_whole_module_without_script(plain, reading):
    plain.goto(f"/modules/{reading.pk}/")
    plain.get_by_label("8", exact=True).check(force=True)
    plain.get_by_role("button", name="Start reading").click()
    plain.get_by_text("Ask about this").first.click()
    plain.get_by_label("Your question").first.fill("Is mine too firm?")
    plain.get_by_role("button", name="Send my question").click()
    expect(plain.get_by_text("“Is mine too firm?”")).to_be_visible()
    for _ in range(LAST - 1):
        plain.get_by_role("button", name="Next").click()
    plain.locator(".sorter-told > summary").first.click()
    expect(plain.get_by_text("It’s a myth.").first).to_be_visible()
    plain.get_by_role("button", name="I have read it").click()
    plain.get_by_label("It is a firm strap").check(force=True)
    plain.get_by_role("button", name="Check my answer").click()
    plain.get_by_text("Words on this page").click()

    expect(plain.get_by_role("definition").get_by_text("A strong strip")).to_be_visible()
    expect(plain.get_by_role("button", name="Listen")).to_be_hidden()
    assert str(ReadingAssignment.objects.get().state) == "understood"


def test_another_device_goes_on_at_the_paragraph(new_page, reading, live_server):
    phone = signed_in(new_page(chromium.PHONE).context, reading, live_server)
    phone.goto(f"/modules/{reading.pk}/?all=1")
    with phone.expect_response(lambda answer: answer.url.endswith("/place/")):
        phone.locator("#part-8-1").evaluate("paragraph => paragraph.scrollIntoView()")

    desktop = signed_in(new_page(chromium.DESKTOP).context, reading, live_server)
    desktop.goto("/modules/")
    desktop.get_by_role("link", name="Read").click()

    expect(desktop.locator("#part-8")).to_be_in_viewport()
    assert desktop.url.endswith("?all=1#part-8")


def test_the_browser_reads_aloud_part_by_part(new_page, reading, live_server):
    page = signed_in(new_page(chromium.PHONE).context, reading, live_server)
    page.add_init_script(VOICE)
    page.goto(f"/modules/{reading.pk}/?all=1")

    page.get_by_role("button", name="Listen").click()
    expect(page.locator("#part-2")).to_have_class("part part-fact is-spoken")
    page.get_by_role("button", name="Pause").press("Enter")
    page.get_by_role("button", name="Go on").press("Enter")
    page.get_by_role("button", name="Stop").press("Enter")

    assert page.evaluate("heard") == [
        "cancel",
        ["en", "A strap, not a muscle"],
        ["en", "Your IT band is a strong strip on the outside of your thigh."],
        ["en", "It can’t squeeze. The gluteus medius and its friends do that."],
        ["en", "A firm band is normal. It has to be firm to do its job."],
        "pause",
        "resume",
        "cancel",
    ]
    expect(page.get_by_role("button", name="Listen")).to_be_focused()


def test_on_paper_there_is_nothing_to_press(new_page, reading, live_server):
    page = signed_in(new_page(chromium.DESKTOP).context, reading, live_server)
    page.goto(f"/modules/{reading.pk}/?all=1")
    page.emulate_media(media="print")

    assert page.locator("#main button:visible:not(.term)").all_inner_texts() == []
    expect(page.get_by_text("Count in weeks.")).to_be_visible()
