"""A filled clinic behind a live server, and pages that remember everything a page should not do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.core.management import call_command
from playwright.sync_api import ConsoleMessage, Page, Request

from clinic.actions import invite_patient
from clinic.models import Clinic, Invitation, Membership, Patient, User
from tests.factories import make_user
from tests.machinery import chromium, database
from tests.machinery.signed_in import session_of


@dataclass(frozen=True)
class Cast:
    """Who plays: people of the demo, one patient who has not agreed yet, one who has not come in yet."""

    patient: Patient
    undecided: Patient
    invited: Invitation
    practitioner: User
    admin: User
    editor: User

    def user(self, role: str) -> User:
        found = getattr(self, role)
        return found.user if isinstance(found, Patient) else found


def fill() -> None:
    call_command("load_content", verbosity=0)
    call_command("demo", patients=12, verbosity=0)
    clinic, doctor = Clinic.objects.get(slug="harbor"), _member("practitioner")
    for name in ("New Comer", "Un Decided"):
        invite_patient(
            clinic=clinic, name=name, email=f"{name.split()[0].lower()}@example.org", birth_date=date(1990, 5, 17),
            time_zone="UTC", by=doctor,
        )  # fmt: skip
    Patient.objects.filter(name="Un Decided").update(user=make_user("Un Decided", email="un@example.org"))


def _member(role: str) -> User:
    first = Membership.objects.filter(clinic__slug="harbor", role=role).order_by("pk").first()
    assert first is not None
    return first.user


@pytest.fixture
def cast(transactional_db, live_server, settings) -> Cast:
    database.renew_filled(fill)
    settings.SITE_URL = live_server.url
    doctor = _member("practitioner")
    patients = Patient.objects.in_care_of(doctor).filter(user__isnull=False, consented_version__isnull=False)
    return Cast(
        patient=patients.filter(reading__read_at__isnull=True, plans__ended_at__isnull=True)
        .order_by("pk")
        .first(),
        undecided=Patient.objects.get(name="Un Decided"),
        invited=Invitation.objects.get(patient__name="New Comer"),
        practitioner=doctor,
        admin=_member("clinic_admin"),
        editor=_member("editor"),
    )


@dataclass
class Watched:
    """A page with a list of everything it should not have done."""

    page: Page
    host: str
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, user: User) -> "Watched":
        self.page.context.add_cookies([{"name": "sid", "value": session_of(user), "url": self.host}])
        return self


@pytest.fixture
def watch(new_page: Callable[..., Page], live_server) -> Callable[..., Watched]:
    """`watch(chromium.DESKTOP)`: console errors, broken policies and requests to other hosts end up in `complaints`."""

    def opens(viewport: dict[str, int] = chromium.PHONE, **options: object) -> Watched:
        page = new_page(viewport, **options)
        page.set_default_timeout(10_000)
        watched = Watched(page, live_server.url)

        def heard(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                watched.complaints.append(f"console: {message.text}")

        def asked(request: Request) -> None:
            if not request.url.startswith((live_server.url, "data:", "blob:")):
                watched.complaints.append(f"left for {request.url}")

        page.on("console", heard)
        page.on("pageerror", lambda error: watched.complaints.append(f"script: {error}"))
        page.on("request", asked)
        return watched

    return opens
