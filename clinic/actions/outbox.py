"""Emptying the outbox: claim one mail, hand it over outside any transaction, note what became of it."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from clinic import mail
from clinic.failpoints import crash
from clinic.models import OutgoingMail
from clinic.rules.outbox import may_be_repeated, next_attempt
from clinic.smtp import Line, Reply

logger = logging.getLogger(__name__)
Status = OutgoingMail.Status


@dataclass(frozen=True)
class Ending:
    """How one attempt ended. `again_at` is set for a mail that waits for its next attempt."""

    status: str
    outcome: str = ""
    smtp_code: int | None = None
    again_at: datetime | None = None
    doubts: int = 0


def drain(*, limit: int = 50, now: datetime | None = None, seconds: float = 40) -> int:
    """Deal with up to `limit` due mails, for up to `seconds`; return how many. Any number may run at once.

    `now` is for tests: leases and due times go by the database's clock, so that machines need not agree.
    """
    handled, started = 0, monotonic()
    with Line() as line:
        while handled < limit and monotonic() - started < seconds and line.is_usable:
            row = claim(now=now)
            if row is None:
                break
            crash("after_claim")
            if row.status == Status.SUBMITTING:
                _note(row, _attempt(row, line), now=now)
            handled += 1
    return handled


def claim(*, now: datetime | None = None) -> OutgoingMail | None:
    """Take the next due mail for ourselves for the length of a lease; committed before anything is sent.

    One at a time: a slow mail server then holds up one lease, never those of mails that wait behind it.
    """
    with transaction.atomic():
        row = _next_due(_clock(now), only_codes=True) or _next_due(_clock(now), only_codes=False)
        if row is not None:
            _take(row)
    return row


def _clock(now: datetime | None) -> Combinable:
    return Now() if now is None else Value(now)


def _next_due(clock: Combinable, *, only_codes: bool) -> OutgoingMail | None:
    """Waiting or abandoned, whichever has been due longest. Sign-in codes go first: somebody is at a screen.

    `next_attempt_at` of a mail that is being handed over is the end of its lease.
    """
    due: QuerySet[OutgoingMail] = OutgoingMail.objects.filter(
        status__in=[Status.PENDING, Status.SUBMITTING], next_attempt_at__lte=clock
    )
    if only_codes:
        due = due.filter(mail_class=OutgoingMail.Class.CODE)
    due = due.select_for_update(skip_locked=True, of=("self",)).select_related("clinic", "patient__user")
    return due.annotate(claimed_at=clock).order_by("next_attempt_at").first()


def _take(row: OutgoingMail) -> None:
    was_abandoned = row.status == Status.SUBMITTING
    row.doubts += was_abandoned
    if was_abandoned and not may_be_repeated(mail_class=row.mail_class, doubts=row.doubts):
        _end(row, Ending(Status.IN_DOUBT, "nobody saw it end", doubts=row.doubts))
        return
    row.status, row.attempts = Status.SUBMITTING, row.attempts + 1
    row.lease_until = row.next_attempt_at = row.claimed_at + timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    row.save(update_fields=["status", "attempts", "doubts", "lease_until", "next_attempt_at"])


def _end(row: OutgoingMail, ending: Ending) -> None:
    """Finish a row that we hold locked."""
    row.status, row.outcome, row.lease_until = ending.status, ending.outcome, None
    row.context = _without_secrets(row)
    row.save(update_fields=["status", "outcome", "lease_until", "doubts", "context"])
    logger.warning("mail in doubt", extra={"mail_id": row.pk})


def _attempt(row: OutgoingMail, line: Line) -> Ending:
    try:
        unwanted = _reason_not_to_send(row)
        message = None if unwanted else mail.compose(row)
    except DatabaseError:
        raise
    except Exception:  # whatever is wrong with one mail must not hold up the others, nor be tried for ever
        logger.exception("mail cannot be composed", extra={"mail_id": row.pk})
        return Ending(Status.FAILED, "cannot be composed")
    if unwanted:
        return unwanted
    crash("before_smtp")
    reply = line.send(message)
    crash("after_smtp")
    return _ending_of(row, reply)


def _reason_not_to_send(row: OutgoingMail) -> Ending | None:
    """Ask again right before sending: between due and sent a person may have stopped, finished or left."""
    if row.kind not in mail.KINDS:
        return Ending(Status.FAILED, "unknown kind")
    if row.not_after is not None and row.claimed_at > row.not_after:
        return Ending(Status.EXPIRED, "too late")
    if row.patient and row.patient.user and not row.patient.user.is_active:
        return Ending(Status.CANCELLED, "account closed")
    reason = mail.KINDS[row.kind].still_wanted(row, row.claimed_at)
    return Ending(Status.CANCELLED, reason) if reason else None


def _ending_of(row: OutgoingMail, reply: Reply) -> Ending:
    if reply.answer == "accepted":
        return Ending(Status.SENT, smtp_code=reply.code)
    if reply.answer == "never":
        return Ending(Status.FAILED, "refused", smtp_code=reply.code)
    if reply.answer == "unknown":
        if not may_be_repeated(mail_class=row.mail_class, doubts=row.doubts + 1):
            return Ending(Status.IN_DOUBT, "nobody saw it end", doubts=1)
        return _later(row, reply, "line broke", doubts=1)
    return _later(row, reply, reply.answer)


def _later(row: OutgoingMail, reply: Reply, outcome: str, *, doubts: int = 0) -> Ending:
    again_at = next_attempt(attempts=row.attempts, due_at=row.due_at, now=row.claimed_at)
    if again_at is None:
        return Ending(Status.FAILED, "tried for a day", smtp_code=reply.code, doubts=doubts)
    return Ending(Status.PENDING, outcome, smtp_code=reply.code, again_at=again_at, doubts=doubts)


def _note(row: OutgoingMail, ending: Ending, *, now: datetime | None) -> None:
    """One statement, right after the server's answer.

    The attempt number is the fence: whoever slept past its lease finds a newer number and changes nothing.
    """
    mine = OutgoingMail.objects.filter(pk=row.pk, status=Status.SUBMITTING, attempts=row.attempts)
    noted = mine.update(
        status=ending.status,
        outcome=ending.outcome,
        smtp_code=ending.smtp_code,
        doubts=row.doubts + ending.doubts,
        lease_until=None,
        next_attempt_at=ending.again_at or row.next_attempt_at,
        sent_at=_clock(now) if ending.status == Status.SENT else None,
        context=row.context if ending.status == Status.PENDING else _without_secrets(row),
    )
    crash("after_note")
    if not noted:
        logger.warning("mail was taken over while we sent it", extra={"mail_id": row.pk})
    elif ending.status in (Status.FAILED, Status.IN_DOUBT):
        logger.warning("mail %s", ending.status, extra={"mail_id": row.pk})


def _without_secrets(row: OutgoingMail) -> dict[str, object]:
    secrets = mail.KINDS[row.kind].wiped_after if row.kind in mail.KINDS else tuple(row.context)
    return {name: value for name, value in row.context.items() if name not in secrets}
