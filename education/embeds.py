"""What rooms to the right lend to a module: they register how a kind of part is filled in when it is frozen or previewed.

So an exercise can stand in a module, drawn and named, though this room knows no exercises.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Fill = Callable[[Mapping[str, Any]], Mapping[str, Any]]
FILLS: dict[str, Fill] = {}


def register(kind: str, fill: Fill) -> None:
    """Fill in parts of this kind with what `fill(part)` gives; it says so with empty values where it finds nothing."""
    FILLS[kind] = fill


def filled(parts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{**part, **(FILLS[part["kind"]](part) if part["kind"] in FILLS else {})} for part in parts]
