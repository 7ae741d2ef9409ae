"""From the patient's page over the findings to an assigned plan, in a real browser: few presses."""

import time
from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from clinic.models import Patient, User
from programs.models import Plan
from tests.factories import make_assessment
from tests.machinery.signed_in import session_of

pytestmark = pytest.mark.django_db(transaction=True)
FOUND = {
    "worst_pain": {"whole": 5}, "hip_abduction": {"left": "3", "right": "5"}, "stance_drop": {"left": "2", "right": "0"},
    "hip_flexor": {"left": "2", "right": "0"}, "red_flags": {"whole": "no"}, "kit": {"whole": ["band"]},
}  # fmt: skip


def test_from_the_patients_page_to_an_assigned_plan_takes_ten_presses_at_most(
    desktop: Page, patient: Patient, clinician: User, live_server: object, figure: Callable[[str], None]
) -> None:
    call_command("load_content", verbosity=0)
    make_assessment(patient, FOUND, by=clinician)
    page, presses, begun = desktop, 0, time.monotonic()
    page.context.add_cookies([{"name": "sid", "value": session_of(clinician), "url": live_server.url}])
    page.goto(f"/patients/{patient.pk}/")

    for target in (
        page.get_by_role("link", name="Assign a plan").first,
        page.get_by_role("link", name="See the findings"),
        page.get_by_role("group", name="Hip strength").get_by_label("Confirm"),
        page.get_by_role("group", name="Hip mobility").get_by_label("Confirm"),
        page.get_by_role("button", name="Note this and go to the plan"),
        page.get_by_role("button", name="Assign this plan"),
    ):
        target.click()
        presses += 1
    expect(page.get_by_text("The plan is saved.")).to_be_visible()

    codes = (
        Plan.objects.get()
        .versions.get()
        .phases.get(position=1)
        .items.values_list("exercise_version__code", flat=True)
    )
    assert (list(codes), presses <= 10) == (["HF_STRETCH", "ISO_ABD", "BRIDGE", "CLAM"], True)
    figure(
        f"from the patient's page to an assigned plan: {presses} presses, {time.monotonic() - begun:.1f} s by machine"
    )
