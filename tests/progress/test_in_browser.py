"""How it is going, in a real browser: the patient on a phone, the clinician at a desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clinic.models import Patient, User
from progress.actions import reconsider
from tests.factories import (
    give_reading,
    log_check_row,
    log_session_row,
    make_clinic,
    make_member,
    make_patient,
    make_plan,
)
from tests.machinery import chromium
from tests.machinery.signed_in import session_of
from tests.progress.calm import log_calm_weeks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def patient(live_server) -> Patient:
    clinic = make_clinic(phone="+1 555 0100", emergency_number="911")
    clinician = make_member(clinic, name="Dr A")
    patient = make_patient(clinic, in_care_of=clinician, name="Ana Lima")
    today = timezone.now().date()
    make_plan(patient, by=clinician, started_on=today - timedelta(days=30))
    give_reading(patient, assigned_by=clinician)
    for days in (1, 2, 3, 8, 9):
        log_check_row(patient, today - timedelta(days=days), days % 5)
        log_session_row(patient, today - timedelta(days=days))
    return patient


def enter(page: Page, user: User, live_server) -> list[str]:
    page.context.add_cookies([{"name": "sid", "value": session_of(user), "url": live_server.url}])
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def test_a_worry_logged_on_a_phone_reaches_the_clinician(new_page, patient, live_server):
    phone, desk = new_page(chromium.PHONE), new_page(chromium.DESKTOP)
    clinician = patient.care.get().practitioner
    complaints = enter(phone, patient.user, live_server), enter(desk, clinician, live_server)

    phone.goto("/today/")
    phone.get_by_role("link", name="Start").click()
    expect(phone.get_by_label("What is it?")).to_be_hidden()
    phone.get_by_role("group", name="Pain this morning").get_by_label("3", exact=True).check()
    phone.get_by_role("group", name="Anything new").get_by_label("Yes").check()
    phone.get_by_label("What is it?").fill("My calf is swollen")
    phone.get_by_role("button", name="Save").click()
    phone.get_by_role("group", name="One calf or thigh swollen").get_by_label("Yes").check()
    phone.get_by_role("button", name="Save").click()
    phone.wait_for_url("**/card/")
    expect(phone.get_by_role("heading", name="Please get medical care today")).to_be_visible()
    phone.goto("/plan/")
    expect(phone.get_by_role("heading", name="Please get medical care today")).to_be_visible()

    desk.goto("/caseload/")
    expect(desk.get_by_role("row", name="Ana Lima")).to_contain_text("Cannot wait")
    desk.get_by_role("row", name="Ana Lima").get_by_role("link").click()
    expect(desk.get_by_text("“My calf is swollen”")).to_be_visible()
    desk.get_by_label("What did you find").fill("Seen today, may go on.")
    desk.get_by_role("button", name="Clear it").click()
    desk.get_by_role("button", name="Mark as read").click()
    expect(desk.get_by_text("Needs a look")).to_be_hidden()
    phone.goto("/plan/")
    expect(phone.get_by_role("heading", name="Your plan")).to_be_visible()
    assert complaints == ([], [])


@pytest.mark.parametrize(
    ("size", "scheme"), [(chromium.PHONE, "light"), (chromium.DESKTOP, "dark")], ids=["phone", "desktop"]
)
def test_axe_has_nothing_to_say(new_page, patient, live_server, axe, size, scheme):
    mine, theirs = new_page(size, scheme=scheme), new_page(size, scheme=scheme)
    enter(mine, patient.user, live_server)
    enter(theirs, patient.care.get().practitioner, live_server)
    found = {}
    for page, paths in (
        (mine, ["/today/", "/log/check/", "/safety/", "/progress/?weeks=12"]),
        (theirs, ["/caseload/", "/caseload/?q=nobody", f"/patients/{patient.pk}/"]),
    ):
        for path in paths:
            page.goto(path)
            found[path] = axe(page)

    assert found == {path: [] for path in found}


@pytest.mark.parametrize(
    ("size", "scheme"), [(chromium.PHONE, "light"), (chromium.DESKTOP, "dark")], ids=["phone", "desktop"]
)
def test_axe_has_nothing_to_say_about_a_proposal_with_everything_open(
    new_page, patient, live_server, axe, size, scheme
):
    calm = make_patient(patient.clinic, in_care_of=patient.care.get().practitioner)
    log_calm_weeks(calm, timezone.now().date())
    reconsider(now=timezone.now())
    page = new_page(size, scheme=scheme)
    enter(page, patient.care.get().practitioner, live_server)
    found = {}
    for path in ("/caseload/proposals/", f"/patients/{calm.pk}/review/"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
        found[path] = axe(page)

    assert found == {path: [] for path in found}
