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
    """A run of text; `meaning` is set where it is a term that is explained here."""

    text: str
    meaning: str = ""


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
        yield Piece(text=match.group(), meaning=term["meaning"])
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
