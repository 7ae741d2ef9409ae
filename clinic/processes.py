"""The processes that make Hipwise, and how to start and stop one; `manage.py up` and docker-compose.yml run these same commands.

Knows no Django and no settings: whatever differs between machines comes through the environment.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

# Each is run as `python …`. Addresses, ports and the number of web workers come from GRANIAN_HOST, GRANIAN_PORT, GRANIAN_WORKERS,
# MAIL_CATCHER_PORT and the like, so that the words here are the same on every machine.
COMMANDS: dict[str, list[str]] = {
    "prepare": ["manage.py", "prepare"],
    "web": [
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--blocking-threads",
        "1",
        "--no-ws",
        "clinic.wsgi:application",
    ],
    "worker": ["-m", "celery", "-A", "clinic", "worker", "--concurrency", "2", "--loglevel", "INFO"],
    "beat": ["-m", "celery", "-A", "clinic", "beat", "--pidfile", "", "--loglevel", "INFO"],
    "mail": ["-m", "clinic.mailcatcher"],
}

PR_SET_PDEATHSIG = 1


@dataclass
class Process:
    """A child that we started, with its log and the signal that ends it politely."""

    name: str
    popen: subprocess.Popen
    log: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM

    @property
    def alive(self) -> bool:
        return self.popen.poll() is None

    def ask_to_stop(self) -> None:
        if self.alive:
            self.popen.send_signal(self.stop_signal)

    def stop(self, seconds: float = 20) -> None:
        """Ask, wait, and only then use force on the child and on whatever it started and left."""
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.popen.wait(seconds)
        with contextlib.suppress(ProcessLookupError):  # the usual case: nobody is left
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()

    def last_words(self, lines: int = 15) -> str:
        if self.log is None or not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def start(
    name: str,
    argv: list[str],
    *,
    log: Path | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    account: tuple[int, int] | None = None,
    stdin: int | None = subprocess.DEVNULL,
) -> Process:
    """Start one child in its own session, so that Ctrl-C reaches only us and we stop the children in order.

    `account` is the (user, group) to run as when we are root; None means as ourselves.
    """
    output = log.open("ab") if log else None
    as_whom = {"user": account[0], "group": account[1], "extra_groups": []} if account else {}
    popen = subprocess.Popen(
        argv,
        stdin=stdin,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        env=dict(env) if env is not None else None,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=_die_with_parent(stop_signal),  # noqa: PLW1509 (one system call, looked up beforehand)
        **as_whom,
    )
    if output:
        output.close()
    return Process(name=name, popen=popen, log=log, stop_signal=stop_signal)


def stop_all(processes: list[Process]) -> None:
    """Ask them all at once, then wait for each: what takes long takes it together."""
    for process in processes:
        process.ask_to_stop()
    for process in processes:
        process.stop()


def command_line(pid: int) -> str:
    """What a process runs, by its number; empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        answer = subprocess.run(
            ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return answer.stdout.strip()


def end_leftover(pid: int, *, runs: str, with_signal: signal.Signals, seconds: float = 15) -> None:
    """Stop a child that outlived a killed parent, but only if the process still runs what we started."""
    deadline = time.monotonic() + seconds
    while runs in command_line(pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, with_signal if time.monotonic() < deadline else signal.SIGKILL)
        time.sleep(0.2)


def _die_with_parent(stop_signal: signal.Signals) -> Callable[[], None] | None:
    """Have Linux send the child its stop signal if we are killed outright, so that nothing is orphaned."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(
        None
    ).prctl  # looked up before the fork: afterwards only async-signal-safe calls are wise
    return lambda: prctl(PR_SET_PDEATHSIG, int(stop_signal))
