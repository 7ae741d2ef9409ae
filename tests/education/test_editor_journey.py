"""An editor's whole way in a real browser: a sentence changed, refused, mended, reviewed by another, public; compared and restored."""

import pytest
from django.urls import reverse
from playwright.sync_api import ConsoleMessage, Page, expect

from education.models import Module
from education.queries import current_versions
from tests.education import desk
from tests.factories import give_reading, make_clinic, make_member, make_patient
from tests.machinery import chromium
from tests.machinery.signed_in import client_with, session_of

pytestmark = pytest.mark.django_db(transaction=True)
HARD = (
    "Longitudinal investigations of rehabilitation demonstrate considerable heterogeneity of functional outcomes, so "
    "practitioners individualize recommendations according to multidimensional assessments."
)
PLAIN = "The band is a strong strap. It runs from hip to knee."


def enter(page: Page, user, live_server, complaints: list[str]) -> Page:
    page.context.add_cookies([{"name": "sid", "value": session_of(user), "url": live_server.url}])

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


def send(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Send to review").click()


def write_and_send(page: Page, module: Module) -> None:
    """A hard paragraph is refused at its block and pointed out; a plain one goes to review."""
    page.goto(desk.edit_address(module))
    page.get_by_role("button", name="Toggle the publish gate").click()
    words = page.locator("textarea[name='sections-0-value-text']")
    words.fill(HARD)
    expect(page.locator("#gate-panel mark").first).to_contain_text("Longitudinal investigations")
    send(page)
    expect(page.get_by_text("at 9 it is not published").first).to_be_visible()
    assert module.versions.count() == 1

    page.locator("textarea[name='sections-0-value-text']").fill(PLAIN)
    send(page)
    expect(page.get_by_text("Somebody who did not write it looks at it now")).to_be_visible()


def approve(page: Page) -> None:
    page.goto("/cms/")
    expect(page.get_by_text("Waits for you")).to_be_visible()
    page.get_by_role("link", name="Old words").first.click()
    expect(page.locator("ins").filter(has_text="strong")).to_be_visible()
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("Approved. It is public now")).to_be_visible()


def text_of(reading) -> str:
    client = client_with(session_of(reading.patient.user))
    return client.get(reverse("module", args=[reading.pk])).content.decode()


def test_a_sentence_goes_from_an_editor_through_another_to_patients_and_back(new_page, live_server):
    clinic, module, complaints = make_clinic(), desk.make_module(), []
    author, reviewer, clinician = desk.make_editor(), desk.make_editor(), make_member(clinic)
    before = give_reading(make_patient(clinic), current_versions()[0], assigned_by=clinician)
    page = enter(new_page(chromium.DESKTOP), author, live_server, complaints)

    write_and_send(page, module)
    page.goto(desk.review_address(module))
    expect(page.get_by_text("somebody else decides on it")).to_be_visible()
    expect(page.get_by_role("button", name="Approve and publish")).to_have_count(0)
    approve(enter(new_page(chromium.DESKTOP), reviewer, live_server, complaints))

    after = give_reading(make_patient(clinic), current_versions()[0], assigned_by=clinician)
    assert ("strong strap" in text_of(before), "strong strap" in text_of(after)) == (False, True)
    compare_and_restore(page, module)
    assert complaints == []


def compare_and_restore(page: Page, module: Module) -> None:
    first, last = module.revisions.order_by("pk").first(), module.revisions.order_by("pk").last()
    named = module.snippet_viewset.get_url_name
    page.goto(reverse(named("revisions_compare"), args=[module.pk, first.pk, last.pk]))
    expect(page.locator(".comparison .addition").filter(has_text="strong")).to_be_visible()
    page.goto(reverse(named("revisions_revert"), args=[module.pk, first.pk]))
    page.get_by_role("button", name="Replace current draft").click()
    expect(page.get_by_text("has been replaced with version from")).to_be_visible()
    module.refresh_from_db()
    draft = module.get_latest_revision_as_object()
    assert (draft.sections[0].value["text"], module.versions.count()) == ("The band is a strap.", 2)
