"""docker-compose.yml and `make run` start the same processes, and the containers are as we promise."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from clinic.processes import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text().splitlines()
OURS = sorted(COMMANDS)


@pytest.mark.parametrize("name", OURS)
def test_a_container_runs_what_make_run_runs(name: str) -> None:
    assert SERVICES[name]["command"] == ["python", *COMMANDS[name]]


def test_the_services_are_the_processes_and_the_two_servers() -> None:
    assert sorted(SERVICES) == sorted([*OURS, "postgres", "valkey"])


def test_the_image_starts_the_web_server_by_default() -> None:
    words = yaml.safe_load(DOCKERFILE[-1].removeprefix("CMD "))

    assert words == ["python", *COMMANDS["web"]]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"prepare"}))
def test_every_lasting_service_is_asked_how_it_is(name: str) -> None:
    check = SERVICES[name]["healthcheck"]

    assert check["test"][0] == "CMD"
    assert {"interval", "timeout", "retries"} <= set(check)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_image_is_pinned_to_a_version(name: str) -> None:
    tag = SERVICES[name]["image"].partition(":")[2]

    assert tag not in {"", "latest"}


def test_no_container_runs_as_root() -> None:
    users = [line.split()[1] for line in DOCKERFILE if line.startswith("USER ")]

    assert users == ["10001:10001"]
    assert {name: SERVICES[name]["user"] for name in ("postgres", "valkey")} == {
        "postgres": "postgres",
        "valkey": "valkey",
    }


def test_nothing_starts_before_the_database_is_prepared() -> None:
    waits = {name: SERVICES[name]["depends_on"]["prepare"]["condition"] for name in ("web", "worker", "beat")}

    assert set(waits.values()) == {"service_completed_successfully"}


def test_no_secret_is_written_into_the_file() -> None:
    assert SERVICES["web"]["environment"]["SECRET_KEY"].startswith("${SECRET_KEY:?")
    assert SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"].startswith("${DATABASE_PASSWORD:?")
