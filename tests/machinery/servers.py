"""Real PostgreSQL and Valkey for one test run, ready in under a second.

Migrating takes many seconds, so it is done once per set of migrations and packages, into a cluster that is kept
in var/test/. Each run starts its own server on its own copy of that cluster: runs at the same time cannot meet, and
a killed run leaves nothing behind.
"""

import atexit
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import psycopg
from psycopg import sql

from clinic import embedded

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var" / "test"
TEMPLATE = "hipwise_template"
READY = (
    "HIPWISE_TEST_SERVERS"  # set for xdist workers and for our own `migrate`: the servers are already there
)


def use() -> None:
    """Put the addresses of this run's servers into the environment, where clinic.settings reads them."""
    if READY in os.environ:
        os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rsplit("/", 1)[0] + f"/{_worker_number()}"
        return
    VAR.mkdir(parents=True, exist_ok=True)
    _forget_dead_runs()
    run = VAR / f"run-{os.getpid()}"
    os.environ["VAR_DIR"] = str(run / "files")
    os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or _own_postgres(run)
    os.environ["REDIS_URL"] = os.environ.get("TEST_REDIS_URL") or _own_valkey(run)
    if "TEST_DATABASE_URL" in os.environ:
        make_template(os.environ["DATABASE_URL"])
    os.environ[READY] = str(os.getpid())


def _worker_number() -> int:
    """0 in a plain run; xdist's gw0 is 1: each worker has its own numbered database in the one Valkey."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1


def _own_postgres(run: Path) -> str:
    with _alone(VAR / "cluster.lock"):
        kept = _migrated_cluster()
        shutil.copy2(kept / "postgres.password", _made(run))
        # `cp -a` keeps the owner: as root, the files belong to the account that PostgreSQL runs as.
        cluster, copy = embedded.data_folder(kept, "postgres"), embedded.data_folder(run, "postgres")
        subprocess.run(["cp", "-a", str(cluster / "data"), str(copy)], check=True)
    server = embedded.start_postgres(run, log=run / "postgres.log", durable=False)
    atexit.register(_end, server, run)
    return server.url


def _own_valkey(run: Path) -> str:
    server = embedded.start_valkey(_made(run), log=run / "valkey.log", durable=False)
    atexit.register(_end, server, run)
    return server.url


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _end(server: embedded.Server, run: Path) -> None:
    if os.environ.get(READY) == str(
        os.getpid()
    ):  # a forked child inherits this exit hook, but not the servers
        server.process.stop()
        embedded.wipe(run)


def _migrated_cluster() -> Path:
    """The kept cluster whose template database is migrated to what the checkout says now; made when missing."""
    kept = VAR / f"cluster-{fingerprint()}"
    if not (kept / "whole").exists():
        for outdated in VAR.glob("cluster-*"):
            embedded.wipe(outdated)
        server = embedded.start_postgres(kept, log=VAR / "building.log", durable=False)
        try:
            make_template(server.url)
        finally:
            server.process.stop()
        (kept / "whole").touch()
    return kept


def make_template(server_url: str) -> None:
    """Migrate an empty database by the real migrations, under its own name, then let it be copied only."""
    name = template_name(server_url)
    with psycopg.connect(server_url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        half_made = sql.Identifier(f"{name}_making_{os.getpid()}")
        connection.execute(sql.SQL("CREATE DATABASE {}").format(half_made))
        _migrate(server_url.rsplit("/", 1)[0] + f"/{name}_making_{os.getpid()}")
        with contextlib.suppress(
            psycopg.errors.DuplicateDatabase
        ):  # another run on the same server was faster
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(half_made, sql.Identifier(name))
            )


def template_name(server_url: str) -> str:
    """A server of our own has one template; a shared one may hold those of several checkouts."""
    return f"{TEMPLATE}_{fingerprint()}" if os.environ.get("TEST_DATABASE_URL") == server_url else TEMPLATE


def _migrate(url: str) -> None:
    env = os.environ | {"DATABASE_URL": url, "REDIS_URL": "redis://127.0.0.1:1/0", READY: "migrating"}
    env["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    argv = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The migrations do not run:\n{done.stderr[-3000:]}")


def fingerprint() -> str:
    """Changes whenever a migration of ours, an installed package, or the list of installed apps does."""
    seen = hashlib.sha256()
    for file in sorted(
        [*ROOT.glob("*/migrations/*.py"), ROOT / "clinic" / "settings.py", ROOT / "tests" / "settings.py"]
    ):
        seen.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    for name in sorted(f"{package.name}=={package.version}" for package in distributions()):
        seen.update(name.encode())
    return seen.hexdigest()[:16]


def _forget_dead_runs() -> None:
    for run in VAR.glob("run-*"):
        if not Path(f"/proc/{run.name.rsplit('-', 1)[1]}").exists():
            embedded.wipe(run)


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
