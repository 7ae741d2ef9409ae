"""Every row the sources ask of assessment, exercises, rules and goals is carried by something real, or listed as open."""

import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

from programs.library import FOLDER
from programs.rules.assessment import items

TABLE = Path(import_module("programs.rules.assessment").__file__).parent / "requirements.toml"
ROWS = tomllib.loads(TABLE.read_text(encoding="utf-8"))["row"]
CARRIED = {row["id"]: row["carried"] for row in ROWS if "carried" in row}
OPEN = {
    "S0-4", "S0-9", "S0-17", "S1-9", "S1-11", "S1-12", "S2-13", "S2-14", "S2-15", "S2-16", "S2-17", "S2-18", "S2-19",
    "S2-21", "S2-22", "S2-23", "S2-24", "S2-25", "S2-27", "S2-29", "S2-30", "S3-5", "S3-12", "S3-14", "S3-18", "S3-19",
    "S4-9", "S4-15", "S4-17",
}  # fmt: skip


def is_there(carrier: str) -> bool:
    """Whether the named item, rule, field, route or exercise exists."""
    kind, _colon, name = carrier.partition(":")
    match kind:
        case "item":
            return name in items()
        case "exercise":
            return (FOLDER / "exercises" / f"{name.lower()}.toml").exists()
        case "rule":
            module, _colon, function = name.partition(":")
            return callable(getattr(import_module(module), function, None))
        case "field":
            app, model, field = name.split(".")
            return any(one.name == field for one in apps.get_model(app, model)._meta.fields)
        case "route":
            return name in get_resolver().reverse_dict
    return False


def test_every_row_is_listed_once_and_is_either_carried_or_open() -> None:
    ids = [row["id"] for row in ROWS]

    assert (len(ids), len(set(ids))) == (65, 65)
    assert [row["id"] for row in ROWS if ("carried" in row) == ("open" in row)] == []


@pytest.mark.parametrize("row", CARRIED)
def test_what_carries_a_row_exists(row: str) -> None:
    assert [carrier for carrier in CARRIED[row] if not is_there(carrier)] == []


def test_the_open_rows_are_these_and_no_others() -> None:
    assert {row["id"] for row in ROWS if "open" in row} == OPEN


def test_every_item_that_carries_a_row_says_so_itself() -> None:
    silent = [
        (row, carrier)
        for row, carriers in CARRIED.items()
        for carrier in carriers
        if carrier.startswith("item:") and row not in items()[carrier.removeprefix("item:")].seeds
    ]

    assert silent == []


def test_every_assessment_row_has_an_item_or_a_rule_of_the_assessment() -> None:
    asked = {row["id"] for row in ROWS if "Asx" in row["kinds"]}

    assert asked - set(CARRIED) == set()


def test_a_carrier_that_is_gone_is_noticed() -> None:
    gone = [
        "item:gone",
        "rule:programs.rules.assessment:gone",
        "exercise:GONE",
        "route:gone",
        "field:programs.PlanItem.gone",
    ]

    assert [carrier for carrier in gone if is_there(carrier)] == []
