"""`manage.py up` starts everything, watches it and leaves nothing behind; the embedded servers keep what they were given."""

import http.client
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from clinic import embedded, processes, supervisor

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start_up(child_env: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen]]:
    """Start a copy on this test's database and read its output up to the line that says it is ready."""
    started = []

    def start(**env: str) -> subprocess.Popen:
        own = {
            "VAR_DIR": str(tmp_path),
            "PORT": str(embedded.free_port()),
            "DEMO": "0",
            "EMAIL_URL": "",
            "SITE_URL": "",
        }
        argv = [sys.executable, "manage.py", "up"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        started.append(subprocess.Popen(argv, cwd=ROOT, env=child_env | own | env, **pipes))
        return started[-1]

    yield start
    for copy in started:
        copy.send_signal(signal.SIGTERM)
        copy.wait(60)


def read_until(copy: subprocess.Popen, wanted: str) -> str:
    said = ""
    for line in copy.stdout:
        said += line
        if wanted in line:
            return said
    raise AssertionError(f"never said {wanted!r}:\n{said}{copy.stderr.read()}")


def descendants_of(pid: int) -> dict[int, str]:
    """Every process below this one: its number, and what it runs."""
    found = {}
    for number in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
        found |= {number: processes.command_line(number)} | descendants_of(number)
    return found


def still_running(seen: dict[int, str]) -> list[str]:
    return [line for number, line in seen.items() if line and processes.command_line(number) == line]


@pytest.mark.django_db(transaction=True)
def test_a_copy_serves_until_ctrl_c_and_the_next_until_one_of_it_dies(start_up) -> None:
    copy = start_up()
    site = urlsplit(re.search(r"ready at (\S+)", read_until(copy, "Hipwise is ready"))[1])
    seen = descendants_of(copy.pid)

    connection = http.client.HTTPConnection(site.hostname, site.port)
    connection.request("GET", "/readyz")
    assert connection.getresponse().status == 200
    connection.close()
    copy.send_signal(signal.SIGINT)

    assert copy.wait(60) == 0
    assert len(set(seen.values())) >= 4  # the mail catcher, the web server, the worker and beat
    assert still_running(seen) == []

    _dies_as_one(start_up())  # a second start, on what the first left


def _dies_as_one(copy: subprocess.Popen) -> None:
    """A process that dies is named, and stops the rest."""
    read_until(copy, "Hipwise is ready")
    seen = descendants_of(copy.pid)
    web = next(number for number, line in seen.items() if " granian " in line)

    os.kill(web, signal.SIGKILL)  # its own workers would live on

    assert copy.wait(60) == 1
    assert copy.stderr.read().startswith("hipwise: web ended unexpectedly (exit code -9); its last words in ")
    assert still_running(seen) == []


@pytest.mark.django_db(transaction=True)
def test_a_port_in_use_ends_in_one_sentence(start_up) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        copy = start_up(PORT=str(port))

        assert copy.wait(30) == 1
    advice = f"stop what uses it, or choose another: PORT={port + 1} make run"
    assert copy.stderr.read() == f"hipwise: Port {port} is in use: {advice}\n"


def test_a_second_copy_takes_a_folder_of_its_own_and_finds_it_again(tmp_path: Path) -> None:
    first, held = supervisor.claim_folder(tmp_path, 8000)
    second, also_held = supervisor.claim_folder(tmp_path, 8001)
    held.close()
    also_held.close()

    again, _ = supervisor.claim_folder(tmp_path, 8001)

    assert (first, second, again) == (tmp_path, tmp_path / "port-8001", tmp_path / "port-8001")


def test_reset_forgets_a_copy_that_no_longer_runs(tmp_path: Path) -> None:
    _, lock = supervisor.claim_folder(tmp_path / "var", 8000)
    lock.close()

    supervisor.reset(tmp_path / "var")

    assert not (tmp_path / "var").exists()


def test_reset_waits_for_the_running_copy_to_let_go(tmp_path: Path) -> None:
    holds = "import fcntl, signal, sys; lock = open(sys.argv[1], 'w')"
    holds += "; fcntl.flock(lock, fcntl.LOCK_EX); print(flush=True); signal.pause()"
    other = subprocess.Popen([sys.executable, "-c", holds, str(tmp_path / "up.lock")], stdout=subprocess.PIPE)
    other.stdout.readline()
    (tmp_path / "up.lock").write_text(str(other.pid))

    supervisor.reset(tmp_path)

    assert other.wait(10) == -signal.SIGTERM
    assert not tmp_path.exists()


def test_secrets_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    secret = supervisor.kept_secret(tmp_path / "secret_key")

    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert supervisor.kept_secret(tmp_path / "secret_key") == secret


@pytest.fixture
def folder() -> Iterator[Path]:
    folder = ROOT / "var" / "test" / f"run-{os.getpid()}-embedded"
    yield folder
    embedded.wipe(folder)


def test_postgres_keeps_what_was_committed_when_it_is_killed(folder: Path) -> None:
    folder.mkdir(parents=True)
    first = embedded.start_postgres(folder, log=folder / "log")
    with psycopg.connect(first.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
    os.killpg(first.process.popen.pid, signal.SIGKILL)

    second = embedded.start_postgres(folder, log=folder / "log")
    with psycopg.connect(second.url) as connection:
        kept = connection.execute("SELECT seven FROM kept").fetchone()
    second.process.stop()

    assert kept == (7,)


def test_a_postgres_left_by_a_killed_parent_is_stopped_first(folder: Path) -> None:
    folder.mkdir(parents=True)
    left = embedded.start_postgres(folder, log=folder / "log")

    again = embedded.start_postgres(folder, log=folder / "log")
    again.process.stop()

    assert left.process.popen.wait(10) == 0


def test_our_role_is_an_ordinary_one_on_a_checked_and_durable_cluster(folder: Path) -> None:
    folder.mkdir(parents=True)
    server = embedded.start_postgres(folder, log=folder / "log")
    with psycopg.connect(server.url) as connection:
        role = connection.execute(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        names = ("data_checksums", "fsync", "password_encryption", "listen_addresses", "server_encoding")
        values = [connection.execute("SELECT current_setting(%s)", [name]).fetchone()[0] for name in names]
    server.process.stop()

    assert role == (False, False)
    assert values == ["on", "on", "scram-sha-256", "127.0.0.1", "UTF8"]


def test_valkey_asks_for_its_password(folder: Path) -> None:
    folder.mkdir(parents=True)
    server = embedded.start_valkey(folder, log=folder / "log")
    host, port = server.url.split("@")[1].removesuffix("/0").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(b"PING\r\n")
        answer = connection.recv(100)
    server.process.stop()

    assert answer.startswith(b"-NOAUTH")
