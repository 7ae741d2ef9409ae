"""Nothing in a test may reach another machine: a connection to anything but loopback fails where it is made."""

import ipaddress
import socket
from typing import Any

LOCAL_NAMES = {"localhost", ""}
_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex


class LeftTheMachine(AssertionError):
    """A test tried to connect to another host."""


def install() -> None:
    socket.socket.connect = lambda self, address: _connect(self, _checked(self, address))  # type: ignore[method-assign]
    socket.socket.connect_ex = lambda self, address: _connect_ex(self, _checked(self, address))  # type: ignore[method-assign]


def remove() -> None:
    socket.socket.connect, socket.socket.connect_ex = _connect, _connect_ex  # type: ignore[method-assign]


def _checked(sock: socket.socket, address: Any) -> Any:
    if sock.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
        raise LeftTheMachine(f"A test tried to connect to {address[0]}:{address[1]}")
    return address


def _is_loopback(host: str) -> bool:
    if host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
