"""What an exercise needs before anybody is asked to do it: a picture, cues, faults, ways down and up, a caution, a dose."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from education.rules.blame import blaming_words
from programs.rules.dose import Dose

NEEDED = ("purpose", "muscles", "start", "caution")
FEWEST = {"steps": 2, "faults": 2}
ENDS = {"easier": "is_easiest", "harder": "is_hardest"}
FOR_PATIENTS = ("purpose", "start", "steps", "faults", "caution", "ladder", "dose_text")

Links = Mapping[str, Iterable[str]]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why an exercise can't be published yet, and at which of its fields ("" for the whole of it)."""

    field: str
    code: str
    value: str = ""


def problems(
    content: Mapping[str, Any],
    *,
    has_picture: bool,
    known_sources: Iterable[str],
    is_in_circle: bool = False,
    pose_faults: Iterable[str] = (),
) -> list[Problem]:
    """List what is missing from an exercise as a version would keep it; empty means fit to publish."""
    return [
        *([] if has_picture else [Problem(field="", code="no_picture")]),
        *(Problem(field="pose", code="pose", value=words) for words in pose_faults),
        *(Problem(field=name, code="empty") for name in NEEDED if not content[name].strip()),
        *(
            Problem(field=name, code="too_few", value=str(least))
            for name, least in FEWEST.items()
            if len(content[name]) < least
        ),
        *_link_problems(content),
        *([Problem(field="harder", code="circle")] if is_in_circle else []),
        *_source_problems(content["sources"], set(known_sources)),
        *_dose_problems(Dose.from_mapping(content["dose"])),
        *_blame(content),
    ]


def circles(harder: Links) -> set[str]:
    """The codes from which climbing harder and harder leads back to the start."""
    return {code for code in harder if code in _above(code, harder)}


def one_way(*, easier: Links, harder: Links) -> set[tuple[str, str]]:
    """Links that only one end lists, as (easier, harder) pairs: going back down is not offered, or going up."""
    down = {(other, code) for code, others in easier.items() for other in others}
    up = {(code, other) for code, others in harder.items() for other in others}
    return down ^ up


def _above(start: str, harder: Links) -> set[str]:
    seen: set[str] = set()
    waiting = list(harder.get(start, ()))
    while waiting:
        code = waiting.pop()
        if code not in seen:
            seen.add(code)
            waiting += harder.get(code, ())
    return seen


def _link_problems(content: Mapping[str, Any]) -> Iterator[Problem]:
    for way, end in ENDS.items():
        if content[end] and content[way]:
            yield Problem(field=end, code="not_the_end")
        elif not (content[end] or content[way]):
            yield Problem(field=way, code="no_way")
    for code in sorted({*content["easier"]} & {*content["harder"]}):
        yield Problem(field="harder", code="both_ways", value=code)


def _source_problems(keys: list[str], known: set[str]) -> Iterator[Problem]:
    if not keys:
        yield Problem(field="sources", code="empty")
    for key in keys:
        if key not in known:
            yield Problem(field="sources", code="unknown_source", value=key)


def _dose_problems(dose: Dose) -> Iterator[Problem]:
    """Numbers out of range, or nothing said about how often or how hard: a dose that nobody can follow."""
    yield from (Problem(field="", code="dose", value=words) for words in dose.problems())
    if dose.effort_low is dose.pain_cap is dose.days_per_week_low is None and not dose.note:
        yield Problem(field="effort_low", code="open_dose")


def _blame(content: Mapping[str, Any]) -> Iterator[Problem]:
    for name in FOR_PATIENTS:
        value = content.get(name) or ""
        for word in blaming_words(value if isinstance(value, str) else "\n".join(value)):
            yield Problem(field=name, code="blame", value=word)
