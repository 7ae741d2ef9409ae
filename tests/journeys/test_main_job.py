"""The main job from the invitation to the reminder: every page as people send it, mail really sent over SMTP."""

import re
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone

from clinic.actions import add_clinic, add_member
from clinic.actions.outbox import drain
from clinic.models import Patient
from programs.models import Session
from reminders.actions import plan_reminders
from reminders.models import ReminderSlot
from tests.factories import make_exercise_version, make_module_version, make_template_version
from tests.machinery.signed_in import session_of
from tests.machinery.smtp import Sink
from tests.machinery.visitor import Visitor

BORN = date(1988, 4, 23)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clinician() -> Visitor:
    """A practitioner of a clinic that has something to give, signed in with a second factor."""
    clinic = add_clinic(name="North", mail_name="North", slug="north", time_zone="UTC", by=None)
    member = add_member(clinic=clinic, email="dr@example.org", name="Dr Ada", role="practitioner", by=None)
    make_module_version()
    make_template_version(make_exercise_version(name="Side plank"))
    return Visitor(session_of(member.user))


def mailed(sink: Sink, to: str) -> EmailMessage:
    return [mail for mail in sink.messages if mail["To"] == to][-1]


def path_in(mail: EmailMessage, part: str) -> str:
    """The address of ours in this mail's text, without the host."""
    text = mail.get_body(("plain",)).get_content()
    return re.search(rf"https?://[^/\s]+(/{part}/\S+)", text).group(1)


def invite(clinician: Visitor, sink: Sink) -> str:
    clinician.open("/caseload/").click("Invite").press(
        "Send the invitation", name="Sam Rivers", email="sam@example.org", birth_date=BORN, time_zone="UTC"
    )
    drain()
    return path_in(mailed(sink, "sam@example.org"), "invite")


def accept(link: str) -> Visitor:
    patient = Visitor().open(link).press("Go on", birth_date=BORN)
    return patient.press("Agree and go on", agree="on")


def assign(clinician: Visitor, patient: Patient) -> None:
    """The first program on the list as it is, every day of the week, with the first module."""
    clinician.open(f"/patients/{patient.pk}/plan/").click("Program")
    clinician.press("Assign this plan", weekdays=["1", "2", "3", "4", "5", "6", "7"])


def test_from_the_invitation_to_the_reminder(clinician: Visitor, smtp_sink: Sink) -> None:
    phone = accept(invite(clinician, smtp_sink))
    sam = Patient.objects.get()
    assert (phone.address, phone.heading) == ("/today/", "Hello, Sam")

    assign(clinician, sam)
    assert (clinician.address, clinician.heading) == (f"/patients/{sam.pk}/", "Sam Rivers")

    read_and_understand(phone)
    log_as_prescribed(phone)
    assert Session.objects.get().outcome == "done"
    assert "Side plank" in clinician.open(f"/patients/{sam.pk}/log/").text
    assert "Understood" in clinician.open(f"/patients/{sam.pk}/").text
    assert "Sam Rivers" in clinician.open("/caseload/").text

    due = remind_at_eight(phone)
    assert reminders_sent(smtp_sink, now=due - timedelta(minutes=1)) == 0
    assert reminders_sent(smtp_sink, now=due) == 1
    assert reminders_sent(smtp_sink, now=due + timedelta(minutes=1)) == 1
    assert [slot.local_on for slot in ReminderSlot.objects.filter(mail__status="sent")] == [due.date()]
    assert mailed(smtp_sink, "sam@example.org")["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def read_and_understand(phone: Visitor) -> None:
    phone.open("/modules/").click("Read").press("Next").press("I have read it")
    phone.press("Check my answer", option="1")
    assert "Understood" in phone.open("/modules/").text


def log_as_prescribed(phone: Visitor) -> None:
    phone.open("/log/session/").press("Save", outcome="done", pain_after="2", effort="5")
    assert phone.status == 200


def remind_at_eight(phone: Visitor) -> datetime:
    """Tomorrow at eight, which has nothing logged yet."""
    phone.open("/settings/").press(
        "Save", at_local="08:00", is_on="on", weekdays=["1", "2", "3", "4", "5", "6", "7"]
    )
    assert phone.status == 200
    plan_reminders(now=timezone.now())
    return (timezone.now() + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)


def reminders_sent(sink: Sink, *, now: datetime) -> int:
    """How many reminders have arrived in all, once everything due by then is sent."""
    plan_reminders(now=now)
    drain(now=now)
    return len([mail for mail in sink.messages if mail["List-Unsubscribe"]])
