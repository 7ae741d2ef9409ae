"""Reading on a phone and editing at a desk, in a real browser, with script."""

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from education.models import CheckAttempt, ModuleVersion, ReadingAssignment
from education.queries import current_versions
from tests.education import desk
from tests.factories import give_reading, make_clinic, make_member, make_patient
from tests.machinery import chromium
from tests.machinery.signed_in import session_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reading(live_server) -> ReadingAssignment:
    clinic = make_clinic()
    clinician = make_member(clinic)
    patient = make_patient(clinic, in_care_of=clinician)
    desk.make_module()
    return give_reading(patient, current_versions()[0], assigned_by=clinician, why="You asked about this.")


def enter(page: Page, user, live_server) -> Page:
    page.context.add_cookies([{"name": "sid", "value": session_of(user), "url": live_server.url}])
    page.complaints = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            page.complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def state(reading: ReadingAssignment) -> str:
    return str(ReadingAssignment.objects.get(pk=reading.pk).state)


def test_a_patient_reads_and_answers_without_a_page_load(page, reading, live_server, axe):
    enter(page, reading.patient.user, live_server)
    page.goto("/modules/")
    page.get_by_role("link", name="Read").click()
    loads = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))

    expect(page.get_by_text("The band is a strap.")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Hips pull.")).to_be_visible()
    page.get_by_role("button", name="I have read it").click()
    page.get_by_label("A muscle").check(force=True)
    page.get_by_role("button", name="Check my answer").click()
    expect(page.get_by_text("Not quite yet")).to_be_visible()
    page.get_by_label("A strap").check(force=True)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="You’ve got this one")).to_be_visible()

    assert (state(reading), CheckAttempt.objects.count(), loads) == ("understood", 2, [])
    assert (axe(page), page.complaints) == ([], [])


def test_opening_the_page_is_noted_by_its_script(page, reading, live_server):
    enter(page, reading.patient.user, live_server)
    with page.expect_response(lambda answer: answer.url.endswith("/open/")):
        page.goto(f"/modules/{reading.pk}/")
    assert state(reading) == "opened"


def test_a_lost_connection_says_so_and_keeps_the_place(page, reading, live_server):
    enter(page, reading.patient.user, live_server)
    page.goto(f"/modules/{reading.pk}/")

    page.context.set_offline(True)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("That did not reach us")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Next").click()

    expect(page.get_by_text("Hips pull.")).to_be_visible()


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(chromium.PHONE, "light"), (chromium.DESKTOP, "dark")], ids=["phone", "desktop"]
)
def test_pages_about_reading_pass_axe(new_page, reading, live_server, axe, scheme, viewport):
    page = enter(new_page(viewport, scheme=scheme), reading.patient.user, live_server)
    found = {}
    for address in ("/modules/", f"/modules/{reading.pk}/", f"/modules/{reading.pk}/?all=1"):
        page.goto(address)
        found[address] = axe(page)
    assert [violations for violations in found.values() if violations] == []


def test_an_editor_works_under_the_strict_policy(desktop, live_server):
    """Lists, forms, preview, planning, choosing, history: nothing refused by the policy, no other host asked."""
    module = desk.make_module()
    page = enter(desktop, desk.make_editor(), live_server)
    hosts = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    for address in ("", "snippets/education/module/", "snippets/education/module/add/"):
        page.goto(f"/cms/{address}")
    page.goto(f"/cms/snippets/education/module/history/{module.pk}/")

    page.goto(desk.edit_address(module))
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("iframe[id*=preview]").get_by_text("The band is a strap.")
    expect(preview).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    page.locator("input[name=go_live_at]").click()
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)

    assert (page.complaints, hosts) == ([], {live_server.url.removeprefix("http://")})


def test_an_editor_sees_at_which_answer_the_mistake_is(desktop, live_server):
    module = desk.make_module()
    page = enter(desktop, desk.make_editor(), live_server)

    page.goto(desk.edit_address(module))
    page.locator("input[name$='-right']").first.uncheck()
    page.locator("input[name$='-passage']").last.fill("nowhere")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Send to review").click()

    expect(page.get_by_text("Mark exactly one answer as right.")).to_be_visible()
    expect(page.get_by_text("No section has the key “nowhere”.")).to_be_visible()
    assert ModuleVersion.objects.filter(module=module).count() == 1
