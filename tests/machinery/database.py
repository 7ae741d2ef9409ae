"""A database of its own for each test process, copied from the migrated template and renewed by copying it again."""

import os
from collections.abc import Callable

import psycopg
from django.db import connections
from psycopg import sql

from tests.machinery import servers


def use_copy(worker: str) -> None:
    """Point Django at a fresh copy, before it connects for the first time."""
    settings = connections["default"].settings_dict
    settings["NAME"] = f"hipwise_test_{os.getppid() if worker != 'master' else os.getpid()}_{worker}"
    renew()


def renew() -> None:
    """Start over from the template. Faster than emptying 150 tables, and keeps the rows that migrations made."""
    _copy(servers.template_name(os.environ["DATABASE_URL"]), to=_name())


def renew_filled(fill: Callable[[], None]) -> None:
    """Start over from what `fill` makes; it runs once in this process, later calls copy what it made."""
    if not kept:
        fill()
        _copy(_name(), to=f"{_name()}_filled")
        kept.append(f"{_name()}_filled")
    else:
        _copy(kept[0], to=_name())


def drop() -> None:
    connections.close_all()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        for name in (_name(), *kept):
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


kept: list[str] = []


def _name() -> str:
    return connections["default"].settings_dict["NAME"]


def _copy(source: str, *, to: str) -> None:
    connections.close_all()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        # Only a database that nobody uses can be copied; a live server's last thread may not have hung up yet.
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [source]
        )
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(to)))
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        server.execute(copy.format(sql.Identifier(to), sql.Identifier(source)))
