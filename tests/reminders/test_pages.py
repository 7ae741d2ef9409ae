"""The patient's settings, the link that stops mail, and what the clinician sees of it."""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from clinic.actions.outbox import drain
from clinic.audit import record_access
from clinic.models import AuditEvent, OutgoingMail, Patient, User
from reminders.actions import set_rule
from reminders.models import ReminderRule, ReminderSlot
from reminders.queries import SIGNER, patient_of_token, unsubscribe_token
from tests.factories import make_clinic, make_member, make_patient, make_plan

pytestmark = pytest.mark.django_db
EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


def make_reminded_patient(**fields: object) -> Patient:
    clinic = make_clinic(mail_name="North")
    patient = make_patient(
        clinic, in_care_of=make_member(clinic, name="Dr Weaver"), time_zone="UTC", **fields
    )
    make_plan(patient, weekdays=EVERY_DAY, started_on=date(2026, 1, 1))
    set_rule(
        patient=patient, at_local=time(0, 0), weekdays=EVERY_DAY, is_on=True, paused_until=None, by=patient.user
    )  # fmt: skip
    return patient


@pytest.fixture
def patient() -> Patient:
    return make_reminded_patient()


@pytest.fixture
def own(client: Client, patient: Patient) -> Client:
    client.force_login(patient.user)
    return client


def typed(**fields: object) -> dict[str, object]:
    return {
        "is_on": "on", "at_local": "18:30", "weekdays": ["1", "3"], "paused_until": "", "time_zone": "Europe/Berlin",
        **fields,
    }  # fmt: skip


def rule(patient: Patient) -> tuple:
    row = ReminderRule.objects.select_related("patient").get(patient=patient)
    return row.is_on, row.at_local, row.weekdays, row.paused_until, row.patient.time_zone


def test_a_patient_sets_hour_days_and_zone(own, patient) -> None:
    answer = own.post("/settings/", typed())

    assert (answer.status_code, answer["Location"]) == (302, "/settings/")
    assert rule(patient) == (True, time(18, 30), [1, 3], None, "Europe/Berlin")
    assert AuditEvent.objects.filter(patient=patient, actor=patient.user, verb="reminder.set").count() == 2


def test_a_patient_turns_reminders_off_and_pauses_them(own, patient) -> None:
    day = timezone.now().date() + timedelta(days=9)

    own.post("/settings/", {**typed(paused_until=day.isoformat()), "is_on": ""})

    assert rule(patient)[:4] == (False, time(18, 30), [1, 3], day)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("at_local", "25:00", "Please write the time as hours and minutes"),
        ("at_local", "", "This field is required."),
        ("weekdays", ["8"], "Select a valid choice. 8 is not one of the available choices."),
        ("weekdays", [], "Please choose at least one day, or turn reminders off above."),
        ("paused_until", "2020-01-01", "Please choose a day after today, within a year."),
        ("paused_until", "9999-12-31", "Please choose a day after today, within a year."),
        ("paused_until", "soon", "Please write the date as year-month-day"),
        ("time_zone", "Mars/Olympus", "“Mars/Olympus” is not a time zone we know."),
        ("time_zone", "Europe/Berlin\x00", "This text contains invisible control characters."),
        ("time_zone", "../../etc/passwd", "is not a time zone we know."),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field_and_changes_nothing(
    own, patient, field, value, words
) -> None:
    before = rule(patient)

    answer = own.post("/settings/", typed(**{field: value}))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert words in answer.content.decode().replace("&#x27;", "'")
    assert rule(patient) == before


def test_a_patient_sees_who_looked_and_nobody_elses_visitors(own, patient) -> None:
    clinician = patient.care.get().practitioner
    other = make_patient(patient.clinic, in_care_of=clinician)
    request_id = patient.pk
    record_access(by=clinician, patient=patient, route="patient_log", request_id=request_id)
    record_access(by=clinician, patient=other, route="patient_plan", request_id=request_id)

    page = own.get("/settings/").content.decode()

    assert page.count("Dr Weaver opened your log") == 1
    assert "your plan" not in page


def test_the_settings_take_few_queries(own, django_assert_num_queries) -> None:
    own.get("/settings/")

    with django_assert_num_queries(6):
        assert own.get("/settings/").status_code == 200


def first_due(patient: Patient) -> datetime:
    return ReminderSlot.objects.filter(patient=patient).earliest("due_at").due_at


