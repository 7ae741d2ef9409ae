"""A real SMTP server that keeps every message as a file and delivers none, for machines without a mail server.

Run as `python -m clinic.mailcatcher`. A message is on the disk before we answer 250, so whatever was accepted can be shown.
"""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

KEEP_AT_MOST = 2000  # messages; a demo with reminders for thousands must not fill the disk


class Keep:
    """Store each accepted message below `folder`; the file name sorts by time of arrival."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.arrived = 0
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.arrived += 1
        name = f"{time.time_ns():020d}-{self.arrived:06d}.eml"
        unfinished = self.folder / f".{name}"
        with unfinished.open("wb") as file:
            file.write(envelope.original_content or b"")
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(self.folder / name)  # a reader of the folder sees whole messages only
        if self.arrived % 100 == 0:
            self._forget_the_oldest()
        return "250 Message accepted for delivery"

    def _forget_the_oldest(self) -> None:
        for old in sorted(self.folder.glob("*.eml"))[:-KEEP_AT_MOST]:
            old.unlink(missing_ok=True)


async def serve(folder: Path, *, host: str, port: int) -> None:
    """Accept mail until we are asked to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    keep = Keep(folder)
    server = await loop.create_server(lambda: SMTP(keep, enable_SMTPUTF8=True, loop=loop), host, port)
    print(f"Catching mail on {host}:{port} into {folder}", flush=True)
    await stop.wait()
    server.close()


def main() -> int:
    folder = Path(os.environ.get("MAIL_CATCHER_DIR", "var/mail"))
    host = os.environ.get("MAIL_CATCHER_HOST", "127.0.0.1")
    asyncio.run(serve(folder, host=host, port=int(os.environ.get("MAIL_CATCHER_PORT", "1025"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
