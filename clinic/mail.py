"""The post: kinds of mail, the outbox row for each, and composing one mail from a row. Sending is the drain's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from clinic.models import Clinic, OutgoingMail, Patient

Class = OutgoingMail.Class


def always_wanted(row: OutgoingMail, now: datetime) -> str:
    return ""


@dataclass(frozen=True)
class MailKind:
    """One kind of mail. `still_wanted` answers "" to send, or the reason why not any more."""

    name: str
    mail_class: str
    template: str
    still_wanted: Callable[[OutgoingMail, datetime], str] = always_wanted
    build_context: Callable[[OutgoingMail], dict[str, object]] = lambda row: dict(row.context)
    wiped_after: tuple[str, ...] = ()  # context keys that are secrets: removed once the row is finished


KINDS: dict[str, MailKind] = {}


def register(kind: MailKind) -> None:
    """Called by each room's AppConfig, so that the drain can ask a room without importing it."""
    KINDS[kind.name] = kind


def post(
    *,
    kind: str,
    key: str,
    to: str,
    context: dict[str, str | int],
    clinic: Clinic | None = None,
    patient: Patient | None = None,
    due_at: datetime | None = None,
    not_after: datetime | None = None,
) -> OutgoingMail:
    """Put one mail in the outbox; the same key twice gives the row that is there. Call inside the action's transaction."""
    due = due_at or timezone.now()
    row, _created = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind, "mail_class": KINDS[kind].mail_class, "to": to, "context": context, "clinic": clinic,
            "patient": patient, "due_at": due, "next_attempt_at": due, "not_after": not_after,
        },
    )  # fmt: skip
    return row
