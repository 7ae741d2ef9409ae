"""Read the answers of one assessment: how much each speaks for, what was not examined, how it changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programs.rules.assessment.items import DOMAINS, LEFT, REGIONS, RIGHT, WHOLE, Item, Kind, asked, items

Answers = Mapping[
    str, Mapping[str, Any]
]  # item key → place (left, right, whole) → value; nothing else is stored

UNEVEN_PERCENT = 90  # the weaker side, of the stronger: clinical.md P3 exit, "90 % of the other side"
DOMAIN_NEEDS = 2  # so many answers at least before a domain gets a figure
PLACE_WORDS = {LEFT: "left", RIGHT: "right", WHOLE: ""}


class UnreadableAnswers(ValueError):
    """An answer names no item, no place of it, or a value it can't have."""


def value_of(answers: Answers, key: str, place: str = WHOLE) -> Any:
    """What was said, or None if it was not examined."""
    return answers.get(key, {}).get(place)


def checked(answers: Answers) -> Answers:
    """The same answers, if every one of them fits the catalogue. Raises UnreadableAnswers."""
    for key, said in answers.items():
        item = items().get(key)
        if item is None or not said:
            raise UnreadableAnswers(key)
        for place, value in said.items():
            if place not in item.places or not _fits(item, value):
                raise UnreadableAnswers(f"{key}, {place}")
    return answers


def _fits(item: Item, value: Any) -> bool:
    match item.kind:
        case Kind.NUMBER:
            return _whole(value, item.low, item.high)
        case Kind.CHOICE:
            return item.option(value) is not None
        case Kind.MANY:
            return isinstance(value, list) and all(item.option(one) for one in value)
        case Kind.GOAL:
            return isinstance(value, dict) and bool(value.get("words")) and _score_fits(value.get("score"))
        case Kind.TEXT:
            return isinstance(value, str) and bool(value)


def _score_fits(score: Any) -> bool:
    return score is None or _whole(score, 0, 10)


def _whole(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def mark(item: Item, answers: Answers, place: str) -> int | None:
    """How much this answer speaks for something, 0–3. None: not examined, or context only."""
    value = value_of(answers, item.key, place)
    if value is None:
        return None
    if item.kind is Kind.CHOICE:
        option = item.option(value)
        return option.mark if option else None
    if item.kind is Kind.MANY:
        marks = [option.mark for one in value if (option := item.option(one)) and option.mark is not None]
        return max(marks, default=0) if any(option.mark is not None for option in item.options) else None
    if item.kind is Kind.NUMBER and item.expected_low is not None:
        return _number_mark(item, answers, place, value)
    return None


def _number_mark(item: Item, answers: Answers, place: str, value: int) -> int:
    """Under the expected: 1, or 2 when under three quarters of it. Clearly less than the other side: 1."""
    expected = item.expected_low or 0
    if value < expected * 0.75:
        return 2
    if value < expected:
        return 1
    even = symmetry(item, answers)
    is_less = (
        item.sides and value < value_of(answers, item.key, RIGHT if place == LEFT else LEFT)
        if even is not None
        else False
    )
    return 1 if even is not None and even < UNEVEN_PERCENT and is_less else 0


def symmetry(item: Item, answers: Answers) -> int | None:
    """The lesser side in percent of the other, rounded down. None when a side is not measured or both are 0."""
    left, right = value_of(answers, item.key, LEFT), value_of(answers, item.key, RIGHT)
    if item.kind is not Kind.NUMBER or left is None or right is None or not max(left, right):
        return None
    return int(min(left, right) * 100 // max(left, right))


def in_words(item: Item, value: Any) -> str:
    """A value as the clinician reads it; "not examined" when there is none."""
    if value is None:
        return "not examined"
    match item.kind:
        case Kind.NUMBER:
            return f"{value}{'' if item.unit == '°' else ' '}{item.unit}"
        case Kind.CHOICE:
            option = item.option(value)
            return option.words if option else str(value)
        case Kind.MANY:
            chosen = [option.words for option in item.options if option.value in value]
            return ", ".join(chosen) or item.none_words or "none"
        case Kind.GOAL:
            score = "no number" if value.get("score") is None else f"{value['score']} of 10"
            return f"{value['words']}: {score}"
        case _:
            return str(value)


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A region of the chain with things not examined, and how many of how many."""

    region: str
    missing: int
    of: int

    @property
    def is_untouched(self) -> bool:
        return self.missing == self.of


def incomplete(answers: Answers, *, full: bool) -> tuple[Gap, ...]:
    """The regions of the chain that this mode asks about and that are not fully examined, both sides counted."""
    gaps = []
    for region in REGIONS:
        places = [
            (item.key, place)
            for part in asked(full=full) for item in part.items if item.region == region and not item.clinic_view
            for place in item.places
        ]  # fmt: skip
        missing = sum(1 for key, place in places if value_of(answers, key, place) is None)
        if missing:
            gaps.append(Gap(region=region, missing=missing, of=len(places)))
    return tuple(gaps)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One answer now and before. `moved` is "better", "worse", "same", or "" when it can't be compared."""

    before: str
    now: str
    difference: int | None
    moved: str


def change(item: Item, *, before: Answers, now: Answers, place: str) -> Change | None:
    """Compare one place; None unless both were examined. Choices compare by their marks."""
    old, new = value_of(before, item.key, place), value_of(now, item.key, place)
    if old is None or new is None or item.kind in (Kind.TEXT, Kind.MANY):
        return None
    difference, moved = _difference(item, old, new)
    return Change(before=in_words(item, old), now=in_words(item, new), difference=difference, moved=moved)


def _difference(item: Item, old: Any, new: Any) -> tuple[int | None, str]:
    if item.kind is Kind.GOAL:
        scores = (old.get("score"), new.get("score"))
        same = old["words"] == new["words"] and None not in scores
        return _moved(scores[1] - scores[0], better="up") if same else (None, "")
    if item.kind is Kind.NUMBER:
        return _moved(new - old, better=item.better)
    marks = [
        option.mark for value in (old, new) if (option := item.option(value)) and option.mark is not None
    ]
    return None, _moved(marks[1] - marks[0], better="down")[1] if len(marks) == 2 else ""


def _moved(difference: int, *, better: str) -> tuple[int, str]:
    if difference == 0:
        return 0, "same"
    return difference, "better" if (difference > 0) == (better == "up") else "worse"


def psfs(answers: Answers) -> float | None:
    """The mean of the activities that have a number, to two decimals; None with fewer than three (S61)."""
    scores = [score for score in (goal.get("score") for goal in goals(answers)) if score is not None]
    return round(sum(scores) / len(scores), 2) if len(scores) >= 3 else None


def goals(answers: Answers) -> list[dict[str, Any]]:
    """The activities that matter, in order, each {"words": …, "score": 0–10 or None}."""
    return [
        dict(value_of(answers, item.key))
        for item in items().values()
        if item.kind is Kind.GOAL and value_of(answers, item.key)
    ]


def domain_scores(answers: Answers) -> dict[str, int | None]:
    """How much of each domain is free of marks, in percent of what was examined; None with too little examined.

    A summary for comparing one person with themselves, not a measure with norms.
    """
    return {domain: _score(answers, domain) for domain in DOMAINS}


def _score(answers: Answers, domain: str) -> int | None:
    shares = []
    for item in items().values():
        if item.domain != domain:
            continue
        for place in item.places:
            found = mark(item, answers, place)
            if found is not None:
                shares.append(1 - min(found, 3) / 3)
    return round(100 * sum(shares) / len(shares)) if len(shares) >= DOMAIN_NEEDS else None
