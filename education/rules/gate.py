"""The publish gate: whether a module may be put before patients, what is hard to read in it, and what would make it better.

`publishing.problems` says what would confuse a reader or break a link. Here comes what a person who publishes must answer for
as well: reading grade, grounds for every claim, words that blame. Only the reading grade can be overridden, with a reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from education.rules import readability
from education.rules.blame import blaming_words
from education.rules.parts import Part, is_claim, placed_words_of
from education.rules.publishing import Problem, problems
from education.rules.readability import POLICY, Reading

OVERRIDABLE = frozenset({"hard_module", "hard_passage"})
GROUNDS = {
    "sources": "no_source",
    "grade": "no_grade",
    "confidence": "no_confidence",
    "review_by": "no_review_by",
}
PICTURES = frozenset({"picture", "anatomy", "exercise"})
LONGEST = 5  # minutes


@dataclass(frozen=True, kw_only=True)
class Place:
    """One text that a patient reads, and where it stands. `index` counts from 0."""

    part: str
    index: int
    key: str
    field: str
    text: str
    option: int | None = None


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something worth a second thought: a hard passage, a long sentence or a word few people know."""

    place: Place
    kind: str  # passage, sentence or word
    text: str
    grade: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Look:
    """What the gate makes of a module. `overridden` are the problems that its reason answers."""

    reading: Reading
    broken: tuple[Problem, ...]  # of the problems, those that no reader could get past
    problems: tuple[Problem, ...]
    overridden: tuple[Problem, ...]
    remarks: tuple[Remark, ...]
    has: Mapping[str, bool]
    keys: Mapping[str, tuple[str, ...]]  # of the blocks of each part, in order

    @property
    def is_open(self) -> bool:
        return not self.problems


def look(
    *,
    minutes: int | None,
    sections: Sequence[Part],
    checks: Sequence[Part],
    asks: Sequence[Part],
    known_sources: Iterable[str],
    explained: Iterable[str],
    on: date,
    reason: str = "",
) -> Look:
    """Judge a module as it is about to be kept. `explained` are the terms and forms of the glossary."""
    places = list(_places(sections, checks, asks))
    read = readability.reading(place.text for place in places)
    broken = problems(
        minutes=minutes, sections=sections, checks=checks, asks=asks, known_sources=known_sources
    )
    found = [
        *broken,
        *_ungrounded(sections, on),
        *_blame(places),
        *_hard(places, read),
    ]
    answered = [one for one in found if one.code in OVERRIDABLE and reason.strip()]
    return Look(
        reading=read,
        broken=tuple(broken),
        problems=tuple(one for one in found if one not in answered),
        overridden=tuple(answered),
        remarks=tuple(_remarks(places, tuple(explained))),
        has=_checklist(sections, checks, read),
        keys={
            part: tuple(item["key"] for item in items)
            for part, items in (("sections", sections), ("checks", checks), ("asks", asks))
        },
    )


def _places(sections: Sequence[Part], checks: Sequence[Part], asks: Sequence[Part]) -> Iterator[Place]:
    for part, items in (("sections", sections), ("asks", asks)):
        for index, item in enumerate(items):
            base = Place(part=part, index=index, key=item["key"], field="", text="")
            for field, text in placed_words_of(item):
                yield replace(base, field=field, text=text)
    for index, check in enumerate(checks):
        base = Place(part="checks", index=index, key=check["key"], field="question", text=check["question"])
        yield base
        for number, option in enumerate(check["options"]):
            for field in ("text", "explanation"):
                yield replace(base, option=number, field=field, text=option[field])


def _ungrounded(sections: Sequence[Part], on: date) -> Iterator[Problem]:
    for index, section in enumerate(sections):
        if not is_claim(section):
            continue
        for field, code in GROUNDS.items():
            if not section.get(field):
                yield Problem(part="sections", code=code, index=index, field=field)
        due = section.get("review_by")
        if due and date.fromisoformat(due) < on:
            yield Problem(part="sections", code="past_review_by", index=index, field="review_by", value=due)


def _blame(places: Iterable[Place]) -> Iterator[Problem]:
    for place in places:
        for word in blaming_words(place.text):
            yield _at(place, "blame", word)


def _hard(places: Iterable[Place], read: Reading) -> Iterator[Problem]:
    if read.harder > POLICY.grade:
        yield Problem(part="", code="hard_module", value=f"{read.harder:.1f}")
    for place in places:
        grades = [readability.reading([passage]).mean for passage in readability.passages(place.text)]
        if grades and max(grades) >= POLICY.passage_stops:
            yield _at(place, "hard_passage", f"{max(grades):.0f}")


def _at(place: Place, code: str, value: str) -> Problem:
    return Problem(
        part=place.part, code=code, index=place.index, option=place.option, field=place.field, value=value
    )


def _remarks(places: Iterable[Place], explained: tuple[str, ...]) -> Iterator[Remark]:
    for place in places:
        for passage in readability.passages(place.text):
            grade = readability.reading([passage]).mean
            if grade >= POLICY.passage_shown:
                yield Remark(place=place, kind="passage", text=passage, grade=round(grade, 1))
        for sentence in readability.long_sentences(place.text):
            yield Remark(place=place, kind="sentence", text=sentence)
        for word in readability.jargon(place.text, explained=explained):
            yield Remark(place=place, kind="word", text=word)


def _checklist(sections: Sequence[Part], checks: Sequence[Part], read: Reading) -> dict[str, bool]:
    """After PEMAT: what makes a text understood and acted upon. Advice, never a wall."""
    kinds = {section["kind"] for section in sections}
    return {
        "key_point": "key_point" in kinds,
        "today": "today" in kinds,
        "picture": bool(kinds & PICTURES),
        "check": bool(checks),
        "short": read.minutes() <= LONGEST,
    }
