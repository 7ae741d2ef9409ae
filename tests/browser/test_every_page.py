"""Every page in a real browser, for whom it is made: accessible in light and dark, no wider than the screen, quiet, alone."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.urls import reverse
from playwright.sync_api import Error, Page

from clinic.models import User
from education.models import Module, ReadingAssignment
from education.queries import current_versions
from programs.actions import make_own_version
from programs.models import Exercise, Session
from programs.queries import current_exercises
from reminders.queries import unsubscribe_token
from tests.browser.conftest import Cast, Watched
from tests.journeys.access_table import ROUTES
from tests.machinery import chromium

CONTRAST = ["color-contrast", "link-in-text-block"]  # all that a darker page can change
SMALLEST = {"width": 320, "height": 640}  # 1280 at 400 %: WCAG 1.4.10


def care(name: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(name, args=[cast.patient.pk])


def reading(cast: Cast, *, is_read: bool) -> UUID:
    return ReadingAssignment.objects.filter(patient=cast.patient, read_at__isnull=not is_read).first().pk


def assessment(cast: Cast) -> UUID:
    return cast.patient.assessments.standing().first().pk


def first_module() -> int:
    return Module.objects.order_by("pk").first().pk


def own(cast: Cast) -> int:
    original = Exercise.objects.filter(clinic=None, live=True).order_by("pk").first()
    clinic = cast.editor.memberships.first().clinic
    return make_own_version(original=original, clinic=clinic, by=cast.editor).pk


def a_care(cast: Cast) -> str:
    return reverse("manage_end_care", args=[cast.patient.pk, cast.patient.care.first().pk])


PAGES: dict[str, dict[str, Callable[[Cast], str]]] = {
    "nobody yet": {
        "account_login": lambda cast: reverse("account_login"),
        "account_request_login_code": lambda cast: reverse("account_request_login_code"),
        "account_signup": lambda cast: reverse("account_signup"),
        "account_inactive": lambda cast: reverse("account_inactive"),
        "invitation": lambda cast: reverse("invitation", args=[cast.invited.token]),
        "invitation, unknown": lambda cast: reverse("invitation", args=["made-up"]),
        "offline": lambda cast: reverse("offline"),
        "unsubscribe": lambda cast: reverse("unsubscribe", args=[unsubscribe_token(cast.patient)]),
    },
    "undecided": {"consent": lambda cast: reverse("consent")},
    "patient": {
        **{
            name: lambda cast, name=name: reverse(name)
            for name in (
                "today", "daily_check", "measures", "screen", "cards", "safety", "progress", "modules", "plan", "plan_week", "log_session", "saved", "settings", "nobody",
                "account_email", "account_logout", "mfa_index", "mfa_list_webauthn", "mfa_add_webauthn",
                "mfa_activate_totp", "mfa_generate_recovery_codes", "usersessions_list",
            )
        },
        "module": lambda cast: reverse("module", args=[reading(cast, is_read=False)]),
        "module, read": lambda cast: reverse("module", args=[reading(cast, is_read=True)]),
        "muscle": lambda cast: reverse("muscle", args=["medius"]),
        "hour_later": lambda cast: reverse("hour_later", args=[Session.objects.filter(patient=cast.patient).first().client_id]),
        "session_log": lambda cast: reverse("session_log", args=[Session.objects.filter(patient=cast.patient).first().client_id]),
    },
    "practitioner": {
        **{name: care(name) for name in ("patient", "patient_plan", "patient_plan_end", "patient_log", "patient_reminders", "patient_review", "patient_screens", "patient_measures")},
        "patient_assess": lambda cast: reverse("patient_assess", args=[cast.patient.pk]) + "?mode=full",
        "patient_assessment": lambda cast: reverse("patient_assessment", args=[cast.patient.pk, assessment(cast)]),
        "caseload": lambda cast: reverse("caseload"),
        "proposals": lambda cast: reverse("proposals"),
        "invite_patient": lambda cast: reverse("invite_patient"),
        "patient, invited": lambda cast: reverse("patient", args=[cast.invited.patient_id]),
        "patient_plan, none yet": lambda cast: reverse("patient_plan", args=[cast.invited.patient_id]),
        "library": lambda cast: reverse("library"),
        "library_anatomy": lambda cast: reverse("library_anatomy"),
        "library_figures": lambda cast: reverse("library_figures"),
        "library_module": lambda cast: reverse("library_module", args=[current_versions().first().pk]),
        "library_exercise": lambda cast: reverse("library_exercise", args=[next(iter(current_exercises().values())).pk]),
        "mfa_reauthenticate": lambda cast: reverse("mfa_reauthenticate"),
    },
    "admin": {
        **{
            name: lambda cast, name=name: reverse(name)
            for name in ("manage", "manage_add_member", "manage_patients", "manage_mail", "manage_audit", "manage_stances", "manage_safety")
        },
        "manage_patient": care("manage_patient"),
        "manage_end_care": a_care,
        "manage_end_member": lambda cast: reverse("manage_end_member", args=[cast.practitioner.memberships.first().pk]),
    },
    "editor": {
        "own_version": lambda cast: reverse("own_version", args=["exercises", own(cast)]),
        "content_pack": lambda cast: reverse("content_pack"),
        "readers": lambda cast: reverse("readers", args=[first_module()]),
        "review": lambda cast: reverse("review", args=["modules", first_module()]),
    },
}  # fmt: skip
DESK = "/cms/"  # pages of ours in Wagtail's frame
NOT_PAGES = {
    "healthz",
    "manifest",
    "service_worker",
    "kept_pages",
    "readyz",
    "plan_handout",
    "patient_plan_handout",
    "module_handout",
    "library_module_handout",
    "exercise_motion",
    "medium",
    "site_history",  # Wagtail's own, behind a door of ours
    "site_history_results",
}


def test_every_page_of_the_access_table_is_looked_at() -> None:
    shown = {name for name, route in ROUTES.items() if "200" in route.get} | {"consent"}
    looked_at = {name.split(",")[0] for pages in PAGES.values() for name in pages}

    assert shown - NOT_PAGES == looked_at


@pytest.mark.parametrize("role", PAGES)
def test_pages_are_for_everyone(role: str, cast: Cast, watch: Callable[..., Watched], figure) -> None:
    phone = watch(chromium.PHONE)
    if role != "nobody yet":
        phone.sign_in(cast.user(role))
    found = [
        f"{name}: {line}" for name, path in PAGES[role].items() for line in look(phone, path(cast), role)
    ]

    figure(f"{len(PAGES[role])} pages for {role}: {len(found)} findings")
    assert found == [], "\n".join(found)


def test_the_look_notices_what_is_wrong(cast: Cast, watch: Callable[..., Watched]) -> None:
    phone = watch(chromium.PHONE).sign_in(cast.user("patient"))
    phone.page.goto("/today/")
    phone.page.evaluate(SPOILED)

    found = [*sideways(phone.page), *chromium.axe_violations(phone.page)]
    with pytest.raises(Error):
        phone.page.goto("https://elsewhere.example/")
    found += phone.complaints

    kinds = [
        "wide on 390",
        "image-alt",
        "left for https://elsewhere.example/",
        "console:",
        "Content Security Policy",
    ]
    assert [any(kind in line for line in found) for kind in kinds] == [True] * 5, found


SPOILED = """() => {
    const picture = Object.assign(document.createElement("img"), {src: "/favicon.ico"});
    picture.style.cssText = "width: 900px; max-width: none";
    const style = Object.assign(document.createElement("style"), {textContent: "p { color: red }"});
    document.querySelector("main").append(picture, style);
    console.error("trouble");
}"""


def test_the_content_desk_and_the_admin_call_nobody(cast: Cast, watch: Callable[..., Watched]) -> None:
    """Products of others: their accessibility is theirs, but what they fetch and run is our policy's."""
    desk, office = watch(chromium.DESKTOP).sign_in(cast.editor), watch(chromium.DESKTOP).sign_in(operator())
    desk.page.goto(reverse("wagtailadmin_home"))
    linked = set(desk.page.eval_on_selector_all("a[href*='/cms/']", "links => links.map(link => link.href)"))
    answers = {path: desk.page.goto(path).status for path in linked if "logout" not in path}
    for name in ("admin:index", "admin:clinic_user_changelist", "admin:clinic_clinic_changelist"):
        answers[name] = office.page.goto(reverse(name)).status

    ours = [
        line
        for line in desk.complaints + office.complaints
        if "left for" in line or "Content Security Policy" in line
    ]
    assert (ours, {path for path, status in answers.items() if status != 200}) == ([], set())
    assert len(answers) >= 8


