"""Signing in: a mailed code for everybody, a second factor for staff, and what a session may then reach."""

from collections import Counter
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinic import actions
from clinic.access import must_have_second_factor
from clinic.actions import outbox
from clinic.adapters import MFAAdapter
from clinic.mail import KINDS
from clinic.models import Membership, OutgoingMail, User
from tests.factories import make_clinic, make_patient, make_user

pytestmark = pytest.mark.django_db
STAFF_PAGES = ["home", "caseload", "library", "manage", "invite_patient", "nobody", "consent", "today"]
OTHER_PAGES = ["/cms/", "/ops/admin/", "/accounts/email/", "/accounts/sessions/", "/patients/x/"]


@pytest.fixture
def staff():
    return actions.add_member(
        clinic=make_clinic(), email="pia@example.org", name="Pia", role="practitioner", by=None
    ).user


@pytest.fixture
def patient():
    patient = make_patient(make_clinic(), email="ann@example.org")
    EmailAddress.objects.create(user=patient.user, email="ann@example.org", verified=True, primary=True)
    return patient


def newest_code() -> str:
    return OutgoingMail.objects.filter(kind="sign_in_code").latest("created_at").context["code"]


def sign_in(browser: Client, email: str) -> str:
    """Ask for a code, read it in the outbox, send it; returns where that leads."""
    browser.post(reverse("account_login"), {"login": email})
    return browser.post(reverse("account_confirm_login_code"), {"code": newest_code()}).url


def give_totp(user: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def totp_code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_a_patient_signs_in_with_the_code_from_the_outbox_and_nothing_else(patient):
    browser = Client()

    where = sign_in(browser, "ann@example.org")

    row = OutgoingMail.objects.get()
    assert where == reverse("today")
    assert (row.kind, row.to, row.mail_class) == ("sign_in_code", "ann@example.org", "code")
    assert row.not_after - row.due_at == timedelta(minutes=10)
    assert KINDS["sign_in_code"].wiped_after == ("code",)


def test_a_patients_session_lasts_thirty_days_and_staffs_twelve_hours(patient, staff):
    at_home, at_work = Client(), Client()
    secret = give_totp(staff)
    sign_in(at_home, "ann@example.org")
    sign_in(at_work, "pia@example.org")
    at_work.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})

    for browser in (at_home, at_work):
        browser.get(reverse("home"))

    lasts = [round(b.session.get_expiry_age() / 3600) for b in (at_home, at_work)]
    assert lasts == [24 * 30, 12]


def test_a_staff_session_ends_after_twelve_hours_however_busy(staff):
    secret, browser = give_totp(staff), Client()
    sign_in(browser, "pia@example.org")
    browser.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})
    browser.get(reverse("home"))
    session = browser.session
    ends = session.get_expiry_date()

    session["busy"] = True
    session.save()

    assert browser.session.get_expiry_date() == ends


@pytest.mark.parametrize("page", [*STAFF_PAGES, *OTHER_PAGES])
def test_staff_without_a_second_factor_reach_only_its_set_up(staff, page):
    browser = Client()
    sign_in(browser, "pia@example.org")

    reply = browser.get(page if page.startswith("/") else reverse(page))

    missing = page == "/patients/x/"  # no such route
    assert (reply.status_code, reply.headers.get("Location")) == (
        (404, None) if missing else (302, reverse("mfa_index"))
    )


def test_a_script_of_staff_without_a_second_factor_is_told_in_json(staff):
    browser = Client(headers={"accept": "application/json"})
    browser.force_login(staff)

    reply = browser.get(reverse("caseload"))

    assert (reply.status_code, reply.json()) == (403, {"error": "second_factor"})


def test_signing_out_works_without_a_second_factor(staff):
    browser = Client()
    sign_in(browser, "pia@example.org")

    browser.post(reverse("account_logout"))

    assert "_auth_user_id" not in browser.session


def test_staff_with_an_app_are_asked_for_it_after_the_code_and_only_then_let_in(staff):
    secret, browser = give_totp(staff), Client()

    first = sign_in(browser, "pia@example.org")
    halfway = "_auth_user_id" in browser.session
    second = browser.post(reverse("mfa_authenticate"), {"code": totp_code(secret)}).url

    assert (first, halfway, second) == (reverse("mfa_authenticate"), False, reverse("caseload"))
    assert browser.get(reverse("home")).url == reverse("caseload")


