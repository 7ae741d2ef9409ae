"""What starts the drain: a nudge that no broker trouble can turn against a page, and a real worker and beat."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from clinic import mail, tasks
from clinic.actions.outbox import drain
from clinic.models import Heartbeat, OutgoingMail
from reminders.actions import set_rule
from reminders.models import ReminderSlot
from tests.factories import make_clinic, make_member, make_patient, make_plan

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90  # seconds: a worker and a beat start on a busy machine


@pytest.fixture
def broker_at() -> Iterator[Callable[[str], None]]:
    """Point nudges at another broker, with less patience, for the length of a test."""
    app = tasks.drain_mail.app
    usual = {name: app.conf[name] for name in ("broker_write_url", "broker_transport_options")}

    def use(settings: dict[str, object]) -> None:
        app.conf.update(settings)
        app.amqp._producer_pool = app._pool = None

    def point(url: str) -> None:
        short = {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}
        use({"broker_write_url": url, "broker_transport_options": usual["broker_transport_options"] | short})

    yield point
    use(usual)


def seconds_to_nudge() -> float:
    begun = time.monotonic()
    with transaction.atomic():
        tasks.nudge_mail()
    return time.monotonic() - begun


def lost(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.name == "clinic.tasks"]


@pytest.mark.django_db(transaction=True)
def test_a_page_does_not_notice_that_the_broker_is_down(broker_at, caplog) -> None:
    broker_at("redis://127.0.0.1:1/0")

    assert seconds_to_nudge() < 0.1
    wait_for(lambda: lost(caplog) == ["nudge lost"])


@pytest.mark.django_db(transaction=True)
def test_a_page_does_not_wait_for_a_frozen_broker_however_often_it_nudges(broker_at, caplog) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=100) as frozen:  # takes the call, never says a word
        broker_at(f"redis://127.0.0.1:{frozen.getsockname()[1]}/0")

        assert sum(seconds_to_nudge() for _ in range(20)) < 1
        assert threading.active_count() < 10
        wait_for(lambda: lost(caplog) == ["nudge lost"] * 2)


@pytest.mark.django_db(transaction=True)
def test_a_write_that_is_taken_back_nudges_nobody(monkeypatch) -> None:
    sent = []
    monkeypatch.setattr(tasks, "_publish", lambda task, ids: sent.append("nudge"))

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tasks.nudge_mail()
        raise ZeroDivisionError

    assert sent == []


def wait_for(happened: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)


@pytest.fixture
def worker_and_beat(smtp_sink, child_env, tmp_path) -> Iterator[None]:
    """Both as they run in production, on this test's database, Valkey and mail server."""
    commands = [
        ["worker", "--concurrency", "2"],
        ["beat", "--pidfile", "", "--schedule", str(tmp_path / "beat")],
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "clinic", *command, "--loglevel", "INFO"],
            cwd=ROOT, env=child_env, stdout=(tmp_path / f"{command[0]}.log").open("w"), stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        for command in commands
    ]  # fmt: skip
    yield
    for process in running:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.django_db(transaction=True)
def test_a_reminder_arrives_once_at_its_minute_through_a_real_worker_and_beat(
    worker_and_beat, smtp_sink
) -> None:
    clinic = make_clinic()
    patient = make_patient(clinic, in_care_of=make_member(clinic))
    make_plan(patient, weekdays=[1, 2, 3, 4, 5, 6, 7], started_on=date(2026, 1, 1))
    wait_for(lambda: Heartbeat.objects.filter(name="drain").exists())
    due = (timezone.now() + timedelta(seconds=20)).replace(microsecond=0)

    set_rule(
        patient=patient, at_local=due.time(), weekdays=[1, 2, 3, 4, 5, 6, 7], is_on=True, paused_until=None, by=None
    )  # fmt: skip
    wait_for(lambda: len(smtp_sink.messages) > 0, seconds=150)

    arrived = timezone.now()
    assert due <= arrived < due + timedelta(seconds=60)
    assert smtp_sink.recipients == [[patient.email]]
    time.sleep(20)  # one more round of the drain
    assert len(smtp_sink.messages) == 1
    assert ReminderSlot.objects.get(patient=patient, due_at=due).mail.attempts == 1


@pytest.mark.django_db(transaction=True)
def test_mail_leaves_without_celery_by_a_loop_that_stops_when_asked(smtp_sink, child_env) -> None:
    loop = subprocess.Popen(
        [sys.executable, "manage.py", "drain", "--loop", "--every", "0.2", "--skip-checks"],
        cwd=ROOT,
        env=child_env,
    )
    for _ in range(2):
        mail.post(
            kind="account_notice",
            key=f"test:{uuid4()}",
            to="ann@example.org",
            context={"notice": "totp_activated"},
        )
        wait_for(lambda: not OutgoingMail.objects.exclude(status="sent").exists())
    loop.terminate()

    assert loop.wait(10) == 0
    assert len(smtp_sink.messages) == 2


@pytest.mark.django_db
def test_a_mail_server_that_takes_the_call_and_says_nothing_is_given_up(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 0.5
    row = mail.post(kind="sign_in_code", key="code", to="ann@example.org", context={"code": "ABC-123"})
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        begun = time.monotonic()
        drain()

    row.refresh_from_db()
    assert time.monotonic() - begun < 2
    assert (row.status, row.outcome) == ("pending", "unreachable")  # nothing was sent, so the code may be
