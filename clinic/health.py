"""Say by exit code whether one process is doing its work; docker-compose.yml asks every few seconds.

Run as `python -m clinic.health web`. Loads neither the models nor Wagtail, so that asking stays cheap.
"""

import http.client
import os
import smtplib
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

BEAT_WRITES_EVERY = 180  # seconds; Celery's own interval for saving the schedule


def web() -> bool:
    """The web server answers, and so do the database and the broker behind it."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", int(os.environ.get("GRANIAN_PORT", "8000")), timeout=5
    )
    connection.request("GET", "/readyz", headers={"Host": urlsplit(os.environ["SITE_URL"]).netloc})
    return connection.getresponse().status == 200


def worker() -> bool:
    """The worker in this container takes messages from the broker."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    from clinic.celery import app

    return bool(app.control.ping(destination=[f"celery@{socket.gethostname()}"], timeout=5))


def beat() -> bool:
    """Beat has saved its schedule lately; it does so only while it ticks."""
    saved = max(
        file.stat().st_mtime for file in Path(os.environ.get("VAR_DIR", "var")).glob("beat-schedule*")
    )
    return time.time() - saved < 3 * BEAT_WRITES_EVERY


def mail() -> bool:
    """The mail catcher greets."""
    with smtplib.SMTP("127.0.0.1", int(os.environ.get("MAIL_CATCHER_PORT", "1025")), timeout=5) as connection:
        return connection.noop()[0] == 250


PROBES: dict[str, Callable[[], bool]] = {"web": web, "worker": worker, "beat": beat, "mail": mail}

if __name__ == "__main__":
    sys.exit(0 if PROBES[sys.argv[1]]() else 1)
