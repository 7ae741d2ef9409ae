"""Many senders at once, and senders that sleep past their lease, on real connections and a real mail server."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from clinic import mail
from clinic.actions import outbox
from clinic.models import OutgoingMail
from reminders.actions import plan_reminders, set_rule
from reminders.models import ReminderSlot
from tests.factories import NOON, make_clinic, make_member, make_patient, make_plan

pytestmark = pytest.mark.django_db(transaction=True)
Status = OutgoingMail.Status


def post() -> OutgoingMail:
    return mail.post(
        kind="account_notice",
        key=f"test:{uuid4()}",
        to="ann@example.org",
        context={"notice": "webauthn_added"},
    )


def at_once(act: Callable[[], int], *, threads: int = 20) -> list[int]:
    """What each of so many threads got from the same act, all begun at the same moment."""
    barrier = Barrier(threads)

    def run(_number: int) -> int:
        try:
            barrier.wait()
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


def test_twenty_threads_claiming_one_mail_send_one_mail(smtp_sink) -> None:
    row = post()

    handled = at_once(outbox.drain)

    row.refresh_from_db()
    assert sorted(handled) == [0] * 19 + [1]
    assert len(smtp_sink.messages) == 1
    assert (row.status, row.attempts) == (Status.SENT, 1)


def test_twenty_threads_share_a_hundred_mails_without_a_copy(smtp_sink) -> None:
    rows = [post() for _ in range(100)]

    handled = at_once(outbox.drain)

    assert sum(handled) == 100
    assert sorted(m["Message-ID"] for m in smtp_sink.messages) == sorted(f"<{r.pk}@localhost>" for r in rows)


def test_a_sender_that_slept_past_its_lease_cannot_overwrite_the_newer_result(smtp_sink) -> None:
    row = post()
    sleeper = outbox.claim()
    later = sleeper.lease_until + timedelta(seconds=1)

    outbox.drain(now=later)
    outbox._note(sleeper, outbox.Ending(Status.FAILED, "refused"), now=None)

    row.refresh_from_db()
    assert (row.status, row.outcome, row.attempts) == (Status.SENT, "", 2)


def test_a_mail_whose_lease_was_given_away_is_not_freed_by_the_first_sender(smtp_sink) -> None:
    row = post()
    sleeper = outbox.claim()
    outbox.claim(now=sleeper.lease_until + timedelta(seconds=1))

    outbox._note(sleeper, outbox.Ending(Status.PENDING, "later", again_at=timezone.now()), now=None)

    row.refresh_from_db()
    assert (row.status, row.attempts) == (Status.SUBMITTING, 2)
    assert outbox.drain() == 0


def test_ten_planners_at_once_plan_each_reminder_once() -> None:
    clinic = make_clinic()
    practitioner = make_member(clinic)
    for _ in range(20):
        make_plan(make_patient(clinic, in_care_of=practitioner), by=practitioner)

    new = at_once(lambda: plan_reminders(now=NOON), threads=10)

    assert sum(new) == OutgoingMail.objects.count() == ReminderSlot.objects.count() == 20 * 2


def test_a_change_of_hour_waits_for_the_sender_that_is_just_claiming(smtp_sink) -> None:
    clinic = make_clinic()
    patient = make_patient(clinic, in_care_of=make_member(clinic))
    make_plan(patient, weekdays=[1, 2, 3, 4, 5, 6, 7])
    day = {
        "patient": patient,
        "weekdays": [1, 2, 3, 4, 5, 6, 7],
        "is_on": True,
        "paused_until": None,
        "by": None,
    }
    set_rule(at_local=time(13), now=NOON, **day)
    one_o_clock = NOON + timedelta(hours=1)

    at_once(
        lambda: outbox.drain(now=one_o_clock) or bool(set_rule(at_local=time(14), now=one_o_clock, **day)),
        threads=8,
    )
    outbox.drain(now=NOON + timedelta(hours=2))

    assert len(smtp_sink.messages) == 1
