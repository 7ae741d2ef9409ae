"""The post: kinds of mail, the outbox row of each mail, and composing it. Sending is the drain's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr, parseaddr

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone

from clinic.models import Clinic, OutgoingMail, Patient

Class = OutgoingMail.Class
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False)


def always_wanted(row: OutgoingMail, now: datetime) -> str:
    return ""


@dataclass(frozen=True)
class MailKind:
    """One kind of mail. `still_wanted` answers "" to send, or a short code for why not any more.

    `template` names three files: emails/<template>_subject.txt, .txt, .html. A context with `unsubscribe_url`
    gets the headers of RFC 8058.
    """

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
    """Put one mail in the outbox; the same key twice gives the row that is there.

    Call inside the action's transaction.
    """
    due = due_at or timezone.now()
    row, _created = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind, "mail_class": KINDS[kind].mail_class, "to": to, "context": context,
            "clinic": clinic, "patient": patient,
            "due_at": due, "next_attempt_at": due, "not_after": not_after,
        },
    )  # fmt: skip
    return row


def compose(row: OutgoingMail) -> EmailMultiAlternatives:
    """Make the mail of this row: subject, text and HTML, and headers that are the same at every attempt."""
    validate_email(row.to)  # not every mail server would refuse what is no address
    kind = KINDS[row.kind]
    context = {"clinic_name": row.clinic.mail_name if row.clinic else "", **kind.build_context(row)}
    message = EmailMultiAlternatives(
        subject=_plain(f"emails/{kind.template}_subject.txt", context).strip(),
        body=_plain(f"emails/{kind.template}.txt", context).strip() + "\n",
        from_email=_sender(row.clinic),
        to=[row.to],
        headers=_headers(row, context),
    )
    html = render_to_string(f"emails/{kind.template}.html", context)
    message.attach_alternative(INLINER.inline(html), "text/html")
    return message


def _plain(template: str, context: dict[str, object]) -> str:
    """Text as it is: an apostrophe in a clinic's name must not arrive as `&#x27;`."""
    return get_template(template).template.render(Context(context, autoescape=False))


def _sender(clinic: Clinic | None) -> str:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((clinic.mail_name if clinic else name, address))


def _headers(row: OutgoingMail, context: dict[str, object]) -> dict[str, str]:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{row.pk}@{domain}>",  # the same for every copy: a mailbox may drop the second
        "Auto-Submitted": "auto-generated",
    }
    if context.get("unsubscribe_url"):
        headers["List-Unsubscribe"] = f"<{context['unsubscribe_url']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
