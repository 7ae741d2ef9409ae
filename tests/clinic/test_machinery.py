"""The ground that the tests stand on does what it says."""

import smtplib
import socket

import pytest
from django.core.mail import send_mail
from wagtail.models import Collection

from clinic.models import Clinic
from tests.machinery.guard import LeftTheMachine


@pytest.mark.django_db
def test_rows_of_one_test_are_gone_in_the_next() -> None:
    assert Clinic.objects.count() == 0
    Clinic.objects.create(name="North")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_real_transactions_start_from_the_migrated_rows(turn: int) -> None:
    assert Clinic.objects.count() == 0
    assert Collection.objects.count() == 1
    Clinic.objects.create(name="North")


def test_a_connection_to_another_machine_fails_at_once() -> None:
    with pytest.raises(LeftTheMachine):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_mail_really_travels_over_smtp(smtp_sink) -> None:
    send_mail("Hello", "Text", "from@example.org", ["ann@example.org"])

    assert [(m["To"], m["Subject"]) for m in smtp_sink.messages] == [("ann@example.org", "Hello")]


def test_a_server_that_drops_the_line_after_accepting_has_the_mail_and_the_sender_an_error(smtp_sink) -> None:
    smtp_sink.mode = "drop_after_accept"

    with pytest.raises(smtplib.SMTPServerDisconnected):
        send_mail("Hello", "Text", "from@example.org", ["ann@example.org"])

    assert len(smtp_sink.messages) == 1


def test_a_refused_mail_is_not_kept(smtp_sink) -> None:
    smtp_sink.mode = "tempfail"

    with pytest.raises(smtplib.SMTPDataError):
        send_mail("Hello", "Text", "from@example.org", ["ann@example.org"])

    assert smtp_sink.messages == []
