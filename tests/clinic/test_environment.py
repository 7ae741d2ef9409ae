"""A broken `.env` is refused in one sentence that repeats no secret; a good one is taken in, below the environment."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic import environment

ROOT = Path(__file__).resolve().parents[2]
ONLY_FOR_CONTAINERS = {"DATABASE_PASSWORD"}


@pytest.fixture(autouse=True)
def environment_as_before() -> Iterator[None]:
    before = os.environ.copy()
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("SECRET_KEY: hush", "Line 1 of .env is not NAME=value; start it with # to leave it out."),
        ("# fine\n\nDEBUG=1\n???", "Line 4 of .env is not NAME=value; start it with # to leave it out."),
        ("PORT=eighty", "PORT must look like 8000: correct it in .env or in the environment."),
        ("DEMO=perhaps", "DEMO must be 0 or 1: correct it in .env or in the environment."),
        (
            "SITE_URL=clinic.example.org",
            "SITE_URL must look like https://clinic.example.org: correct it in .env or in the environment.",
        ),
    ],
    ids=["colon", "nonsense", "port", "switch", "site"],
)
def test_a_broken_file_is_refused_in_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    for name in ("PORT", "DEMO", "SITE_URL"):
        os.environ.pop(name, None)
    (tmp_path / ".env").write_text(text)

    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.read(tmp_path / ".env")

    assert str(refusal.value) == sentence


def test_a_secret_is_not_repeated(tmp_path: Path) -> None:
    os.environ["DATABASE_URL"] = "mysql://ann:hush@host/name"

    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.read(tmp_path / "missing")

    assert "hush" not in str(refusal.value)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    os.environ["LOG_LEVEL"] = "ERROR"
    (tmp_path / ".env").write_text("LOG_LEVEL=DEBUG\nDEFAULT_FROM_EMAIL=clinic@example.org\n")

    environment.read(tmp_path / ".env")

    assert (os.environ["LOG_LEVEL"], os.environ["DEFAULT_FROM_EMAIL"]) == ("ERROR", "clinic@example.org")


def test_the_example_names_every_setting_that_can_be_set() -> None:
    settings = (ROOT / "clinic" / "settings.py").read_text()
    read = set(re.findall(r"""(?:env\.\w+|needed)\(\s*["']([A-Z_]+)["']""", settings))
    shown = set(re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert shown == read | ONLY_FOR_CONTAINERS


def test_the_example_is_itself_a_good_file() -> None:
    assert environment.read(ROOT / ".env.example") is None
