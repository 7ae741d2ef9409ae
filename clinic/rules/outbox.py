"""When a mail is tried again, and when it is given up."""

from datetime import datetime, timedelta

BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
GIVE_UP_AFTER = timedelta(hours=24)
HAND_OVERS_AT_MOST = 3  # the most copies of one mail that crashes can make


def next_attempt(*, attempts: int, due_at: datetime, now: datetime) -> datetime | None:
    """When to try a mail again that was refused for now; None once it has been due for a day."""
    again = now + BACK_OFF[min(attempts, len(BACK_OFF)) - 1]
    return None if again > due_at + GIVE_UP_AFTER else again


def may_be_repeated(*, mail_class: str, doubts: int) -> bool:
    """Say whether a mail whose hand-over nobody saw end may be handed over again.

    A second copy of a reminder does little harm. A second sign-in code confuses, and the person asks for a
    new one anyway.
    """
    return mail_class != "code" and doubts < HAND_OVERS_AT_MOST
