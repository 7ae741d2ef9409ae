"""Start everything that Hipwise is made of, watch it, and stop all of it together: the engine of `make run`.

Knows no Django. A process that ends on its own is shown with the tail of its log, and everything stops.
"""

import fcntl
import http.client
import json
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn
from urllib.parse import urlsplit

from clinic import embedded, processes
from clinic.embedded import CannotStart

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_READY = 120
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


class Died(Exception):
    """A process of ours ended although nobody asked it to."""


@dataclass
class Supervisor:
    """One running copy of Hipwise: its folder, its port, its environment and its processes in starting order."""

    var: Path
    port: int
    env: dict[str, str]
    running: list[processes.Process] = field(default_factory=list)
    started_at: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        (self.var / "log").mkdir(parents=True, exist_ok=True)
        self.env |= {"VAR_DIR": str(self.var), "PORT": str(self.port), "PYTHONUNBUFFERED": "1"}
        self.env.setdefault("DEMO", "1")
        self.env.setdefault("SITE_URL", f"http://localhost:{self.port}")
        self.env.setdefault("SECRET_KEY", kept_secret(self.var / "secret_key"))
        self.start_services()
        self.prepare()
        self.env |= {"GRANIAN_HOST": "127.0.0.1", "GRANIAN_PORT": str(self.port)}
        self.env.setdefault("GRANIAN_WORKERS", str(os.cpu_count() or 2))
        for name in ("web", "worker", "beat"):
            self.start_python(name)
        self.wait("the web server", self.answers_ready, seconds=SECONDS_TO_READY)
        say(f"Ready after {time.monotonic() - self.started_at:.1f} s.")

    def start_services(self) -> None:
        """Start what the environment does not name, and note all addresses for other commands of this checkout."""
        for name, setting, begin in [
            ("PostgreSQL", "DATABASE_URL", embedded.start_postgres),
            ("Valkey", "REDIS_URL", embedded.start_valkey),
        ]:
            if self.env.get(setting):
                say(f"{name}: the one that {setting} names")
                continue
            server = begin(self.var, log=self.log_of(name))
            self.running.append(server.process)
            self.env[setting] = server.url
            say(f"{name}: started")
        if not self.env.get("EMAIL_URL"):
            self.start_mail_catcher()
        noted = {name: self.env[name] for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY")}
        write_privately(self.var / "services.json", json.dumps(noted))

    def start_mail_catcher(self) -> None:
        port = embedded.free_port()
        self.env |= {"MAIL_CATCHER_PORT": str(port), "MAIL_CATCHER_DIR": str(self.var / "mail")}
        self.start_python("mail")
        self.wait("the mail catcher", lambda: is_listening(port), seconds=20)
        self.env["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        say(f"Mail catcher: started, keeps mail in {self.var / 'mail'}")

    def prepare(self) -> None:
        """Migrate and load in a process of its own, whose progress is shown as it comes."""
        argv = processes.python(*processes.COMMANDS["prepare"])
        child = processes.start("prepare", argv, env=self.env, cwd=ROOT)
        self.running.append(child)
        while child.alive:
            self.watch(besides=child)
            time.sleep(0.05)
        self.running.remove(child)
        if child.popen.returncode:
            raise CannotStart("The database could not be prepared; the reason is above.")

    def start_python(self, name: str) -> None:
        argv = processes.python(*processes.COMMANDS[name])
        self.running.append(processes.start(name, argv, log=self.log_of(name), env=self.env, cwd=ROOT))

    def log_of(self, name: str) -> Path:
        """An empty log for this run; the last run's is kept beside it."""
        log = self.var / "log" / f"{name.lower()}.log"
        if log.exists():
            log.replace(log.with_suffix(".previous.log"))
        return log

    def wait(self, what: str, is_there: Callable[[], bool], *, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not is_there():
            self.watch()
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"{what.capitalize()} did not answer within {seconds:.0f} s; see {self.var / 'log'}."
                )
            time.sleep(0.1)

    def watch(self, besides: processes.Process | None = None) -> None:
        """Complain about the first process that has ended."""
        for process in self.running:
            if process is not besides and not process.alive:
                ending = f"ended unexpectedly (exit code {process.popen.returncode})"
                raise Died(
                    f"{process.name} {ending}; its last words in {process.log}:\n{process.last_words()}"
                )

    def watch_until_stopped(self) -> NoReturn:
        while True:
            self.watch()
            time.sleep(0.3)

    def answers_ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz", headers={"Host": urlsplit(self.env["SITE_URL"]).netloc})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """Stop what uses the servers, then the servers."""
        ours = [process for process in self.running if process.name not in {"PostgreSQL", "Valkey", "mail"}]
        processes.stop_all(ours)
        processes.stop_all([process for process in self.running if process not in ours])
        (self.var / "services.json").unlink(missing_ok=True)


def run(*, base: Path, port: int, env: dict[str, str], once_ready: Callable[[Supervisor], None]) -> int:
    """Run until somebody stops us; 0 when asked to, 1 when something went wrong (one message on stderr)."""
    for number in STOPPING:
        signal.signal(number, _request_stop)
    try:
        refuse_used_port(port)
        var, lock = claim_folder(base, port)
        with lock:  # held until the last process has stopped: `reset` waits for it before it wipes
            watch_over(Supervisor(var=var, port=port, env=env), once_ready)
    except StopRequested:
        return 0
    except CannotStart as problem:
        print(f"hipwise: {problem}", file=sys.stderr)
        return 1


def watch_over(copy: Supervisor, once_ready: Callable[[Supervisor], None]) -> NoReturn:
    """Start this copy and watch it; whatever ends that, stop all of it."""
    try:
        copy.start()
        once_ready(copy)
        copy.watch_until_stopped()
    except (CannotStart, Died) as problem:
        print(f"hipwise: {problem}", file=sys.stderr)
        raise SystemExit(1) from None
    finally:
        ignore_signals()
        say("Stopping …")
        copy.stop()
        say("Stopped.")


def _request_stop(number: int, frame: FrameType | None) -> NoReturn:
    ignore_signals()  # one Ctrl-C is enough; a second must not interrupt the tidying up
    raise StopRequested


def ignore_signals() -> None:
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)


def refuse_used_port(port: int) -> None:
    try:
        with socket.create_server(("127.0.0.1", port)):
            pass
    except OverflowError:
        raise CannotStart(f"There is no port {port}: choose one from 1024 to 65535.") from None
    except PermissionError:
        raise CannotStart(
            f"Port {port} needs more rights than you have: choose one above 1023, such as PORT=8000."
        ) from None
    except OSError:
        advice = f"stop what uses it, or choose another: PORT={port + 1} make run"
        raise CannotStart(f"Port {port} is in use: {advice}") from None


def claim_folder(base: Path, port: int) -> tuple[Path, IO[str]]:
    """The data folder for this copy, locked: var/, or var/port-N/ for a copy started while another one runs in var/."""
    beside = base / f"port-{port}"
    for var in [beside] if beside.exists() else [base, beside]:
        var.mkdir(parents=True, exist_ok=True)
        lock = (var / "up.lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        return var, lock
    raise CannotStart(f"Another copy is starting or stopping in {beside}: try again in a moment.")


def reset(base: Path) -> None:
    """Stop every copy that runs in this checkout, then forget all of its data."""
    for var in [*base.glob("port-*"), base]:
        if (var / "up.lock").exists():
            with (var / "up.lock").open("r+") as lock:
                _end_owner(lock)
        embedded.wipe(var)
    say(f"Everything in {base} is gone; `make run` starts over.")


def _end_owner(lock: IO[str]) -> None:
    """Ask the copy that holds this lock to stop, and wait until it has."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = int(lock.read())
        say(f"Stopping the running copy (process {pid}) …")
        os.kill(pid, signal.SIGTERM)
        fcntl.flock(lock, fcntl.LOCK_EX)


def kept_secret(file: Path) -> str:
    if not file.exists():
        write_privately(file, secrets.token_urlsafe(48))
    return file.read_text()


def write_privately(file: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first moment."""
    unfinished = file.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_text(text)
    unfinished.replace(file)


def is_listening(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__" and sys.argv[1:] == ["reset"]:
    reset(ROOT / "var")