def operator() -> User:
    return User.objects.create_superuser("operator@example.org", "Operator")


def look(watched: Watched, path: str, role: str) -> list[str]:
    """Everything wrong with one page: on a phone, in the dark, on the smallest screen, and for staff on a desk."""
    page, within = watched.page, "main" if path.startswith(DESK) else "html"
    watched.complaints.clear()
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(chromium.PHONE)
    answer = page.goto(path)
    found = [f"answers {answer.status}"] if answer.status != 200 and "made-up" not in path else []
    found += [*sideways(page), *chromium.axe_violations(page, within=within)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {line}" for line in chromium.axe_violations(page, run_only=CONTRAST, within=within)]
    page.set_viewport_size(SMALLEST)
    found += sideways(page)
    if role in ("practitioner", "admin", "editor"):
        page.set_viewport_size(chromium.DESKTOP)
        page.emulate_media(color_scheme="light")
        found += [
            *sideways(page),
            *(f"desk: {line}" for line in chromium.axe_violations(page, within=within)),
        ]
    expected = "console: Failed to load resource" if "made-up" in path else None
    return found + [line for line in watched.complaints if not (expected and line.startswith(expected))]


def sideways(page: Page) -> list[str]:
    """Whether this page scrolls sideways at its present width, and what sticks out."""
    return page.evaluate(
        """() => {
            const root = document.documentElement, wide = root.clientWidth;
            if (root.scrollWidth <= wide) return [];
            const out = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > wide + 1);
            return [`${root.scrollWidth} wide on ${wide}: ` + out.slice(0, 3).map(e => e.tagName + "." + e.className).join(" ")];
        }"""
    )
