"""The mail that signs people in or tells them about their account; the outbox composes and sends it."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from clinic import mail
from clinic.models import OutgoingMail

CODE_LASTS = timedelta(minutes=10)
NOBODY = "nobody@invalid"


def post_code(*, to: str, code: str, now: datetime) -> OutgoingMail:
    return mail.post(
        kind="sign_in_code",
        key=f"code:{uuid4()}",
        to=to,
        context={"code": code},
        due_at=now,
        not_after=now + CODE_LASTS,
    )


@transaction.atomic
def post_nothing(*, now: datetime) -> OutgoingMail:
    """For an address without an account: the work of posting a code, so that the time taken tells nothing.

    No mail goes out, and the address itself is not kept.
    """
    row = post_code(to=NOBODY, code="", now=now)
    row.status, row.outcome, row.context = OutgoingMail.Status.CANCELLED, "no account", {}
    row.save(update_fields=["status", "outcome", "context"])
    return row


def post_account_notice(*, to: str, notice: str, now: datetime) -> OutgoingMail:
    """Say that something about how this person signs in has changed; `notice` is its code name."""
    return mail.post(
        kind="account_notice", key=f"notice:{uuid4()}", to=to, context={"notice": notice}, due_at=now
    )
