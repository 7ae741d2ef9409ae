"""One held line to the mail server, and what its answers mean. Knows nothing of the outbox."""

import smtplib
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

from django.core.mail import EmailMessage, get_connection

CLOSING = 421  # "service not available, closing transmission channel"
PERMANENT = 500

Answer = Literal["accepted", "later", "never", "unknown", "unreachable"]


@dataclass(frozen=True)
class Reply:
    """What became of one hand-over. Only the server's number is kept: its words may quote the address."""

    answer: Answer
    code: int | None = None


class Line:
    """Opened by the first mail, kept for the batch, closed at its end."""

    def __init__(self) -> None:
        self._connection = get_connection()
        self.is_usable = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, message: EmailMessage) -> Reply:
        """Hand one mail over to its one recipient."""
        try:
            self._connection.open()
        except (smtplib.SMTPException, OSError) as error:
            # Nothing was sent. A refused account or greeting, too, is about us, not about this mail.
            self.is_usable = False
            return Reply("unreachable", getattr(error, "smtp_code", None))
        reply = self._hand_over(message)
        if reply.answer == "unknown" or reply.code == CLOSING:
            self._hang_up()
        return reply

    def _hand_over(self, message: EmailMessage) -> Reply:
        try:
            taken = self._connection.send_messages([message])
        except (
            ValueError,
            smtplib.SMTPNotSupportedError,
        ):  # a broken header or address: it will not get better
            return Reply("never")
        except smtplib.SMTPRecipientsRefused as refused:
            return _refusal(max(code for code, _words in refused.recipients.values()))
        except smtplib.SMTPSenderRefused as refused:
            return Reply(
                "later", refused.smtp_code
            )  # about our own address: staff can mend it within the day
        except smtplib.SMTPResponseException as refused:
            return _refusal(refused.smtp_code)
        except (smtplib.SMTPException, OSError):
            # The line broke or went silent. The server may own the message without our knowing (RFC 1047).
            return Reply("unknown")
        return Reply("accepted", 250) if taken == 1 else Reply("never")

    def _hang_up(self) -> None:
        self._connection.close()


def _refusal(code: int) -> Reply:
    return Reply("never" if code >= PERMANENT else "later", code)
