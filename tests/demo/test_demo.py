"""The demo on a real database: made once, carried on, and reachable from this machine only."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import AuditEvent, Patient, User
from demo.actions import make_demo
from programs.models import Plan, Session
from progress.models import DailyCheck, PatientState
from tests.factories import make_clinic

NOW = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    """Content and fourteen patients, made once for all tests of this file and rolled back after them."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        call_command("load_content", verbosity=0, stdout=StringIO())
        make_demo(patients=14, now=NOW)
        yield
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def demo(made_once, db):
    return made_once


@pytest.fixture
def client():
    return Client(SERVER_NAME="localhost")


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (User, Patient, Plan, Session, DailyCheck, AuditEvent))


def test_a_second_run_changes_nothing(demo) -> None:
    before = counts()

    made = make_demo(patients=14, now=NOW)

    assert (made, counts()) == (0, before)


def test_a_run_days_later_adds_only_those_days(demo) -> None:
    last_before = DailyCheck.objects.latest("on").on
    old = set(Session.objects.values_list("pk", "outcome"))

    make_demo(patients=14, now=NOW + timedelta(days=5))

    assert old <= set(Session.objects.values_list("pk", "outcome"))
    assert DailyCheck.objects.latest("on").on - last_before >= timedelta(days=4)


def test_nothing_is_logged_in_the_future(demo) -> None:
    assert not Session.objects.filter(received_at__gt=NOW).exists()
    assert not DailyCheck.objects.filter(received_at__gt=NOW).exists()


def test_every_session_belongs_to_the_version_in_force_that_day(demo) -> None:
    wrong = [
        s for s in Session.objects.select_related("plan_version") if s.plan_version.from_on > s.planned_on
    ]

    assert wrong == []
    assert Session.objects.count() > 250


def test_every_patient_has_a_fresh_state(demo) -> None:
    made = Patient.objects.filter(user__isnull=False)

    assert PatientState.objects.filter(patient__in=made).count() == made.count() == 14


def sign_in(client: Client, name: str, **headers: str):
    user = User.objects.get(name=name)
    return client.post(reverse("demo_sign_in", args=[user.pk]), **headers)


def test_one_click_signs_in_as_a_practitioner_without_a_second_factor(demo, client) -> None:
    response = sign_in(client, "Maya Okafor")

    assert response["Location"] == reverse("caseload")
    assert client.get(reverse("caseload")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"SERVER_NAME": "clinic.example.org"},
    ],
    ids=["from another machine", "through a proxy", "by another name"],
)
def test_nobody_signs_in_with_one_click_from_elsewhere(demo, client, settings, headers) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    assert sign_in(client, "Maya Okafor", **headers).status_code == 404


def test_without_demo_there_is_nothing_to_click(demo, client, settings) -> None:
    settings.DEMO = False

    assert sign_in(client, "Maya Okafor").status_code == 404


def test_only_offered_people_can_be_signed_in(demo, client) -> None:
    assert sign_in(client, "Demo operator").status_code == 404


def test_a_get_signs_nobody_in(demo, client) -> None:
    user = User.objects.get(name="Maya Okafor")

    assert client.get(reverse("demo_sign_in", args=[user.pk])).status_code == 405


def test_the_sign_in_page_offers_each_role(demo, client) -> None:
    page = client.get(reverse("account_login")).content.decode()

    assert [
        role for role in ("Practitioner", "Clinic admin", "Editor", "Patient, doing well") if role not in page
    ] == []


def test_caught_mail_is_shown_newest_first(demo, client, settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path
    (tmp_path / "mail").mkdir()
    for number, subject in ((1, "Older"), (2, "Newer")):
        text = f"To: a@example.org\r\nFrom: c@example.org\r\nSubject: {subject}\r\n\r\nHello <b>you</b>\r\n"
        (tmp_path / "mail" / f"{1_795_000_000_000_000_000 + number:020d}-{number:06d}.eml").write_text(text)

    page = client.get(reverse("demo_inbox")).content.decode()

    assert page.index("Newer") < page.index("Older")


def test_a_mail_is_shown_without_running_what_is_in_it(demo, client, settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path
    (tmp_path / "mail").mkdir()
    name = f"{1_795_000_000_000_000_000:020d}-000001"
    (tmp_path / "mail" / f"{name}.eml").write_text(
        "To: a@b.example\r\nSubject: S\r\n\r\n<script>x()</script>\r\n"
    )

    page = client.get(reverse("demo_mail", args=[name]))

    assert "<script>x()" not in page.content.decode()
    assert "sandbox" in client.get(reverse("demo_mail_html", args=[name]))["Content-Security-Policy"]


def test_invented_people_stay_out_of_a_real_clinics_database(demo) -> None:
    make_clinic(name="A clinic of its own")
    before, said = counts(), StringIO()

    call_command("demo", patients=20, stdout=said)

    assert counts() == before
    assert said.getvalue().startswith("This database has a clinic of its own")
