"""What would confuse a reader or break a link, and so keeps a module from being published."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from education.rules.parts import ASKS, SECTIONS, Part, missing
from education.rules.stances import TOPICS

LONGEST_MINUTES = 30


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why a module can't be published yet, and where. Indexes count from 0; None means the whole part."""

    part: str  # minutes, sections, checks or asks; empty for the whole module
    code: str
    index: int | None = None
    option: int | None = None
    value: str = ""
    field: str = ""  # where in the block, when the code does not say


def problems(
    *,
    minutes: int | None,
    sections: Sequence[Part],
    checks: Sequence[Part],
    known_sources: Iterable[str],
    asks: Sequence[Part] = (),
) -> list[Problem]:
    """List what would confuse a reader or break a link; empty means fit to publish."""
    return [
        *_minutes_problems(minutes),
        *_section_problems(sections, set(known_sources)),
        *_check_problems(checks, {section["key"] for section in sections}),
        *_key_problems("asks", asks),
        *_missing_problems("asks", asks, ASKS),
    ]


def _minutes_problems(minutes: int | None) -> Iterator[Problem]:
    if minutes is None or not 1 <= minutes <= LONGEST_MINUTES:
        yield Problem(part="minutes", code="minutes")


def _section_problems(sections: Sequence[Part], known_sources: set[str]) -> Iterator[Problem]:
    if not sections:
        yield Problem(part="sections", code="no_sections")
    yield from _key_problems("sections", sections)
    for index, section in enumerate(sections):
        for key in section.get("sources", ()):
            if key not in known_sources:
                yield Problem(part="sections", code="unknown_source", index=index, value=key)
        if section["kind"] == "stance":
            yield from _voice_problems(index, section)
        if section["kind"] == "exercise" and section.get("name") == "":
            yield Problem(part="sections", code="unknown_exercise", index=index, value=section["exercise"])
    yield from _missing_problems("sections", sections, SECTIONS)


def _voice_problems(index: int, section: Part) -> Iterator[Problem]:
    topic = TOPICS.get(section["topic"])
    if topic is None:
        yield Problem(part="sections", code="unknown_topic", index=index, value=section["topic"])
        return
    spoken = {voice["choice"] for voice in section["voices"] if voice.get("text")}
    for choice in topic.choices:
        if choice.key not in spoken:
            yield Problem(part="sections", code="no_voice", index=index, value=choice.key)


def _missing_problems(
    part: str, items: Sequence[Part], kinds: Mapping[str, Mapping[str, Any]]
) -> Iterator[Problem]:
    for index, item in enumerate(items):
        for name in missing(item, kinds=kinds):
            yield Problem(part=part, code="empty", index=index, value=name)


def _check_problems(checks: Sequence[Part], passages: set[str]) -> Iterator[Problem]:
    yield from _key_problems("checks", checks)
    for index, check in enumerate(checks):
        if sum(bool(option["right"]) for option in check["options"]) != 1:
            yield Problem(part="checks", code="one_right_answer", index=index)
        for number, option in enumerate(check["options"]):
            if option.get("passage") and option["passage"] not in passages:
                yield Problem(
                    part="checks", code="unknown_passage", index=index, option=number, value=option["passage"]
                )


def _key_problems(part: str, items: Sequence[Part]) -> Iterator[Problem]:
    times = Counter(item["key"] for item in items)
    for index, item in enumerate(items):
        key = item["key"]
        if not re.fullmatch(r"[A-Za-z0-9_-]+", key):  # keys stand in addresses
            yield Problem(part=part, code="unusable_key", index=index, value=key)
        if times[key] > 1:
            yield Problem(part=part, code="repeated_key", index=index, value=key)
