"""Assigning and logging in a real browser: few presses, with and without script, nothing axe objects to."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clinic.models import Clinic, Patient, User
from programs.models import Plan, PlanItem, Session, TemplateVersion
from tests.factories import (
    log_session_row,
    make_exercise_version,
    make_module_version,
    make_plan,
    make_template_version,
)
from tests.machinery import chromium
from tests.machinery.signed_in import session_of

pytestmark = pytest.mark.django_db(transaction=True)
EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


def sign_in(page: Page, user: User, base_url: str) -> None:
    page.context.add_cookies([{"name": "sid", "value": session_of(user), "url": base_url}])


class Presses:
    """Counts what a person presses."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def __call__(self, target: object) -> None:
        self.count += 1
        target.click()


@pytest.fixture
def library(clinic: Clinic) -> list[str]:
    make_module_version()
    exercises = [
        make_exercise_version(name=name) for name in ("Clamshell", "Bridge", "Side plank", "Step-up")
    ]
    make_exercise_version(name="Airplane")
    make_template_version(*exercises)
    return [exercise.name for exercise in exercises]


def test_a_session_as_prescribed_takes_six_taps(page: Page, patient: Patient, live_server: object) -> None:
    make_plan(patient, make_exercise_version(name="Clamshell"), make_exercise_version(), weekdays=EVERY_DAY)
    sign_in(page, patient.user, live_server.url)
    page.goto("/log/session/")
    tap = Presses(page)

    tap(page.get_by_label("Done", exact=True))
    tap(page.get_by_role("group", name="Worst pain during").get_by_label("2", exact=True))
    tap(page.get_by_role("group", name="Pain after").get_by_label("1", exact=True))
    tap(page.get_by_role("group", name="How hard was it?").get_by_label("Just right"))
    tap(page.get_by_role("button", name="Save"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Saved. Well done.")
    session = Session.objects.get()
    assert (session.outcome, session.pain_during, session.pain_after, session.effort) == ("done", 2, 1, 5)
    assert (session.items.count(), tap.count + 1) == (2, 6)  # one more on Today to get here


def test_the_page_asks_only_what_fits_the_answer(page: Page, patient: Patient, live_server: object) -> None:
    make_plan(patient, weekdays=EVERY_DAY)
    sign_in(page, patient.user, live_server.url)
    page.goto("/log/session/")

    expect(page.get_by_text("What got in the way?")).to_be_hidden()
    page.get_by_label("Not today").click()
    expect(page.get_by_text("What got in the way?")).to_be_visible()
    expect(page.get_by_text("How hard was it?")).to_be_hidden()


def test_one_exercise_is_corrected_on_the_phone(page: Page, patient: Patient, live_server: object) -> None:
    make_plan(patient, make_exercise_version(name="Clamshell"), weekdays=EVERY_DAY)
    sign_in(page, patient.user, live_server.url)
    page.goto("/log/session/")

    page.get_by_label("Partly").click()
    page.get_by_text("Clamshell3 ×").click()
    page.get_by_role("button", name="Less: Sets").click()
    page.get_by_role("group", name="Pain during this exercise").get_by_label("4", exact=True).click()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("2 × 10 times · pain 4 of 10")).to_be_visible()
    assert Session.objects.get().pain_during == 4


def test_pressing_save_twice_stores_one_session(page: Page, patient: Patient, live_server: object) -> None:
    make_plan(patient, weekdays=EVERY_DAY)
    sign_in(page, patient.user, live_server.url)
    page.goto("/log/session/")
    page.get_by_label("Done", exact=True).click()

    page.get_by_role("button", name="Save").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("Saved. Well done.")
    assert Session.objects.count() == 1


def test_a_standard_plan_is_assigned_in_two_presses(
    desktop: Page, clinician: User, patient: Patient, library: list[str], live_server: object
) -> None:
    sign_in(desktop, clinician, live_server.url)
    desktop.goto(f"/patients/{patient.pk}/plan/")
    press = Presses(desktop)

    press(desktop.get_by_role("link", name="Program"))
    press(desktop.get_by_role("button", name="Assign this plan"))

    expect(desktop.get_by_text("The plan is saved.")).to_be_visible()
    names = PlanItem.objects.filter(phase__position=1).order_by("position")
    assert [item.exercise_version.name for item in names] == library
    assert press.count <= 8  # and one on the patient page


def test_the_desk_rearranges_and_counts_without_reloading(
    desktop: Page, clinician: User, patient: Patient, library: list[str], live_server: object
) -> None:
    make_plan(patient, make_exercise_version(name="Hinge"))
    sign_in(desktop, clinician, live_server.url)
    desktop.goto(f"/patients/{patient.pk}/plan/")
    loads: list[str] = []
    desktop.on("framenavigated", lambda frame: loads.append(frame.url))

    desktop.get_by_label("Note to the patient").fill("Well begun")
    expect(desktop.get_by_text("5 minutes a day")).to_be_visible()
    desktop.get_by_label("Sets", exact=True).fill("6")
    expect(desktop.get_by_text("10 minutes a day")).to_be_visible()
    desktop.get_by_label("Exercise to add to phase 1").select_option(label="Clamshell")
    desktop.get_by_role("button", name="Add to phase 1").click()
    expect(desktop.get_by_text("2 exercises")).to_be_visible()
    desktop.get_by_role("button", name="Move Clamshell up").click()
    expect(desktop.locator(".plan-row h3").first).to_have_text("Clamshell")
    assert (loads, desktop.get_by_label("Note to the patient").input_value()) == ([], "Well begun")

    desktop.get_by_role("button", name="Save this change").click()
    expect(desktop.get_by_text("The plan is saved.")).to_be_visible()
    rows = PlanItem.objects.filter(phase__version__number=2).order_by("position")
    assert [(row.exercise_version.name, row.sets_low) for row in rows] == [("Clamshell", 3), ("Hinge", 6)]


def test_the_desk_works_without_script(
    browser: object, clinician: User, patient: Patient, library: list[str], live_server: object
) -> None:
    make_plan(patient, make_exercise_version(name="Hinge"))
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    plain = context.new_page()
    sign_in(plain, clinician, live_server.url)
    plain.goto(f"/patients/{patient.pk}/plan/")

    plain.get_by_label("Exercise to add to phase 1").select_option(label="Clamshell")
    plain.get_by_role("button", name="Add to phase 1").click()
    plain.get_by_role("button", name="Remove Hinge").click()
    plain.get_by_role("button", name="Save this change").click()

    rows = PlanItem.objects.filter(phase__version__number=2)
    assert [row.exercise_version.name for row in rows] == ["Clamshell"]
    context.close()


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(chromium.PHONE, "light"), (chromium.DESKTOP, "dark")], ids=["phone", "desktop"]
)
def test_axe_has_no_objection(
    new_page: Callable[..., Page], axe: Callable[[Page], list[str]], clinician: User, patient: Patient,
    library: list[str], live_server: object, viewport: dict[str, int], scheme: str,
) -> None:  # fmt: skip
    make_plan(
        patient, *[make_exercise_version(caution="Stop if it tingles.") for _ in range(5)], weekdays=EVERY_DAY
    )
    session = log_session_row(patient, timezone.now().date(), pain_after=9, note="Ouch", effort=3)
    mine, staff = new_page(viewport, scheme=scheme), new_page(viewport, scheme=scheme)
    sign_in(mine, patient.user, live_server.url)
    sign_in(staff, clinician, live_server.url)
    exercise = PlanItem.objects.first().exercise_version_id

    found = [*objections(mine, axe, ["/plan/", "/log/session/", f"/log/sessions/{session.client_id}/"])]
    base = f"/patients/{patient.pk}/"
    found += objections(staff, axe, [base + "plan/", base + "plan/end/", base + "log/", "/library/",
                                     f"/library/exercises/{exercise}/"])  # fmt: skip
    Plan.objects.update(ended_at=timezone.now(), ended_by=clinician)
    found += objections(staff, axe, [base + "plan/", base + f"plan/?template={library_template()}"])

    assert found == []


def objections(page: Page, axe: Callable[[Page], list[str]], addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{address} {line}" for line in axe(page)] + (
            [f"{address} is too wide"] if wide > 0 else []
        )
    return found


def library_template() -> str:
    return str(TemplateVersion.objects.get().pk)
