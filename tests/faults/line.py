"""A line between a phone and the web server that fails on purpose: real sockets on loopback, one request to a connection."""

import contextlib
import random
import socket
import socketserver
import threading
import time
from collections import Counter
from enum import StrEnum

CHUNK = 65_536


class Fault(StrEnum):
    NONE = "none"
    LOST = "lost before the server"
    CUT = "cut in the middle of the request"
    SILENT = "stored, but no answer"
    TORN = "stored, but half an answer"
    TWICE = "delivered twice"
    LATE = "lost, and delivered later, behind others"
    SLOW = "slow"
    GATEWAY = "stored, but a gateway's error page"


BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbad"


class Line:
    """`with Line(to=port) as line:` phones connect to `line.port`. `share` of the requests meet a fault; `cut()` is airplane mode."""

    def __init__(
        self, *, to: int, share: float = 0.0, seed: int = 0, faults: tuple[Fault, ...] = tuple(Fault)
    ) -> None:
        self.to, self.share, self.faults = to, share, [fault for fault in faults if fault != Fault.NONE]
        self.chance, self.is_cut, self.met = random.Random(seed), False, Counter()
        self.lock = threading.Lock()
        self.server = _Listener(("127.0.0.1", 0), self._handler())
        self.port: int = self.server.server_address[1]

    def __enter__(self) -> "Line":
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def cut(self) -> None:
        self.is_cut = True

    def mend(self) -> None:
        self.is_cut = False

    def _handler(line) -> type[socketserver.BaseRequestHandler]:
        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    line.carry(self.request)

        return Handler

    def carry(self, phone: socket.socket) -> None:
        """One request and its answer, or what is left of them."""
        if self.is_cut:
            return
        phone.settimeout(30)
        request = read_message(phone)
        if not request or self.is_cut:
            return
        fault = self._draw()
        getattr(self, f"_{fault.name.lower()}")(phone, request)

    def _draw(self) -> Fault:
        with self.lock:
            fault = self.chance.choice(self.faults) if self.chance.random() < self.share else Fault.NONE
            self.met[fault] += 1
            return fault

    def _none(self, phone: socket.socket, request: bytes) -> None:
        answer = self.deliver(request)
        if not self.is_cut:
            phone.sendall(answer)

    def _lost(self, phone: socket.socket, request: bytes) -> None:
        return

    def _cut(self, phone: socket.socket, request: bytes) -> None:
        """Anywhere, most often in the last field: what is left may look whole."""
        left = self.chance.choice([len(request) * 2 // 3, len(request) - self.chance.randrange(1, 40)])
        with self._server() as server:
            server.sendall(request[:left])
            server.shutdown(socket.SHUT_WR)
            server.recv(CHUNK)

    def _silent(self, phone: socket.socket, request: bytes) -> None:
        self.deliver(request)

    def _torn(self, phone: socket.socket, request: bytes) -> None:
        answer = self.deliver(request)
        phone.sendall(answer[: len(answer) - 20])

    def _twice(self, phone: socket.socket, request: bytes) -> None:
        self.deliver(request)
        phone.sendall(self.deliver(request))

    def _late(self, phone: socket.socket, request: bytes) -> None:
        phone.shutdown(socket.SHUT_RDWR)
        time.sleep(0.3)
        self.deliver(request)

    def _slow(self, phone: socket.socket, request: bytes) -> None:
        time.sleep(0.05)
        phone.sendall(self.deliver(request))

    def _gateway(self, phone: socket.socket, request: bytes) -> None:
        self.deliver(request)
        phone.sendall(BAD_GATEWAY)

    def deliver(self, request: bytes) -> bytes:
        """What the server answered, whole; raises OSError when there is no server or it died."""
        with self._server() as server:
            server.sendall(request)
            return b"".join(iter(lambda: server.recv(CHUNK), b""))

    def _server(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.to), timeout=30)


class _Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A phone that hung up is what this is about."""


def read_message(sock: socket.socket) -> bytes:
    """One whole HTTP request, asking the server to hang up after it; empty when the phone hung up first."""
    read = b""
    while b"\r\n\r\n" not in read:
        more = sock.recv(CHUNK)
        if not more:
            return b""
        read += more
    head, body = read.split(b"\r\n\r\n", 1)
    lines = [
        line for line in head.split(b"\r\n") if not line.lower().startswith((b"connection:", b"keep-alive:"))
    ]
    length = next(
        (int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        more = sock.recv(CHUNK)
        if not more:
            return b""
        body += more
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body
