"""How far someone is with a module, what an answer shows, and a module as a page shows it to one person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from education.rules.asks import Asked, Belief, Moment, Told
from education.rules.claims import Evidence, evidence
from education.rules.glossary import Term, marked
from education.rules.parts import Part
from education.rules.stances import voiced


class State(StrEnum):
    """How far a person is with a module. The order only ever goes forward."""

    WAITING = "waiting"
    OPENED = "opened"
    READ = "read"
    UNDERSTOOD = "understood"


class UnknownSection(LookupError):
    """The frozen module has no section with this number."""


class UnknownCheck(LookupError):
    """The frozen module has no such question."""


class UnknownOption(ValueError):
    """The question has no such answer."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What one answer shows. `passage` is the key of the section that explains it, or empty."""

    option: int
    is_right: bool
    explanation: str
    misconception: str = ""
    passage: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One passage as a page shows it. `number` counts from 1; `content` is the frozen part.

    `words` is its running text as paragraphs of pieces, in which terms are explained.
    """

    number: int
    key: str
    kind: str
    content: Part
    words: Mapping[str, Any]
    sources: tuple[Part, ...]
    is_seen: bool
    is_next: bool
    asked: tuple[Asked, ...]  # what the reader asked about it


@dataclass(frozen=True, kw_only=True)
class Question:
    """One check question as a page shows it. `verdict` is on the newest answer; None means no answer."""

    number: int
    key: str
    question: str
    options: tuple[Part, ...]
    verdict: Verdict | None
    is_solved: bool
    passage_number: int | None


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A module version together with how far one person is: all that a page needs."""

    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    state: State
    seen: int
    terms: tuple[Term, ...]
    evidence: Evidence
    beliefs: tuple[Belief, ...]
    told: tuple[Told, ...]

    @property
    def total(self) -> int:
        return len(self.sections)

    @property
    def left(self) -> int:
        return self.total - self.seen

    @property
    def solved(self) -> int:
        return sum(question.is_solved for question in self.questions)

    @property
    def kinds(self) -> set[str]:
        """The kinds of its sections, by which a page knows which style sheets it needs."""
        return {section.kind for section in self.sections}

    @property
    def due(self) -> dict[Moment, tuple[Belief, ...]]:
        """The statements to be rated now, by the moment they are asked for."""
        waiting = {moment: tuple(one for one in self.beliefs if one.due is moment) for moment in Moment}
        return {moment: asked for moment, asked in waiting.items() if asked}

    @property
    def is_read(self) -> bool:
        return self.state in (State.READ, State.UNDERSTOOD)

    @property
    def is_finished(self) -> bool:
        """Nothing is left to do: understood, or read where nothing is asked."""
        return self.state is State.UNDERSTOOD or (self.is_read and not self.questions)


def state_of(*, opened: bool, read: bool, understood: bool) -> State:
    if understood:
        return State.UNDERSTOOD
    if read:
        return State.READ
    return State.OPENED if opened else State.WAITING


def seen_after(*, seen: int, number: int, total: int) -> int:
    """Sections seen once section `number` (from 1) was passed. Never goes back. Raises UnknownSection."""
    if not 1 <= number <= total:
        raise UnknownSection(number)
    return max(seen, number)


def resume(*, state: State, seen: int, part: int, paragraph: int) -> str:
    """The end of the address at which somebody goes on: where they were furthest, whatever the device.

    `part` and `paragraph` are where the page last saw them, 0 if it never did; a part not reached step by step is
    only there when all parts are shown.
    """
    if state is State.READ:
        return "#checks"
    if state is not State.OPENED:
        return ""
    if part > seen + 1:
        return f"?all=1#part-{part}" + (f"-{paragraph}" if paragraph > 1 else "")
    if part == seen + 1 and paragraph > 1:
        return f"#part-{part}-{paragraph}"
    return f"#part-{seen + 1}" if seen else ""


def is_understood(*, read: bool, checks: Sequence[Part], right: Iterable[str]) -> bool:
    """Whether it was read and every question was answered right at least once. No questions prove nothing."""
    return read and bool(checks) and {check["key"] for check in checks} <= set(right)


def find_check(checks: Iterable[Part], key: str) -> Part:
    for check in checks:
        if check["key"] == key:
            return check
    raise UnknownCheck(key)


def score(check: Part, option: int) -> Verdict:
    """Say what choosing this option (counted from 0) shows. Raises UnknownOption."""
    if not 0 <= option < len(check["options"]):
        raise UnknownOption(option)
    chosen = check["options"][option]
    return Verdict(
        option=option,
        is_right=chosen["right"],
        explanation=chosen["explanation"],
        misconception=chosen.get("misconception", ""),
        passage=chosen.get("passage", ""),
    )


def lesson(
    *,
    sections: Sequence[Part],
    checks: Sequence[Part],
    sources: Mapping[str, Part],
    state: State = State.WAITING,
    seen: int = 0,
    answers: Mapping[str, int] | None = None,
    solved: Iterable[str] = (),
    stances: Mapping[str, str] | None = None,
    glossary: Sequence[Term] = (),
    asked: Sequence[Asked] = (),
    beliefs: Sequence[Belief] = (),
    told: Sequence[Told] = (),
) -> Lesson:
    """Put frozen parts and one person's progress together.

    `answers`: each question's newest option. `stances`: the clinic's choice by topic; a topic left out speaks with
    its default. `glossary`: the terms to explain, each where it first stands. `asked`: the reader's own questions.
    """
    explained: set[str] = set()
    spoken = [voiced(section, stances or {}) for section in sections]
    numbers = {section["key"]: number for number, section in enumerate(sections, start=1)}
    solved = set(solved)
    return Lesson(
        sections=tuple(
            Section(
                number=number,
                key=section["key"],
                kind=section["kind"],
                content=section,
                words=marked(section, glossary, seen=explained),
                sources=tuple(sources[key] for key in section.get("sources", ()) if key in sources),
                is_seen=number <= seen,
                is_next=number == seen + 1,
                asked=tuple(one for one in asked if one.key == section["key"]),
            )
            for number, section in enumerate(spoken, start=1)
        ),
        questions=tuple(
            _question(number, check, (answers or {}).get(check["key"]), solved, numbers)
            for number, check in enumerate(checks, start=1)
        ),
        state=state,
        seen=min(seen, len(sections)),
        terms=tuple(glossary),
        evidence=evidence(sections, sources),
        beliefs=tuple(beliefs),
        told=tuple(told),
    )


def _question(
    number: int, check: Part, option: int | None, solved: set[str], numbers: Mapping[str, int]
) -> Question:
    verdict = None if option is None else score(check, option)
    return Question(
        number=number,
        key=check["key"],
        question=check["question"],
        options=tuple(check["options"]),
        verdict=verdict,
        is_solved=check["key"] in solved,
        passage_number=numbers.get(verdict.passage) if verdict else None,
    )
