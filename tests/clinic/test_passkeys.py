"""A passkey, in a real browser with a virtual authenticator, under our own Content-Security-Policy."""

import pytest
from playwright.sync_api import Page

from clinic import actions
from clinic.models import OutgoingMail
from tests.factories import make_clinic

pytestmark = pytest.mark.django_db(transaction=True)
TRUSTED = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_authenticator(page: Page) -> None:
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable", {"enableUI": False})
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": TRUSTED})


def sign_in_by_code(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", email)
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_url("**/confirm/**")
    page.fill("input[name=code]", OutgoingMail.objects.latest("created_at").context["code"])
    page.get_by_role("button", name="Sign in").click()


def test_staff_add_a_passkey_show_it_and_next_time_need_no_code(page):
    actions.add_member(
        clinic=make_clinic(), email="pia@example.org", name="Pia", role="clinic_admin", by=None
    )

    sign_in_by_code(page, "pia@example.org")
    page.wait_for_url("**/accounts/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    give_authenticator(page)
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/reauthenticate/**")  # on the way to the recovery codes
    page.get_by_role("button", name="passkey").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto("/")
    let_in = page.url
    page.locator("summary").first.click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/manage/")

    assert let_in.endswith("/manage/")
    assert OutgoingMail.objects.filter(kind="sign_in_code").count() == 1
