"""Which words of a module have a plain explanation, and where they stand."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Term = Mapping[str, Any]  # term, forms, meaning


def used(register: Iterable[Term], texts: Iterable[str]) -> list[dict[str, Any]]:
    """The terms of the register that the texts name, by name: what a version keeps."""
    joined = "\n".join(texts)
    found = [term for term in register if _pattern([term]).search(joined)]
    return sorted(
        ({"term": term["term"], "forms": list(term["forms"]), "meaning": term["meaning"]} for term in found),
        key=lambda term: term["term"].casefold(),
    )


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of text. Where it is a term that is explained here, `meaning` says how and `number` counts from 1."""

    text: str
    meaning: str = ""
    number: int = 0


Run = tuple[Piece, ...]
PARAGRAPHS = ("prompt", "text", "fact", "voice")
LISTS = ("does", "helps", "distracts")


def marked(part: Term, terms: Sequence[Term], *, seen: set[str]) -> dict[str, Any]:
    """The running text of a part, ready to print: paragraphs of pieces, by name. Headings and quotes stay plain."""
    found: dict[str, Any] = {}
    for name in PARAGRAPHS:
        if part.get(name):
            found[name] = _paragraphs(part[name], terms, seen)
    for name in LISTS:
        if part.get(name):
            found[name] = tuple(tuple(pieces(line, terms, seen=seen)) for line in part[name])
    if part.get("statements"):
        found["statements"] = tuple(
            {**said, "because": _paragraphs(said["because"], terms, seen)} for said in part["statements"]
        )
    return found


def _paragraphs(text: str, terms: Sequence[Term], seen: set[str]) -> tuple[Run, ...]:
    """A blank line starts the next one."""
    lines = re.split(r"\n\s*\n", text.strip())
    return tuple(tuple(pieces(line, terms, seen=seen)) for line in lines)


def pieces(text: str, terms: Sequence[Term], *, seen: set[str] | None = None) -> Iterator[Piece]:
    """The text in order, each term marked once. `seen` names terms already explained, and grows."""
    seen = seen if seen is not None else set()
    end = 0
    for match in _pattern(terms).finditer(text) if terms else ():
        term = _named(match.group(), terms)
        if term["term"] in seen:
            continue
        seen.add(term["term"])
        if match.start() > end:
            yield Piece(text=text[end : match.start()])
        yield Piece(text=match.group(), meaning=term["meaning"], number=len(seen))
        end = match.end()
    if end < len(text):
        yield Piece(text=text[end:])


def _pattern(terms: Iterable[Term]) -> re.Pattern[str]:
    """Whole words only; the longest form wins, so that “gluteus medius” is not taken for “medius”."""
    forms = sorted((form for term in terms for form in _forms(term)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE)


def _forms(term: Term) -> list[str]:
    return [term["term"], *term["forms"]]


def _named(word: str, terms: Sequence[Term]) -> Term:
    return next(term for term in terms if word.casefold() in {form.casefold() for form in _forms(term)})
