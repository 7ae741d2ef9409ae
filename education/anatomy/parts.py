"""The parts of the hip and thigh that can be tapped: what each is, what it does, and where that is from."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, kw_only=True)
class BodyPart:
    """`trains` names the parts whose exercises count as this one's own; empty means that it is no muscle."""

    key: str
    name: str
    label: tuple[str, ...]
    plain: str
    text: str
    trains: tuple[str, ...]
    confidence: str
    sources: tuple[str, ...]


@cache
def parts() -> dict[str, BodyPart]:
    """Every part, by key, in the order in which they are best told."""
    said = tomllib.loads((DATA / "parts.toml").read_text())["part"]
    lists = ("label", "trains", "sources")
    return {
        one["key"]: BodyPart(**{name: tuple(word) if name in lists else word for name, word in one.items()})
        for one in said
    }


def find_part(words: str) -> BodyPart | None:
    """The part an editor means by a key or a name, however it is capitalized; None if there is none."""
    wanted = words.strip().casefold()
    return next((part for part in parts().values() if wanted in (part.key, part.name.casefold())), None)
