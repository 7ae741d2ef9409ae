"""A real SMTP server inside the test process: it notes a message before it answers, and can misbehave on purpose."""

import email
import email.policy
from email.message import EmailMessage
from typing import Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from clinic.embedded import free_port

Mode = Literal["ok", "tempfail", "permfail", "drop_after_accept"]


class Sink:
    """`messages` is what was accepted, in order; `mode` says how the next message is answered."""

    def __init__(self) -> None:
        self.mode: Mode = "ok"
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refused = 0
        self.host, self.port = "127.0.0.1", free_port()
        self._controller = Controller(self, hostname=self.host, port=self.port, enable_SMTPUTF8=True)

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop(no_assert=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.mode == "tempfail":
            self.refused += 1
            return "451 Try again later"
        if self.mode == "permfail":
            self.refused += 1
            return "550 No such person"
        message = email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
        self.messages.append(message)
        self.recipients.append(envelope.rcpt_tos)
        if self.mode == "drop_after_accept":  # we own the message, and the sender never hears that we do
            server.transport.abort()
        return "250 Accepted"
