"""Is this deployment fit to serve people and to send what is due?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from redis import Redis, RedisError

from clinic import pdf
from clinic.models import Heartbeat, OutgoingMail

BEAT_SILENT_AFTER = timedelta(minutes=3)
MAIL_LATE_AFTER = timedelta(
    minutes=15
)  # one number that shows a fault of beat, worker, broker or mail server alike
BROKER_SECONDS = 0.5
VITAL = ("database", "migrations", "beat")  # without these people cannot be served, or are not reminded


@dataclass(frozen=True)
class Readiness:
    """`parts` says "ok" or in a word what is wrong with each part."""

    parts: dict[str, str]

    @property
    def status(self) -> str:
        if any(self.parts[name] != "ok" for name in VITAL):
            return "down"
        return "ok" if set(self.parts.values()) == {"ok"} else "degraded"


def readiness(now: datetime) -> Readiness:
    asked: dict[str, Callable[[datetime], str]] = {
        "database": _database, "migrations": _migrations, "beat": _beat, "mail": _mail,
    }  # fmt: skip
    return Readiness(
        {name: _careful(ask, now) for name, ask in asked.items()}
        | {"broker": _broker(), "handouts": _handouts()}
    )


def _careful(ask: Callable[[datetime], str], now: datetime) -> str:
    try:
        return ask(now)
    except DatabaseError:
        return "unknown"


def _database(now: datetime) -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "down"
    return "ok"


def _migrations(now: datetime) -> str:
    return (
        "ok" if _needed_migrations() <= set(MigrationRecorder(connection).applied_migrations()) else "missing"
    )


@cache
def _needed_migrations() -> frozenset[tuple[str, str]]:
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return frozenset(key for key, migration in on_disk.items() if not migration.replaces)


def _beat(now: datetime) -> str:
    alive = Heartbeat.objects.filter(name="beat", at__gt=now - BEAT_SILENT_AFTER)
    return "ok" if alive.exists() else "silent"


def _mail(now: datetime) -> str:
    waiting = OutgoingMail.objects.filter(status__in=["pending", "submitting"])
    return "late" if waiting.filter(due_at__lt=now - MAIL_LATE_AFTER).exists() else "ok"


def _handouts() -> str:
    """Without Pango there are no PDFs; people are told how to print the page."""
    return "ok" if pdf.is_possible() else "missing"


def _broker() -> str:
    """Without it pages still work and mail still goes out, at the next sweep: degraded, not down."""
    limits = {"socket_timeout": BROKER_SECONDS, "socket_connect_timeout": BROKER_SECONDS}
    try:
        with Redis.from_url(settings.CELERY_BROKER_URL, **limits) as broker:
            broker.ping()
    except RedisError:
        return "down"
    return "ok"
