"""Signs of life: what makes /readyz red, what only degrades it, and that /healthz touches nothing."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from clinic.actions.sign_in import post_code
from clinic.models import Heartbeat
from tests.clinic.people import signed_in
from tests.factories import make_user


@pytest.fixture
def beating(db):
    return Heartbeat.objects.create(name="beat", at=timezone.now())


def ready() -> tuple[int, str, list[str]]:
    """Status code, word, and the parts that are not well."""
    reply = Client().get("/readyz")
    body = reply.json()
    return reply.status_code, body["status"], [f"{n} {s}" for n, s in body["parts"].items() if s != "ok"]


def refuse(*args: object) -> None:
    raise OperationalError("gone")


def test_all_well(beating):
    assert ready() == (200, "ok", [])


def test_a_silent_beat_is_red(beating):
    Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=4))

    assert ready() == (503, "down", ["beat silent"])


@pytest.mark.django_db
def test_a_beat_that_never_was_is_red():
    assert ready() == (503, "down", ["beat silent"])


def test_a_missing_migration_is_red(beating):
    MigrationRecorder.Migration.objects.filter(app="clinic", name="0001_initial").delete()

    assert ready() == (503, "down", ["migrations missing"])


def test_late_mail_degrades(beating):
    post_code(to="a@example.org", code="1", now=timezone.now() - timedelta(minutes=16))

    assert ready() == (200, "degraded", ["mail late"])


def test_mail_of_the_future_is_not_late(beating):
    post_code(to="a@example.org", code="1", now=timezone.now() + timedelta(days=1))

    assert ready() == (200, "ok", [])


def test_a_dead_broker_degrades(beating, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    assert ready() == (200, "degraded", ["broker down"])


def test_a_dead_database_is_red_and_still_answered(beating, settings, monkeypatch):
    with monkeypatch.context() as gone:
        gone.setattr(connection, "ensure_connection", refuse)
        gone.setattr(connection, "_cursor", refuse)
        answer = ready()

    assert answer == (
        503, "down", ["database down", "migrations unknown", "beat unknown", "mail unknown"]
    )  # fmt: skip


@pytest.mark.django_db
def test_the_process_answers_without_touching_the_database_even_with_a_session_cookie(
    django_assert_num_queries,
):
    browser = signed_in(make_user())

    with django_assert_num_queries(0):
        reply = browser.get("/healthz")

    assert (reply.status_code, reply.content) == (200, b"ok")


def test_readiness_takes_five_questions(beating, django_assert_num_queries):
    ready()

    with django_assert_num_queries(5):
        ready()
