"""Modules and sources as files, parsed into frozen dataclasses. A command stores them."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LONGEST_MINUTES = 30


class BrokenContent(ValueError):
    """A content file cannot be read; the message names the file and the part."""


class SourceKind(StrEnum):
    LITERATURE = "literature"
    BACKGROUND = "background"
    CLINIC_OPINION = "clinic_opinion"


class SectionKind(StrEnum):
    FACT = "fact"
    MYTH_FACT = "myth_fact"
    KEY_POINT = "key_point"
    TODAY = "today"


class Confidence(StrEnum):
    """How sure we are of the fact, not how good its source is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, kw_only=True)
class Source:
    """One thing that may be cited: a paper (S…), background knowledge (B…) or a clinic's article (seed…).

    `read_as` says how much of it was read. `confidence` is set for background knowledge only, in words.
    No `urls` means that no lasting public address is known; the citation stands alone.
    """

    key: str
    kind: SourceKind
    citation: str
    read_as: str
    urls: tuple[str, ...] = ()
    confidence: str = ""

    @property
    def url(self) -> str:
        """The first address, or nothing."""
        return self.urls[0] if self.urls else ""

    @property
    def is_opinion(self) -> bool:
        return self.kind is SourceKind.CLINIC_OPINION


@dataclass(frozen=True, kw_only=True)
class Section:
    """One passage of a module. `key` is stable: answers point at it, and reading progress is kept by it.

    A fact has text, sources and confidence; a myth_fact has myth and fact; key_point and today have text.
    """

    key: str
    kind: SectionKind
    text: str = ""
    myth: str = ""
    fact: str = ""
    sources: tuple[str, ...] = ()
    confidence: Confidence | None = None

    def problems(self) -> Iterator[str]:
        is_pair = self.kind is SectionKind.MYTH_FACT
        if is_pair != bool(self.myth and self.fact) or is_pair == bool(self.text):
            yield f"section {self.key} has the wrong parts for a {self.kind}"
        if (self.kind is SectionKind.FACT) != bool(self.sources and self.confidence):
            yield f"section {self.key}: a fact, and only a fact, has sources and a confidence"


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer with its own explanation. A wrong one names a misconception and a passage."""

    key: str
    text: str
    right: bool
    explanation: str
    misconception: str = ""
    passage: str = ""

    def problems(self, *, passages: frozenset[str]) -> Iterator[str]:
        if not (self.text and self.explanation):
            yield f"option {self.key} needs a text and an explanation"
        if self.right == bool(self.misconception) or self.right == bool(self.passage):
            yield f"option {self.key}: every option but the right one has a misconception and a passage"
        if self.passage and self.passage not in passages:
            yield f"option {self.key} points at passage {self.passage}, which does not exist"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One question with exactly one right answer."""

    key: str
    question: str
    options: tuple[Option, ...]

    def problems(self, *, passages: frozenset[str]) -> Iterator[str]:
        if sum(option.right for option in self.options) != 1:
            yield f"check {self.key} needs exactly one right answer"
        yield from (
            f"check {self.key}: {problem}" for problem in _repeated(option.key for option in self.options)
        )
        for option in self.options:
            yield from (f"check {self.key}, {problem}" for problem in option.problems(passages=passages))


@dataclass(frozen=True, kw_only=True)
class Module:
    """One lesson, in reading order. `goal` is what a person can do afterwards; `note` is for clinicians."""

    code: str
    slug: str
    title: str
    minutes: int
    goal: str
    note: str
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]

    @property
    def cited(self) -> frozenset[str]:
        """The keys of all sources that its facts name."""
        return frozenset(key for section in self.sections for key in section.sources)

    def problems(self) -> list[str]:
        """List what would confuse a reader or break a link, in plain sentences; empty means fit to load."""
        passages = frozenset(section.key for section in self.sections)
        found = [
            *_repeated(section.key for section in self.sections),
            *_repeated(check.key for check in self.checks),
        ]
        if not (isinstance(self.minutes, int) and 1 <= self.minutes <= LONGEST_MINUTES):
            found.append(f"minutes must be a whole number from 1 to {LONGEST_MINUTES}")
        found += [problem for section in self.sections for problem in section.problems()]
        found += [problem for check in self.checks for problem in check.problems(passages=passages)]
        return [f"{self.code}: {problem}" for problem in found]


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything the education room is delivered with."""

    modules: tuple[Module, ...]
    sources: Mapping[str, Source]

    def problems(self) -> list[str]:
        """List problems within the modules, doubled codes, and cited sources that do not exist."""
        found = [problem for module in self.modules for problem in module.problems()]
        found += _repeated(module.code for module in self.modules)
        found += _repeated(module.slug for module in self.modules)
        found += [
            f"{module.code} cites {key}, which is not a known source"
            for module in self.modules
            for key in sorted(module.cited - set(self.sources))
        ]
        return found


def load_content(folder: Path = FOLDER) -> Content:
    """Read all files of a content folder, modules in the order of their codes. Raises BrokenContent."""
    modules = tuple(load_module(path) for path in sorted((folder / "modules").glob("*.toml")))
    return Content(modules=modules, sources=load_sources(folder / "sources.toml"))


def load_sources(path: Path = FOLDER / "sources.toml") -> dict[str, Source]:
    """Read the sources by key, in the order of the file. A key given twice raises BrokenContent."""
    with _naming(path):
        sources = [_source(table) for table in tomllib.loads(path.read_text(encoding="utf-8"))["source"]]
    repeated = _repeated(source.key for source in sources)
    if repeated:
        raise BrokenContent(f"{path.name}: {', '.join(repeated)}")
    return {source.key: source for source in sources}


def load_module(path: Path) -> Module:
    """Read one module file. Unknown or missing parts raise BrokenContent; `problems` judges the rest."""
    with _naming(path):
        return _module(tomllib.loads(path.read_text(encoding="utf-8")))


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
    parts = {name: value for name, value in table.items() if name not in ("section", "check")}
    sections = tuple(_section(part) for part in table["section"])
    return Module(**parts, sections=sections, checks=tuple(_check(part) for part in table["check"]))


def _section(table: Mapping[str, Any]) -> Section:
    confidence = Confidence(table["confidence"]) if "confidence" in table else None
    read = {
        "kind": SectionKind(table["kind"]),
        "sources": tuple(table.get("sources", ())),
        "confidence": confidence,
    }
    return Section(**{**table, **read})


def _check(table: Mapping[str, Any]) -> Check:
    parts = {name: value for name, value in table.items() if name != "option"}
    return Check(**parts, options=tuple(Option(**option) for option in table["option"]))


def _repeated(keys: Iterable[str]) -> list[str]:
    return [f"{key} is given {times} times" for key, times in Counter(keys).items() if times > 1]
