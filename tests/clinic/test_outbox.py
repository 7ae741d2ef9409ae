"""The outbox hands each mail over once, tries again what was refused for now, and says what became of the rest."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from clinic import mail
from clinic.actions.invitations import invite_patient
from clinic.actions.outbox import claim, drain
from clinic.models import OutgoingMail
from clinic.rules.outbox import may_be_repeated, next_attempt
from clinic.smtp import Line, Reply
from tests.factories import make_clinic, make_member, make_patient

pytestmark = pytest.mark.django_db
Status = OutgoingMail.Status


def post(kind: str = "account_notice", **fields: object) -> OutgoingMail:
    context = {"code": "ABC-123"} if kind == "sign_in_code" else {"notice": "webauthn_added"}
    return mail.post(
        **{"kind": kind, "key": f"test:{uuid4()}", "to": "ann@example.org", "context": context, **fields}
    )


def fate(row: OutgoingMail) -> tuple[str, str, int | None]:
    row.refresh_from_db()
    return row.status, row.outcome, row.smtp_code


def test_a_due_mail_arrives_once_and_is_noted_as_sent(smtp_sink) -> None:
    row = post()

    assert (drain(), drain()) == (1, 0)

    assert [m["To"] for m in smtp_sink.messages] == ["ann@example.org"]
    assert fate(row) == (Status.SENT, "", 250)
    assert row.sent_at is not None


def test_a_mail_waits_until_it_is_due(smtp_sink) -> None:
    post(due_at=timezone.now() + timedelta(minutes=1))

    assert drain() == 0
    assert drain(now=timezone.now() + timedelta(minutes=2)) == 1
    assert len(smtp_sink.messages) == 1


def test_the_same_key_posted_twice_is_one_mail(smtp_sink) -> None:
    assert post(key="a").pk == post(key="a").pk

    drain()

    assert len(smtp_sink.messages) == 1


def test_a_mail_has_text_and_html_and_says_that_a_machine_wrote_it(smtp_sink) -> None:
    row = post()

    drain()

    message = smtp_sink.messages[0]
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["Message-ID"] == f"<{row.pk}@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_mail_from_a_clinic_carries_its_neutral_name_letter_for_letter(smtp_sink) -> None:
    clinic = make_clinic(name="Hip & ITB Clinic", mail_name="O'Neill & Søn")
    post(clinic=clinic)

    drain()

    message = smtp_sink.messages[0]
    assert message["From"].addresses[0].display_name == "O'Neill & Søn"
    assert "O'Neill & Søn" in message.get_body(("plain",)).get_content()


def test_a_clinics_name_arrives_letter_for_letter_in_the_subject_too(smtp_sink) -> None:
    clinic = make_clinic(mail_name="O'Neill & Søn")
    invite_patient(
        clinic=clinic, name="Ann Ek", email="ann@example.org", birth_date=date(1990, 5, 17), time_zone="UTC",
        by=make_member(clinic),
    )  # fmt: skip

    drain()

    assert smtp_sink.messages[0]["Subject"] == "O'Neill & Søn has invited you"


def test_a_message_to_nobody_counts_as_refused(smtp_sink) -> None:
    with Line() as line:
        assert line.send(EmailMessage("Hello", "Text", to=[])) == Reply("never")


def test_a_mail_refused_for_now_is_tried_again_later_and_arrives_once(smtp_sink) -> None:
    smtp_sink.mode = "tempfail"
    row = post()
    drain()
    assert fate(row) == (Status.PENDING, "later", 451)
    assert drain() == 0

    smtp_sink.mode = "ok"
    drain(now=timezone.now() + timedelta(seconds=61))

    assert fate(row) == (Status.SENT, "", 250)
    assert len(smtp_sink.messages) == 1


def test_a_mail_refused_for_good_is_failed_and_never_tried_again(smtp_sink) -> None:
    smtp_sink.mode = "permfail"
    row = post()

    drain()

    assert fate(row) == (Status.FAILED, "refused", 550)
    assert drain(now=timezone.now() + timedelta(days=2)) == 0


def test_an_unreachable_server_stops_the_round_and_costs_one_mail_one_try(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    rows = [post() for _ in range(3)]

    assert drain() == 1

    assert [fate(row)[:2] for row in rows] == [
        (Status.PENDING, "unreachable"),
        (Status.PENDING, ""),
        (Status.PENDING, ""),
    ]


def test_a_mail_nobody_took_for_a_day_is_failed(smtp_sink) -> None:
    smtp_sink.mode = "tempfail"
    row, now = post(), timezone.now()

    for _ in range(40):
        drain(now=now)
        row.refresh_from_db()
        now = row.next_attempt_at

    assert fate(row) == (Status.FAILED, "tried for a day", 451)
    assert smtp_sink.refused == row.attempts == 27
    assert smtp_sink.messages == []


@pytest.mark.parametrize(
    "address", ["", "a@example.org,b@example.org", "a@example.org\nBcc: b@example.org", "no address"]
)
def test_what_is_not_one_address_gets_no_mail(smtp_sink, address: str) -> None:
    row = post(to=address)

    drain()

    assert fate(row)[0] == Status.FAILED
    assert smtp_sink.messages == []


def test_a_clinic_name_with_a_line_break_cannot_add_a_header(smtp_sink) -> None:
    row = post(clinic=make_clinic(mail_name="Clinic\r\nBcc: eve@example.org"))

    drain()

    assert fate(row)[0] == Status.FAILED
    assert smtp_sink.recipients == []


def test_one_mail_that_cannot_be_written_does_not_hold_up_the_next(smtp_sink) -> None:
    broken = post(kind="invitation", key="x", context={"invitation": "no such id"})
    whole = post()

    drain()

    assert fate(broken)[:2] == (Status.FAILED, "cannot be composed")
    assert fate(whole)[0] == Status.SENT


def test_a_mail_that_came_too_late_is_not_sent(smtp_sink) -> None:
    now = timezone.now()
    row = post(due_at=now - timedelta(hours=4), not_after=now - timedelta(hours=1))

    drain()

    assert fate(row)[:2] == (Status.EXPIRED, "too late")
    assert smtp_sink.messages == []


def test_somebody_whose_account_was_closed_gets_no_mail(smtp_sink) -> None:
    patient = make_patient(make_clinic())
    patient.user.is_active = False
    patient.user.save()
    row = post(patient=patient)

    drain()

    assert fate(row)[:2] == (Status.CANCELLED, "account closed")
    assert smtp_sink.messages == []


@pytest.mark.parametrize("mode", ["ok", "permfail"])
def test_a_sign_in_code_is_wiped_once_the_mail_is_finished(smtp_sink, mode: str) -> None:
    smtp_sink.mode = mode
    row = post("sign_in_code")

    drain()

    row.refresh_from_db()
    assert row.context == {}


def test_a_sign_in_code_overtakes_what_waits(smtp_sink) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    for _ in range(3):
        post(due_at=long_ago)
    post("sign_in_code", to="here@example.org")

    drain(limit=1)

    assert smtp_sink.recipients == [["here@example.org"]]
    assert "ABC-123" in smtp_sink.messages[0].get_body(("plain",)).get_content()


def abandon(row: OutgoingMail) -> datetime:
    """Claim it as a sender would that then dies; return a moment after its lease."""
    assert claim().pk == row.pk
    row.refresh_from_db()
    return row.lease_until + timedelta(seconds=1)


def test_a_mail_being_handed_over_is_left_alone_until_its_lease_ends(smtp_sink) -> None:
    row = post()
    after = abandon(row)

    assert drain(now=after - timedelta(seconds=2)) == 0
    assert drain(now=after) == 1
    assert fate(row) == (Status.SENT, "", 250)
    assert (row.attempts, row.doubts) == (2, 1)


def test_an_abandoned_sign_in_code_is_never_repeated(smtp_sink) -> None:
    row = post("sign_in_code")

    drain(now=abandon(row))

    assert fate(row)[0] == Status.IN_DOUBT
    assert row.context == {}
    assert smtp_sink.messages == []


def test_a_mail_is_handed_over_three_times_at_most(smtp_sink) -> None:
    smtp_sink.mode = "drop_after_accept"
    row, now = post(), timezone.now()

    for _ in range(6):
        drain(now=now)
        row.refresh_from_db()
        now = row.next_attempt_at

    assert fate(row)[0] == Status.IN_DOUBT
    assert {m["Message-ID"] for m in smtp_sink.messages} == {f"<{row.pk}@localhost>"}
    assert len(smtp_sink.messages) == 3


def test_a_sign_in_code_whose_line_broke_is_in_doubt_after_one_copy(smtp_sink) -> None:
    smtp_sink.mode = "drop_after_accept"
    row = post("sign_in_code")

    drain()

    assert fate(row)[0] == Status.IN_DOUBT
    assert len(smtp_sink.messages) == 1


def test_refusals_before_a_crash_do_not_use_up_the_three_hand_overs(smtp_sink) -> None:
    smtp_sink.mode = "tempfail"
    row, now = post(), timezone.now()
    for _ in range(5):
        drain(now=now)
        row.refresh_from_db()
        now = row.next_attempt_at
    assert claim(now=now).pk == row.pk

    smtp_sink.mode = "ok"
    drain(now=now + timedelta(minutes=2))

    assert fate(row)[0] == Status.SENT


NOON = datetime.fromisoformat("2026-03-10T12:00:00+00:00")


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 60), (20, 60)])
def test_the_pause_before_each_try(attempts: int, minutes: int) -> None:
    assert next_attempt(attempts=attempts, due_at=NOON, now=NOON) == NOON + timedelta(minutes=minutes)


def test_after_a_day_there_is_no_next_try() -> None:
    assert next_attempt(attempts=9, due_at=NOON, now=NOON + timedelta(hours=23, minutes=1)) is None


@pytest.mark.parametrize(
    ("mail_class", "doubts", "again"),
    [
        ("reminder", 1, True),
        ("reminder", 2, True),
        ("reminder", 3, False),
        ("invitation", 1, True),
        ("code", 1, False),
    ],
)
def test_which_mail_may_be_handed_over_again(mail_class: str, doubts: int, again: bool) -> None:
    assert may_be_repeated(mail_class=mail_class, doubts=doubts) is again