def test_a_wrong_second_factor_does_not_let_in(staff):
    give_totp(staff)
    browser = Client()
    sign_in(browser, "pia@example.org")

    reply = browser.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert (reply.status_code, "_auth_user_id" in browser.session) == (200, False)


def test_a_recovery_code_works_once(staff):
    give_totp(staff)
    code = RecoveryCodes.activate(staff).get_unused_codes()[0]

    entered = []
    for _time in range(2):
        browser = Client()
        sign_in(browser, "pia@example.org")
        browser.post(reverse("mfa_authenticate"), {"code": code})
        entered.append("_auth_user_id" in browser.session)

    assert entered == [True, False]


def test_a_session_from_before_the_second_factor_has_to_show_it_too(staff):
    early = Client()
    sign_in(early, "pia@example.org")
    secret = give_totp(staff)  # set up in another browser

    sent_to = early.get(reverse("caseload")).url
    back = early.post(sent_to, {"code": totp_code(secret)}).url

    assert sent_to == reverse("mfa_reauthenticate") + "?next=%2Fcaseload%2F"
    assert (back, early.get(reverse("home")).url) == (reverse("caseload"), reverse("caseload"))


def test_setting_up_the_app_gives_recovery_codes_and_then_the_caseload(
    staff, django_capture_on_commit_callbacks
):
    browser = Client()
    sign_in(browser, "pia@example.org")
    secret = browser.get(reverse("mfa_activate_totp")).context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        after = browser.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)}).url
    shown_again = browser.get(after).url
    browser.post(shown_again, {"code": totp_code(secret)})

    assert (after, shown_again.split("?")[0]) == (
        reverse("mfa_view_recovery_codes"),
        reverse("mfa_reauthenticate"),
    )
    assert len(browser.get(after).context["unused_codes"]) == 10
    assert browser.get(reverse("home")).url == reverse("caseload")
    assert OutgoingMail.objects.get(kind="account_notice").context == {"notice": "totp_activated"}


def test_staff_keep_their_last_second_factor_and_patients_need_none(staff, patient):
    give_totp(staff), give_totp(patient.user)
    adapter = MFAAdapter()
    rows = {row.user_id: row for row in Authenticator.objects.filter(type="totp")}

    assert adapter.can_delete_authenticator(rows[staff.pk]) is False
    assert adapter.can_delete_authenticator(rows[patient.user_id]) is True


def test_a_passkey_removed_in_this_session_closes_the_door_again(staff):
    secret, browser = give_totp(staff), Client()
    sign_in(browser, "pia@example.org")
    browser.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})
    browser.get(reverse("home"))

    browser.post(reverse("mfa_deactivate_totp"))  # refused, but the verdict is asked for anew
    Authenticator.objects.all().delete()

    assert browser.get(reverse("home")).url == reverse("mfa_index")


def test_a_patient_who_joins_the_staff_signs_in_again_and_sets_up_a_second_factor(patient):
    browser = Client()
    sign_in(browser, "ann@example.org")
    browser.get(reverse("home"))

    actions.add_member(clinic=patient.clinic, email="ann@example.org", name="Ann", role="editor", by=None)

    assert browser.get(reverse("home")).url.startswith(reverse("account_login"))
    sign_in(browser, "ann@example.org")
    assert browser.get(reverse("home")).url == reverse("mfa_index")


def test_the_demo_waiver_is_the_demos_alone(staff, settings):
    browser = Client()
    browser.force_login(staff)
    session = browser.session
    session["demo_sign_in"] = True
    session.save()

    settings.DEMO = False
    without = browser.get(reverse("home")).url
    settings.DEMO = True

    assert (without, browser.get(reverse("home")).url) == (reverse("mfa_index"), reverse("caseload"))


def test_superusers_count_as_staff_and_people_who_left_do_not(staff):
    operator = make_user(is_staff=True, is_superuser=True)
    Membership.objects.filter(user=staff).update(ended_at=timezone.now(), ended_by=operator)

    assert [must_have_second_factor(user) for user in (operator, staff)] == [True, False]


def test_the_seed_of_an_app_cannot_be_read_in_the_database(staff, settings):
    secret = give_totp(staff)
    row = Authenticator.objects.get()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "changed"

    assert secret not in str(row.data)
    assert row.wrap().validate_code(totp_code(secret)) is True


