"""The typed parts a module is made of: which kinds there are, what each holds, and the words a patient reads in them.

Files, the editor's blocks and frozen versions all use these names. A part is a plain mapping with `kind`, `key` and
`seeds` (the rows of the source articles that it carries), and what its kind holds.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

Part = Mapping[str, Any]


class BadPart(ValueError):
    """A part has a kind, a name or a type of value that we do not know."""


class Grade(StrEnum):
    """How well a claim is supported, whatever we think of it."""

    SUPPORTED = "supported"
    MIXED = "mixed"
    CLINIC_VIEW = "clinic_view"


class Confidence(StrEnum):
    """How sure we are of the fact, not how good its source is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


# An empty value says what type the name holds and stands in for it where a file is silent.
CLAIM: Mapping[str, Any] = {"sources": [], "grade": "", "confidence": "", "review_by": ""}
SECTIONS: Mapping[str, Mapping[str, Any]] = {
    "text": {"title": "", "text": ""},
    "fact": {"title": "", "text": "", **CLAIM},
    "key_point": {"text": ""},
    "today": {"text": ""},
    "sorter": {"prompt": "", "statements": [], **CLAIM},
    "myth_fact": {"myth": "", "fact": "", **CLAIM},
    "picture": {"medium": "", "alt": "", "caption": ""},
    "anatomy": {"view": "", "focus": "", "caption": ""},
    "exercise": {"exercise": "", "text": ""},
    "tool_card": {"tool": "", "does": [], "helps": [], "distracts": [], **CLAIM},
    "stance": {"topic": "", "text": "", "voices": [], **CLAIM},
}
ASKS: Mapping[str, Mapping[str, Any]] = {
    "belief": {"statement": "", "low": "", "high": "", "points": ""},
    "teach_back": {"prompt": "", "points": []},
}
MAY_BE_EMPTY = {"title", "caption", "focus", "points", *CLAIM}
# What a patient reads, in the order of the page.
WORDS = (
    "title", "prompt", "text", "myth", "fact", "tool", "does", "helps", "distracts", "statements", "voices",
    "caption", "statement", "low", "high",
)  # fmt: skip
INSIDE = ("text", "because")


def complete(said: Mapping[str, Any], *, kinds: Mapping[str, Mapping[str, Any]] = SECTIONS) -> dict[str, Any]:
    """What a file says about one part, with every name that its kind has. Raises BadPart."""
    kind = said.get("kind", "")
    if kind not in kinds:
        raise BadPart(f"{kind or 'nothing'} is not a kind of part")
    shape = {"key": "", "seeds": [], **kinds[kind]}
    unknown = sorted(set(said) - set(shape) - {"kind"})
    if unknown:
        raise BadPart(f"{said.get('key', kind)}: a {kind} has no {', '.join(unknown)}")
    return {"kind": kind, **{name: _typed(said, name, empty) for name, empty in shape.items()}}


def _typed(said: Mapping[str, Any], name: str, empty: Any) -> Any:
    value = said.get(name, empty)
    if isinstance(value, date):
        value = value.isoformat()
    if type(value) is not type(empty):
        raise BadPart(f"{said.get('key')}: {name} must be {'a list' if empty == [] else 'text'}")
    return list(value) if isinstance(value, list) else value


def is_claim(part: Part) -> bool:
    """Whether the part states something about the world, so that it must say on what grounds."""
    return "sources" in SECTIONS.get(part["kind"], {})


def missing(part: Part, *, kinds: Mapping[str, Mapping[str, Any]] = SECTIONS) -> list[str]:
    """The names that the part's kind cannot do without and that are empty here."""
    shape = kinds.get(part["kind"], {})
    free = MAY_BE_EMPTY | ({"text"} if part["kind"] == "stance" else set())
    return [name for name in shape if name not in free and not part.get(name)]


def words_of(part: Part) -> Iterator[str]:
    """Every piece of text in the part that a patient reads, whole sentences first to last."""
    for _field, text in placed_words_of(part):
        yield text


def placed_words_of(part: Part) -> Iterator[tuple[str, str]]:
    """The same, each with the name in the part that holds it."""
    for name in WORDS:
        value = part.get(name)
        if isinstance(value, str):
            yield from [(name, value)] if value else []
        else:
            for one in value or ():
                texts = [one] if isinstance(one, str) else [one[key] for key in INSIDE if one.get(key)]
                yield from ((name, text) for text in texts)


def words_of_check(check: Part) -> Iterator[str]:
    """The question, its answers and what is said about each."""
    yield check["question"]
    for option in check["options"]:
        yield option["text"]
        yield option["explanation"]


ASKS_TO_MOVE = ("exercise", "today")
AWAY = "An exercise stood here. It is put away until your clinician has looked at your answers."


def put_away(parts: Iterable[Part]) -> list[Part]:
    """The parts as somebody reads them whose program is closed: in the same places, without anything to do."""
    return [
        {"kind": "text", "key": part["key"], "text": AWAY} if part["kind"] in ASKS_TO_MOVE else part
        for part in parts
    ]
