"""Read `.env` into the environment, which wins, and refuse in one sentence what cannot be right.

The sentence never repeats a value: some are secret.
"""

import os
import re
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

LINE = re.compile(r"\s*(#.*)?|(export )?[A-Za-z_][A-Za-z_0-9]*=.*")
SHAPES = {  # name: what it must match, and an example to show
    "DATABASE_URL": (
        r"(postgres|postgresql)://([^/]*@)?[^/@]*(:\d+)?/.+",
        "postgres://user:password@host:5432/name",
    ),
    "REDIS_URL": (r"rediss?://([^/]*@)?[^/@]+(/\d+)?", "redis://:password@host:6379/0"),
    "EMAIL_URL": (
        r"smtp(s|\+tls|\+ssl)?://([^/]*@)?[^/@:]+(:\d+)?/?(\?.*)?",
        "smtp://user:password@host:587",
    ),
    "SITE_URL": (r"https?://[^/\s]+/?", "https://clinic.example.org"),
    "PORT": (r"[1-9]\d{0,4}", "8000"),
}
SWITCHES = ("DEBUG", "DEMO", "BEHIND_PROXY", "SECURE_SSL_REDIRECT", "FAILPOINTS")
SWITCH = re.compile(r"(0|1|true|false|yes|no|on|off)?", re.IGNORECASE)


def read(file: Path) -> None:
    """Take in `.env` when there is one, then look at everything that has a known shape."""
    if file.exists():
        _check_lines(file)
        environ.Env.read_env(file)
    for name in [name for name, value in os.environ.items() if name in SHAPES and not value]:
        del os.environ[name]  # "SITE_URL=" means that there is none
    for name, (shape, example) in SHAPES.items():
        if (value := os.environ.get(name)) and not re.fullmatch(shape, value):
            raise ImproperlyConfigured(
                f"{name} must look like {example}: correct it in .env or in the environment."
            )
    for name in SWITCHES:
        if not SWITCH.fullmatch(os.environ.get(name, "")):
            raise ImproperlyConfigured(f"{name} must be 0 or 1: correct it in .env or in the environment.")


def _check_lines(file: Path) -> None:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise ImproperlyConfigured(
            f"{file} cannot be read as UTF-8 text: {type(problem).__name__}."
        ) from problem
    for number, line in enumerate(lines, start=1):
        if not LINE.fullmatch(line):
            raise ImproperlyConfigured(
                f"Line {number} of {file.name} is not NAME=value; start it with # to leave it out."
            )