def link(patient: Patient) -> str:
    return f"/unsubscribe/{unsubscribe_token(patient)}/"


def test_looking_at_the_link_changes_nothing_however_often(client, patient) -> None:
    for _ in range(5):
        assert client.get(link(patient)).status_code == 200
    assert client.head(link(patient)).status_code == 200
    assert client.options(link(patient)).status_code == 405

    assert rule(patient)[0] is True


def test_one_post_stops_the_mail_without_sign_in_token_cookie_or_redirect(patient, smtp_sink) -> None:
    mail_program = Client(enforce_csrf_checks=True)

    answer = mail_program.post(link(patient), {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, answer.cookies) == (200, {})
    assert rule(patient)[0] is False
    drain(now=first_due(patient))
    assert smtp_sink.messages == []


def test_stopping_twice_is_as_good_as_once(client, patient) -> None:
    assert [client.post(link(patient)).status_code for _ in range(2)] == [200, 200]
    assert rule(patient)[0] is False


def test_the_link_of_one_patient_stops_no_other(client, patient) -> None:
    other = make_reminded_patient()

    client.post(link(patient))

    assert rule(other)[0] is True


def test_a_link_made_up_for_somebody_else_is_not_found(client, patient) -> None:
    other = make_reminded_patient()
    signature = unsubscribe_token(patient).split(":")[1]

    for token in [f"{other.pk.hex}:{signature}", other.pk.hex, str(other.pk), "x:y", SIGNER.sign("nobody")]:
        assert client.post(f"/unsubscribe/{token}/").status_code == 404

    assert rule(other)[0] is True


def test_the_token_of_another_purpose_does_not_stop_mail(patient) -> None:
    assert patient_of_token(Signer().sign(patient.pk.hex)) is None
    assert patient_of_token(unsubscribe_token(patient)) == patient


def test_the_link_signs_nobody_in(client, patient) -> None:
    client.post(link(patient))

    assert client.get("/settings/").status_code == 302


def test_who_stopped_the_mail_can_have_it_again(own, patient) -> None:
    own.post(link(patient))

    own.post("/settings/", typed())

    assert rule(patient)[0] is True


def test_the_mail_carries_the_link_in_the_headers_that_mail_programs_read(patient, smtp_sink, client) -> None:
    drain(now=first_due(patient))

    message = smtp_sink.messages[0]
    address = message["List-Unsubscribe"].strip(" <>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in message.get_body(("plain",)).get_content()
    assert client.post(urlsplit(address).path).status_code == 200
    assert rule(patient)[0] is False


def let_in(client: Client, user: User) -> Client:
    """Signed in with a second factor."""
    client.force_login(user)
    session = client.session
    session["second_factor"] = "shown"
    session.save()
    return client


@pytest.fixture
def clinician(client: Client, patient: Patient) -> Client:
    return let_in(client, patient.care.get().practitioner)


def test_the_clinician_sees_what_became_of_each_reminder(clinician, patient, smtp_sink) -> None:
    first = ReminderSlot.objects.filter(patient=patient).earliest("local_on")
    drain(now=first.due_at)
    second = ReminderSlot.objects.filter(patient=patient).order_by("local_on")[1]
    OutgoingMail.objects.filter(pk=second.mail_id).update(status="cancelled", outcome="logged")

    fates = clinician.get(f"/patients/{patient.pk}/reminders/").context["fates"]

    assert [(fate.on, str(fate.words)) for fate in reversed(fates)] == [
        (first.local_on, "Sent"),
        (second.local_on, "Not needed: the session was logged first"),
    ]


@pytest.mark.parametrize("days", [1, 3])
def test_the_reminder_history_takes_a_fixed_number_of_queries(
    clinician, patient, days, django_assert_num_queries
) -> None:
    for slot in ReminderSlot.objects.filter(patient=patient).order_by("local_on")[days:]:
        slot.delete()
    clinician.get(f"/patients/{patient.pk}/reminders/")

    with django_assert_num_queries(8):
        assert clinician.get(f"/patients/{patient.pk}/reminders/").status_code == 200


def test_a_clinician_without_care_does_not_find_the_history(client, patient) -> None:
    let_in(client, make_member(patient.clinic))

    assert client.get(f"/patients/{patient.pk}/reminders/").status_code == 404


def test_a_patient_does_not_find_the_clinicians_page_about_themself(own, patient) -> None:
    assert own.get(f"/patients/{patient.pk}/reminders/").status_code == 404
