"""From TOML to the shapes. Unknown or missing parts raise BrokenContent; the shapes' `problems` judge the rest."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from education.content.shapes import Check, Content, Module, Option, Source, SourceKind, Term, repeated
from education.rules.parts import ASKS, complete

FOLDER = Path(__file__).parent
LISTED = ("section", "check", "ask")


class BrokenContent(ValueError):
    """A content file cannot be read; the message names the file and the part."""


def load_content(folder: Path = FOLDER) -> Content:
    """Read all files of a content folder, modules in the order of their codes. Raises BrokenContent."""
    modules = tuple(load_module(path) for path in sorted((folder / "modules").glob("*.toml")))
    return Content(
        modules=modules,
        sources=load_sources(folder / "sources.toml"),
        glossary=load_glossary(folder / "glossary.toml"),
    )


def load_sources(path: Path = FOLDER / "sources.toml") -> dict[str, Source]:
    """Read the sources by key, in the order of the file. A key given twice raises BrokenContent."""
    with _naming(path):
        sources = [_source(table) for table in _read(path)["source"]]
    twice = repeated(source.key for source in sources)
    if twice:
        raise BrokenContent(f"{path.name}: {', '.join(twice)}")
    return {source.key: source for source in sources}


def load_glossary(path: Path = FOLDER / "glossary.toml") -> tuple[Term, ...]:
    with _naming(path):
        return tuple(
            Term(**{**table, "forms": tuple(table.get("forms", ()))}) for table in _read(path)["term"]
        )


def load_module(path: Path) -> Module:
    """Read one module file."""
    with _naming(path):
        return _module(_read(path))


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Say in which file a part is broken."""
    try:
        yield
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise BrokenContent(f"{path.name}: {error!r}") from error


def _source(table: Mapping[str, Any]) -> Source:
    return Source(**{**table, "kind": SourceKind(table["kind"]), "urls": tuple(table.get("urls", ()))})


def _module(table: Mapping[str, Any]) -> Module:
    words = {name: value for name, value in table.items() if name not in LISTED}
    return Module(
        **words,
        sections=tuple(complete(part) for part in table["section"]),
        checks=tuple(_check(part) for part in table["check"]),
        asks=tuple(complete(part, kinds=ASKS) for part in table.get("ask", ())),
    )


def _check(table: Mapping[str, Any]) -> Check:
    parts = {name: value for name, value in table.items() if name != "option"}
    return Check(**parts, options=tuple(Option(**option) for option in table["option"]))
