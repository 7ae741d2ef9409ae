"""The player on a phone: it counts every hold on each side, survives a reload, and leaves the saving to the form."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from clinic.models import Patient
from programs.models import Session
from tests.factories import make_exercise_version, make_plan
from tests.machinery import chromium
from tests.programs.test_in_browser import EVERY_DAY, sign_in
from tests.programs.test_log_page import address, form_of, said

HOLD = {"sets_low": 2, "sets_high": 2, "amount_low": 20, "amount_high": 30, "unit": "seconds", "side": "each",
        "rest_seconds_low": 30, "rest_seconds_high": 30}  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_session_is_walked_step_by_step_and_then_saved(
    page: Page, patient: Patient, live_server: object
) -> None:
    make_plan(
        patient, make_exercise_version(name="Press"), make_exercise_version(name="Bridge"), weekdays=EVERY_DAY, dose=HOLD
    )  # fmt: skip
    sign_in(page, patient.user, live_server.url)
    page.clock.install()
    page.goto("/log/session/")
    player, clock = page.get_by_role("dialog"), page.get_by_role("timer")

    page.get_by_role("button", name="Start the exercises").click()
    expect(player.get_by_text("1 of 2", exact=True)).to_be_visible()
    assert chromium.axe_violations(page) == []
    player.get_by_role("button", name="Start", exact=True).click()
    expect(clock).to_have_text("5")
    for words, seconds in (
        ("Set 1 of 2 · left side", 25),
        ("Set 1 of 2 · right side", 25),
        ("1 set to go", 30),
    ):
        expect(player.get_by_text(words)).to_be_visible()
        page.clock.run_for(seconds * 1000 + 400)
    expect(player.get_by_text("Set 2 of 2 · left side")).to_be_visible()
    player.get_by_role("button", name="Pause").click()
    page.clock.run_for(60_000)

    page.reload()
    page.get_by_role("button", name="Go on where you were").click()
    expect(player.get_by_text("Set 2 of 2 · left side")).to_be_visible()
    player.get_by_role("button", name="Go on").click()
    page.clock.run_for(51_000)
    expect(player.get_by_text("2 of 2", exact=True)).to_be_visible()
    player.get_by_role("button", name="Leave it out").click()

    expect(player).to_be_hidden()
    expect(page.get_by_label("Partly")).to_be_checked()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved. Well done.")
    told = Session.objects.get().items.order_by("plan_item__position")
    assert list(told.values_list("sets_done", "amount_done")) == [(2, 20), (0, None)]
    assert page.evaluate("sessionStorage.length") == 0


def test_a_session_that_was_saved_is_not_begun_again(phone: Client, patient: Patient) -> None:
    """Who goes back to the player's address after saving sees what was saved."""
    plan = make_plan(patient, weekdays=EVERY_DAY)
    where = address()
    key = where.split("/")[-2]
    begun = phone.get("/log/session/", {"session": key}).content.decode()

    phone.post(where, said(plan.versions.get().phases.get().items.get()))

    assert f'action="{where}"' in begun
    assert phone.get("/log/session/", {"session": key}).url == where


@pytest.mark.parametrize("key", ["x", "00000000-0000-0000-0000-000000000000"])
def test_an_id_that_others_might_use_begins_another_session(
    phone: Client, patient: Patient, key: str
) -> None:
    make_plan(patient, weekdays=EVERY_DAY)

    page = phone.get("/log/session/", {"session": key}).content.decode()

    assert f'action="/log/sessions/{key}/"' not in page
    assert form_of(page)
