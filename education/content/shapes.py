"""What the files hold: modules made of typed parts, their questions, sources and terms."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from education.rules import LONGEST_MINUTES
from education.rules.parts import ASKS, SECTIONS, Part, missing
from education.rules.stances import TOPICS


class SourceKind(StrEnum):
    LITERATURE = "literature"
    BACKGROUND = "background"
    CLINIC_OPINION = "clinic_opinion"


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
class Term:
    """A word that is explained in plain ones; `forms` are its plurals and other spellings."""

    term: str
    meaning: str
    forms: tuple[str, ...] = ()

    def as_mapping(self) -> dict[str, Any]:
        return {"term": self.term, "forms": list(self.forms), "meaning": self.meaning}


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
            f"check {self.key}: {problem}" for problem in repeated(option.key for option in self.options)
        )
        for option in self.options:
            yield from (f"check {self.key}, {problem}" for problem in option.problems(passages=passages))


@dataclass(frozen=True, kw_only=True)
class Module:
    """One lesson, in reading order. `goal` is what a person can do afterwards; `note` is for clinicians.

    `sections` and `asks` are parts in the shapes of `education.rules.parts`, complete.
    """

    code: str
    slug: str
    title: str
    minutes: int
    goal: str
    note: str
    sections: tuple[Part, ...]
    checks: tuple[Check, ...]
    asks: tuple[Part, ...] = ()

    @property
    def cited(self) -> frozenset[str]:
        """The keys of all sources that its parts name."""
        return frozenset(key for section in self.sections for key in section.get("sources", ()))

    @property
    def seeds(self) -> frozenset[str]:
        """The rows of the source articles that its parts carry."""
        return frozenset(key for part in chain(self.sections, self.asks) for key in part["seeds"])

    def problems(self) -> list[str]:
        """List what would confuse a reader or break a link, in plain sentences; empty means fit to load."""
        passages = frozenset(section["key"] for section in self.sections)
        found = [
            *repeated(section["key"] for section in self.sections),
            *repeated(check.key for check in self.checks),
            *repeated(ask["key"] for ask in self.asks),
        ]
        if not (isinstance(self.minutes, int) and 1 <= self.minutes <= LONGEST_MINUTES):
            found.append(f"minutes must be a whole number from 1 to {LONGEST_MINUTES}")
        found += _empty(self.sections, SECTIONS)
        found += _empty(self.asks, ASKS)
        found += [problem for section in self.sections for problem in _part_problems(section)]
        found += [problem for check in self.checks for problem in check.problems(passages=passages)]
        return [f"{self.code}: {problem}" for problem in found]


def _empty(parts: Iterable[Part], kinds: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [
        f"{part['key']}: a {part['kind']} needs {name}"
        for part in parts
        for name in missing(part, kinds=kinds)
    ]


def _part_problems(part: Part) -> Iterator[str]:
    if "sources" in part and not part["sources"] and part["kind"] != "myth_fact":
        yield f"{part['key']}: a {part['kind']} needs sources"
    if part["kind"] == "stance":
        topic = TOPICS.get(part["topic"])
        wanted = [choice.key for choice in topic.choices] if topic else []
        if sorted(voice["choice"] for voice in part["voices"]) != sorted(wanted):
            yield f"{part['key']}: a stance needs one voice for each of {wanted}"


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything the education room is delivered with."""

    modules: tuple[Module, ...]
    sources: Mapping[str, Source]
    glossary: tuple[Term, ...] = ()

    def problems(self) -> list[str]:
        """List problems within the modules, doubled codes and terms, and cited sources that do not exist."""
        found = [problem for module in self.modules for problem in module.problems()]
        found += repeated(module.code for module in self.modules)
        found += repeated(module.slug for module in self.modules)
        found += repeated(form.casefold() for term in self.glossary for form in (term.term, *term.forms))
        found += [
            f"{module.code} cites {key}, which is not a known source"
            for module in self.modules
            for key in sorted(module.cited - set(self.sources))
        ]
        return found


def repeated(keys: Iterable[str]) -> list[str]:
    return [f"{key} is given {times} times" for key, times in Counter(keys).items() if times > 1]
