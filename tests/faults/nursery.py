"""A web server in a process of its own that is back a moment after it was killed: forked, so that nothing has to be loaded anew."""

import contextlib
import os
import signal
import time
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client

from clinic.embedded import free_port


class Quiet(WSGIRequestHandler):
    def log_message(self, *words: object) -> None:
        """Nobody reads it."""


class Server(WSGIServer):
    request_queue_size = 64


class Nursery:
    """`with Nursery(folder) as server:` serves at `server.port`; `server.kill()` sends SIGKILL, and another is born."""

    def __init__(self, folder: Path) -> None:
        self.port, self.note = free_port(), folder / "server.pid"

    def __enter__(self) -> "Nursery":
        application = get_wsgi_application()
        Client().get(
            "/accounts/login/"
        )  # what is loaded at the first request is loaded once, for all of them
        self.parent = os.fork()  # before any thread of the trial runs
        if self.parent == 0:
            with contextlib.suppress(KeyboardInterrupt):
                self._bear_for_ever(application)
            os._exit(0)
        while not self.note.exists():
            time.sleep(0.01)
        return self

    def __exit__(self, *error: object) -> None:
        os.kill(self.parent, signal.SIGKILL)
        os.waitpid(self.parent, 0)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid(), signal.SIGKILL)

    def kill(self) -> None:
        pid = self._pid()
        os.kill(pid, signal.SIGKILL)
        while self._pid() == pid:
            time.sleep(0.01)

    def _pid(self) -> int:
        return int(self.note.read_text())

    def _bear_for_ever(self, application: object) -> None:
        for connection in connections.all():
            connection.connection = None  # the parent's: not ours to use or to close
            connection.settings_dict["CONN_MAX_AGE"] = None
        while True:
            child = os.fork()
            if child == 0:
                make_server("127.0.0.1", self.port, application, Server, Quiet).serve_forever()
            self._write(child)
            os.waitpid(child, 0)

    def _write(self, pid: int) -> None:
        new = self.note.with_suffix(".new")
        new.write_text(str(pid))
        new.replace(self.note)
