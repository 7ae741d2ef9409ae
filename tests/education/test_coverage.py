"""Every point that the source articles ask of the lessons is carried by some part of a delivered module."""

import dataclasses
import tomllib

import pytest

from education.content import FOLDER, Module, load_content

ROWS = [row["id"] for row in tomllib.loads((FOLDER / "requirements.toml").read_text(encoding="utf-8"))["row"]]
MODULES = load_content().modules


def not_carried(modules: tuple[Module, ...]) -> list[str]:
    carried = {seed for module in modules for seed in module.seeds}
    return [row for row in ROWS if row not in carried]


def without_seed(module: Module, seed: str) -> Module:
    def stripped(parts):
        return tuple({**part, "seeds": [one for one in part["seeds"] if one != seed]} for part in parts)

    return dataclasses.replace(module, sections=stripped(module.sections), asks=stripped(module.asks))


def test_every_required_row_is_listed_once() -> None:
    assert (len(ROWS), len(set(ROWS))) == (31, 31)


def test_every_required_row_is_carried_by_a_module() -> None:
    assert not_carried(MODULES) == []


def test_a_row_that_no_part_carries_any_more_is_named() -> None:
    assert not_carried(tuple(without_seed(module, "S3-4") for module in MODULES)) == ["S3-4"]


def test_no_part_names_a_row_that_is_not_required() -> None:
    unknown = {module.code: sorted(module.seeds - set(ROWS)) for module in MODULES}

    assert {code: seeds for code, seeds in unknown.items() if seeds} == {}


def test_the_message_of_the_band_is_told_in_three_modules_and_asked_back() -> None:
    told = [m.code for m in MODULES if any("S0-16" in part["seeds"] for part in m.sections)]
    asked = {ask["kind"] for m in MODULES for ask in m.asks if "S0-16" in ask["seeds"]}

    assert (len(told) >= 3, asked) == (True, {"teach_back"})


@pytest.mark.parametrize("seed", ["S2-7", "S2-8", "S2-10"])
def test_each_reason_why_rolling_cannot_is_a_fact_with_sources(seed: str) -> None:
    facts = [part for m in MODULES for part in m.sections if seed in part["seeds"] and part["kind"] == "fact"]

    assert [fact["key"] for fact in facts if not fact["sources"]] == []
    assert facts != []