def test_unknown_and_known_addresses_get_the_same_answer(patient):
    answers = []
    for email in ("ann@example.org", "who@example.org"):
        browser = Client()
        reply = browser.post(reverse("account_login"), {"login": email})
        page = browser.get(reply.url).content.decode().replace(email, "EMAIL")
        answers.append((reply.status_code, reply.url, len(page)))

    assert answers[0] == answers[1]
    outbox.drain()
    row = OutgoingMail.objects.get(to="nobody@invalid")
    assert (row.status, row.outcome, row.context) == ("cancelled", "no account", {})
    assert OutgoingMail.objects.filter(to="who@example.org").count() == 0


def test_an_unknown_address_costs_the_database_as_much_as_a_known_one(patient):
    """Measured by what is done, not by the clock: a test machine is never quiet."""
    work = []
    for email in ("ann@example.org", "who@example.org"):
        browser = Client()
        with CaptureQueriesContext(connection) as done:
            browser.post(reverse("account_login"), {"login": email})
        work.append(Counter(query["sql"].split()[0] for query in done))

    assert work[0] == work[1]


def test_a_code_is_used_once_and_only_in_the_browser_that_asked(patient):
    asked, other = Client(), Client()
    asked.post(reverse("account_login"), {"login": "ann@example.org"})
    code = newest_code()

    stolen = other.post(reverse("account_confirm_login_code"), {"code": code})
    asked.post(reverse("account_confirm_login_code"), {"code": code})
    asked.post(reverse("account_logout"))
    again = asked.post(reverse("account_confirm_login_code"), {"code": code})

    assert [reply.url.split("?")[0] for reply in (stolen, again)] == [
        reverse("account_request_login_code")
    ] * 2
    assert ["_auth_user_id" in browser.session for browser in (other, asked)] == [False, False]


def test_five_wrong_codes_end_the_try(patient):
    browser = Client()
    browser.post(reverse("account_login"), {"login": "ann@example.org"})
    code = newest_code()

    for _time in range(5):
        browser.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    browser.post(reverse("account_confirm_login_code"), {"code": code})

    assert "_auth_user_id" not in browser.session


def test_one_address_gets_three_codes_a_minute(patient):
    for _time in range(6):
        Client().post(reverse("account_login"), {"login": "ann@example.org"})

    assert OutgoingMail.objects.count() == 3


def test_the_session_changes_its_name_at_sign_in(patient):
    browser = Client()
    browser.post(reverse("account_login"), {"login": "ann@example.org"})
    before = browser.session.session_key

    browser.post(reverse("account_confirm_login_code"), {"code": newest_code()})

    assert browser.session.session_key != before


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_never_leads_to_another_site(patient, target):
    browser = Client()
    browser.post(reverse("account_login"), {"login": "ann@example.org", "next": target})

    reply = browser.post(reverse("account_confirm_login_code"), {"code": newest_code(), "next": target})

    assert reply.url == reverse("today")


@pytest.mark.parametrize("page", ["reset/", "change/", "set/", "reset/key/1-abc/"])
def test_there_are_no_pages_about_passwords(page):
    assert Client().get(f"/accounts/password/{page}").status_code == 404


def test_nobody_signs_up_by_themselves():
    Client().post(reverse("account_signup"), {"email": "new@example.org"})

    assert User.objects.count() == 0


def test_an_operator_made_on_the_command_line_signs_in_with_one_code_and_sets_up_a_second_factor():
    User.objects.create_superuser("otto@example.org")
    browser = Client()

    sign_in(browser, "otto@example.org")

    assert browser.get(reverse("admin:index")).url == reverse("mfa_index")
    assert OutgoingMail.objects.count() == 1


def test_who_lost_everything_starts_anew_and_is_signed_out_everywhere(staff):
    secret, browser = give_totp(staff), Client()
    sign_in(browser, "pia@example.org")
    browser.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})

    call_command("forget_second_factor", "Pia@example.org")

    assert browser.get(reverse("home")).url.startswith(reverse("account_login"))
    sign_in(browser, "pia@example.org")
    assert browser.get(reverse("home")).url == reverse("mfa_index")


def test_forgetting_for_nobody_is_an_error():
    with pytest.raises(CommandError, match="Nobody"):
        call_command("forget_second_factor", "who@example.org")
