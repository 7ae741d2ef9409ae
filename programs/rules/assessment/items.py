"""What an assessment can ask: typed items in parts, read once from the catalogue beside this file."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).parent / "catalogue"
VERSION = "1"  # kept with each assessment; raise it when an item changes its meaning

LEFT, RIGHT, WHOLE = "left", "right", "whole"
REGIONS = ("foot", "knee", "hip", "pelvis", "trunk")  # the chain from the ground up
DOMAINS = ("mobility", "strength", "posture", "movement")  # the four that are compared over time


class Kind(StrEnum):
    """How an item is answered. `many` is a set of words, `goal` words with a number 0–10."""

    NUMBER = "number"
    CHOICE = "choice"
    MANY = "many"
    GOAL = "goal"
    TEXT = "text"


class BadCatalogue(ValueError):
    """An item of the catalogue is not usable; the message says which and why."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer to choose. `mark` is how much it speaks for a finding, 0–3; None is context only."""

    value: str
    words: str
    mark: int | None = None


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to ask or examine. Not answered is not examined, never normal.

    Numbers are whole, from `low` to `high` in `unit`; under `expected_low` they are marked. `points_to` names the
    contributors it speaks for; `seeds` the rows of the requirements it carries.
    """

    key: str
    label: str
    part: str
    kind: Kind
    domain: str
    region: str = "whole"
    sides: bool = False
    quick: bool = False
    options: tuple[Option, ...] = ()
    points_to: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    unit: str = ""
    low: int = 0
    high: int = 0
    better: str = ""
    expected_low: int | None = None
    clinic_view: bool = False
    help: str = ""
    none_words: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        return (LEFT, RIGHT) if self.sides else (WHOLE,)

    @property
    def is_examined_by_hand(self) -> bool:
        """Part of the physical examination of the chain, so that its absence leaves a region incomplete."""
        return self.region in REGIONS

    def option(self, value: object) -> Option | None:
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One collapsible part of the form."""

    key: str
    title: str
    note: str
    items: tuple[Item, ...]


@cache
def parts() -> tuple[Part, ...]:
    """Every part in the order of the form. Raises BadCatalogue."""
    scales = _read(CATALOGUE / "scales.toml")
    files = sorted(path for path in CATALOGUE.glob("*.toml") if path.stem != "scales")
    return tuple(_part(path.stem.partition("-")[2], _read(path), scales) for path in files)


@cache
def items() -> Mapping[str, Item]:
    """Every item by its key."""
    listed = [item for part in parts() for item in part.items]
    found = {item.key: item for item in listed}
    if len(found) != len(listed):
        raise BadCatalogue("two items share a key")
    return found


def asked(*, full: bool) -> Iterator[Part]:
    """The parts of the quick or the full form, without items that it does not ask."""
    for part in parts():
        kept = tuple(item for item in part.items if full or item.quick)
        if kept:
            yield Part(key=part.key, title=part.title, note=part.note, items=kept)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _part(key: str, said: Mapping[str, Any], scales: Mapping[str, Any]) -> Part:
    made = tuple(_item(key, dict(one), scales) for one in said["item"])
    return Part(key=key, title=said["title"], note=said.get("note", ""), items=made)


def _item(part: str, said: dict[str, Any], scales: Mapping[str, Any]) -> Item:
    scale = said.pop("scale", None)
    options = scales[scale]["options"] if scale else said.pop("options", [])
    try:
        item = Item(
            part=part, kind=Kind(said.pop("kind")), options=tuple(Option(**option) for option in options),
            points_to=tuple(said.pop("points_to", ())), seeds=tuple(said.pop("seeds", ())), **said,
        )  # fmt: skip
    except (TypeError, ValueError, KeyError) as error:
        raise BadCatalogue(f"{part}: {said.get('key')}: {error}") from error
    if item.kind in (Kind.CHOICE, Kind.MANY) and not item.options:
        raise BadCatalogue(f"{item.key} has nothing to choose from")
    if item.kind is Kind.NUMBER and not item.low < item.high:
        raise BadCatalogue(f"{item.key} has no range")
    return item
