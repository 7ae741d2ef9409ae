"""A sender that dies at the worst moments: what is lost, what is doubled, what is in doubt. Nothing is lost in silence."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.utils import timezone

from clinic import mail
from clinic.actions.outbox import drain
from clinic.models import OutgoingMail

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
Status = OutgoingMail.Status
CRASHES = 5
MAILS = 10


@pytest.fixture
def sender(smtp_sink, settings, monkeypatch) -> Callable[[str], int]:
    """Drain in a process of its own that dies at the named point; what it was ended by, or 0 when it lived."""

    def run(failpoint: str) -> int:
        settings.FAILPOINTS = True
        monkeypatch.setenv("FAILPOINT", failpoint)
        child = os.fork()
        if child == 0:
            connection.connection = None  # the parent's: not ours to use or to close
            drain()
            os._exit(0)
        monkeypatch.delenv("FAILPOINT")
        return os.WTERMSIG(os.waitpid(child, 0)[1])

    return run


def post(kind: str) -> None:
    context = {"code": "ABC-123"} if kind == "sign_in_code" else {"notice": "webauthn_added"}
    mail.post(kind=kind, key=f"test:{uuid4()}", to="ann@example.org", context=context)


def crash_and_carry_on(sender: Callable[[str], int], kind: str, failpoint: str) -> None:
    for _ in range(MAILS):
        post(kind)
    assert [sender(failpoint) for _ in range(CRASHES)] == [signal.SIGKILL] * CRASHES
    while drain():
        pass
    while drain(now=timezone.now() + timedelta(minutes=10)):  # the leases of the dead have ended
        pass


def statuses() -> dict[str, int]:
    return dict(Counter(OutgoingMail.objects.values_list("status", flat=True)))


@pytest.mark.parametrize(
    ("failpoint", "extra"),
    [("after_claim", 0), ("before_smtp", 0), ("after_smtp", CRASHES), ("after_note", 0)],
)
def test_no_notice_is_lost_and_only_the_gap_after_smtp_doubles_one(
    sender, smtp_sink, failpoint, extra
) -> None:
    crash_and_carry_on(sender, "account_notice", failpoint)

    copies = Counter(m["Message-ID"] for m in smtp_sink.messages)
    assert statuses() == {Status.SENT: MAILS}
    assert (len(copies), sum(copies.values()) - len(copies)) == (MAILS, extra)
    assert max(copies.values()) == (2 if extra else 1)  # never many copies to one person


@pytest.mark.parametrize(
    ("failpoint", "in_doubt", "delivered"),
    [
        ("after_claim", CRASHES, MAILS - CRASHES),
        ("before_smtp", CRASHES, MAILS - CRASHES),
        ("after_smtp", CRASHES, MAILS),
        ("after_note", 0, MAILS),
    ],
)
def test_no_sign_in_code_is_sent_twice_and_each_unsure_one_is_listed(
    sender, smtp_sink, failpoint, in_doubt, delivered
) -> None:
    crash_and_carry_on(sender, "sign_in_code", failpoint)

    assert len(smtp_sink.messages) == len({m["Message-ID"] for m in smtp_sink.messages}) == delivered
    assert statuses().get(Status.IN_DOUBT, 0) == in_doubt


def test_a_failpoint_does_nothing_unless_the_settings_ask_for_it(smtp_sink, child_env) -> None:
    post("account_notice")

    child = subprocess.run(
        [sys.executable, "manage.py", "drain", "--skip-checks"],
        cwd=ROOT, env=child_env | {"FAILPOINT": "after_claim"}, timeout=60, check=False, capture_output=True, text=True,
    )  # fmt: skip

    assert (child.returncode, child.stdout) == (0, "1 mails dealt with.\n")


def test_a_deployment_with_failpoints_on_is_refused(settings) -> None:
    settings.FAILPOINTS = True
    assert "clinic.E001" in [
        problem.id for problem in run_checks(tags=["security"], include_deployment_checks=True)
    ]
    settings.FAILPOINTS = False
    assert "clinic.E001" not in [
        problem.id for problem in run_checks(tags=["security"], include_deployment_checks=True)
    ]
