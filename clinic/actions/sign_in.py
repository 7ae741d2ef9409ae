"""The mail that signs people in or tells them about their account; the outbox composes and sends it."""

from datetime import datetime, timedelta
from uuid import uuid4

from clinic import mail
from clinic.models import OutgoingMail
from clinic.queries import NOBODY

CODE_LASTS = timedelta(minutes=10)


def post_code(*, to: str, code: str, now: datetime) -> OutgoingMail:
    return mail.post(
        kind="sign_in_code",
        key=f"code:{uuid4()}",
        to=to,
        context={"code": code},
        due_at=now,
        not_after=now + CODE_LASTS,
    )


def post_nothing(*, now: datetime) -> OutgoingMail:
    """For an address without an account: the same work as posting a code, so that the time taken tells nothing.

    The row is cancelled when its turn comes (`queries.code_still_wanted`), and the address itself is not kept.
    """
    return post_code(to=NOBODY, code="", now=now)


def post_account_notice(*, to: str, notice: str, now: datetime) -> OutgoingMail:
    """Say that something about how this person signs in has changed; `notice` is its code name."""
    return mail.post(
        kind="account_notice", key=f"notice:{uuid4()}", to=to, context={"notice": notice}, due_at=now
    )
