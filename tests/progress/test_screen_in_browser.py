"""The screen on a phone without a network: the card is there as soon as the answer is."""

from playwright.sync_api import Page, expect

from tests.factories import make_clinic, make_patient
from tests.machinery.signed_in import session_of


def test_an_urgent_answer_shows_its_card_at_once_without_a_network(
    page: Page, live_server, transactional_db, axe
) -> None:
    patient = make_patient(make_clinic(phone="+1 555 0100", emergency_number="911"))
    page.context.add_cookies([{"name": "sid", "value": session_of(patient.user), "url": live_server.url}])
    page.goto("/log/screen/")
    page.context.set_offline(True)
    question = page.get_by_role("group", name="Chest pain, trouble breathing")

    question.get_by_label("Not sure").check()

    card = page.get_by_role("alert").filter(has_text="This could be an emergency")
    expect(card.get_by_role("link", name="Call 911 now")).to_be_in_viewport()
    expect(card.get_by_role("link", name="Call 911 now")).to_have_attribute("href", "tel:911")
    assert axe(page) == []

    question.get_by_label("No", exact=True).check()
    expect(page.get_by_text("This could be an emergency")).to_have_count(0)
    question.get_by_label("Yes").check()
    page.context.set_offline(False)
    card.get_by_role("button", name="I have called").click()
    expect(page).to_have_url(f"{live_server.url}/card/")
    expect(page.get_by_text("You told us that you have called.")).to_be_visible()
    row = patient.screens.get()
    assert (row.answers, row.level, row.events.filter(kind="called").count()) == ({"E4": "yes"}, "E", 1)
