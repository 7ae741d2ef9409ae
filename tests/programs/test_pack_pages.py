"""Editors take the content pack away, and bring one in after they saw what it would change."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page, expect

from clinic.models import AuditEvent
from programs.actions import export_pack, make_own_version
from programs.models import Exercise
from tests.education import desk
from tests.machinery import chromium
from tests.machinery.signed_in import session_of
from tests.programs.test_desk import make_exercise, publish_exercise
from tests.programs.test_pack import changed

pytestmark = pytest.mark.django_db
HERE, IMPORT = "/cms/content-pack/", "/cms/content-pack/import/"


@pytest.fixture
def at_desk(db) -> Client:
    make_exercise()
    return desk.signed_in(desk.make_editor())


def theirs() -> bytes:
    return changed(export_pack(by=None), "exercises/CLAM.json", purpose="Theirs")


def uploaded(client: Client, data: bytes, **fields: str):
    return client.post(HERE, {"file": SimpleUploadedFile("pack.zip", data), **fields})


def draft() -> str:
    return Exercise.objects.get(clinic=None).get_latest_revision_as_object().purpose


def test_the_pack_is_downloaded_and_that_is_noted(at_desk):
    answer = at_desk.post("/cms/content-pack/export/")

    assert (answer.content, answer["Content-Type"]) == (export_pack(by=None), "application/zip")
    assert AuditEvent.objects.filter(verb="pack.exported", actor__isnull=False).count() == 1


def test_looking_changes_nothing_and_going_ahead_does(at_desk):
    data = theirs()
    page = uploaded(at_desk, data, overwrite="on")
    before = draft()

    answer = at_desk.post(IMPORT, {"digest": hashlib.sha256(data).hexdigest(), "overwrite": "on"})

    assert ("1 changed" in page.content.decode(), before, draft()) == (True, "Strength", "Theirs")
    assert (answer.status_code, Exercise.objects.get().versions.count()) == (302, 1)
    assert AuditEvent.objects.get(verb="pack.imported").actor is not None


def test_what_was_edited_here_is_shown_as_left(at_desk):
    assert "edited here, left as it is" in uploaded(at_desk, theirs()).content.decode()


@pytest.mark.parametrize("data", [b"", b"nothing", b"x" * 5_000_001], ids=["empty", "other", "big"])
def test_what_is_not_a_pack_is_refused_on_the_page(at_desk, data):
    answer = uploaded(at_desk, data)
    assert (answer.status_code, len(answer.context["form"].errors["file"])) == (422, 1)


def test_another_person_s_upload_is_not_there_to_be_brought_in(at_desk):
    data = theirs()
    uploaded(at_desk, data, overwrite="on")
    other = desk.signed_in(desk.make_editor())

    other.post(IMPORT, {"digest": hashlib.sha256(data).hexdigest(), "overwrite": "on"})

    assert draft() == "Strength"


@pytest.mark.parametrize("digest", ["", "x", "0" * 64])
def test_going_ahead_with_nothing_asks_for_the_file(at_desk, digest):
    assert at_desk.post(IMPORT, {"digest": digest})["Location"] == HERE


@pytest.mark.django_db(transaction=True)
def test_an_editor_compares_copies_and_packs_in_a_browser(new_page, live_server, axe):
    clam, editor = make_exercise(), desk.make_editor()
    clinic = editor.memberships.get().clinic
    copy = make_own_version(original=clam, clinic=clinic, by=editor)
    publish_exercise(desk.signed_in(editor), clam, purpose="Get stronger, in a calm way", kit="Loop band")
    page: Page = new_page(chromium.DESKTOP, scheme="dark")
    page.context.add_cookies([{"name": "sid", "value": session_of(editor), "url": live_server.url}])

    page.goto("/library/")
    page.get_by_role("link", name="See what changed").click()
    found = axe(page)
    page.get_by_role("region", name="Purpose").get_by_role("button", name="Use the original's words").click()
    page.get_by_role("button", name="I have seen version 2").click()

    expect(page.get_by_text("has not changed since you looked at it")).to_be_visible()
    copy.refresh_from_db()
    assert copy.get_latest_revision_as_object().purpose == "Get stronger, in a calm way"
    page.goto(HERE)
    found += axe(page)
    page.get_by_label("Content pack").set_input_files(
        {"name": "p.zip", "mimeType": "application/zip", "buffer": theirs()}
    )
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What this pack brings")).to_be_visible()
    assert found + axe(page) == []
