"""What may contribute, ranked by what was found. The clinician confirms or rejects each; nothing here is a diagnosis."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from programs.rules.assessment.items import LEFT, RIGHT, WHOLE, Item, items
from programs.rules.assessment.reading import (
    PLACE_WORDS,
    UNEVEN_PERCENT,
    Answers,
    in_words,
    mark,
    symmetry,
    value_of,
)

CLEAR, SOME = 5, 2  # points of the strongest side from which a finding is "clear", or has "some" to go on


@dataclass(frozen=True, kw_only=True)
class Contributor:
    """Something that can add to the pain. `says` is what the literature supports, with `grade` as lessons use it."""

    key: str
    title: str
    says: str
    grade: str  # supported, mixed or view
    sources: tuple[str, ...]


CONTRIBUTORS: Mapping[str, Contributor] = {
    one.key: one
    for one in (
        Contributor(
            key="knee_irritation",
            title="Irritation at the outer knee",
            says="Pressing near 30 degrees of bend is the favored account; friction is still named.",
            grade="mixed",
            sources=("S1", "S2", "S3", "S81"),
        ),
        Contributor(
            key="nerve",
            title="Nerve sensitivity",
            says="Sliders help nerve-related back and neck-arm pain; not tested for ITB pain.",
            grade="mixed",
            sources=("S43", "S42"),
        ),
        Contributor(
            key="load",
            title="Training load",
            says="A single run more than 10 % longer than the longest of 30 days goes with more injuries.",
            grade="supported",
            sources=("S25",),
        ),
        Contributor(
            key="hip_strength",
            title="Hip strength",
            says="Some people with ITB pain have weaker hips, before it or because of it. Training helps in small studies.",
            grade="mixed",
            sources=("S14", "S15", "S17", "S19", "S20"),
        ),
        Contributor(
            key="hip_mobility",
            title="Hip mobility",
            says="The link of hip mobility to ITB pain is unproven; stretching may ease tightness, not lengthen the band.",
            grade="view",
            sources=("S4", "S5", "S18"),
        ),
        Contributor(
            key="ankle",
            title="Foot and ankle",
            says="Less ankle bend goes with the knee falling in. Foot shape alone does not predict pain.",
            grade="mixed",
            sources=("S38", "S40", "S18"),
        ),
        Contributor(
            key="technique",
            title="Movement and running form",
            says="Stronger hips alone do not change how people run: practice the movement itself.",
            grade="mixed",
            sources=("S21", "S22", "S29"),
        ),
        Contributor(
            key="trunk",
            title="Side trunk endurance",
            says="The side bridge loads gluteus medius at strength level.",
            grade="mixed",
            sources=("S34",),
        ),
        Contributor(
            key="stack",
            title="Pelvis and rib cage",
            says="Most pain-free adults tilt forward too. A control drill to try, not a posture to reach.",
            grade="view",
            sources=("S41", "S18"),
        ),
    )
}
# Between equals, what must not be overlooked comes first: the order of CONTRIBUTORS.
ORDER = {key: place for place, key in enumerate(CONTRIBUTORS)}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One piece of evidence: an item, its side, what was found, and how much it speaks for it."""

    item: str
    place: str
    words: str
    mark: int


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A contributor with all it stands on. `seen` of `of` signs were examined: the rest are unknown, not normal."""

    contributor: Contributor
    points: int
    side: str  # "left", "right", "both", or "" when it has none
    lines: tuple[Line, ...]
    seen: int
    of: int

    @property
    def key(self) -> str:
        return self.contributor.key

    @property
    def confidence(self) -> str:
        """How much was found here, not how likely it is: clear, some, a hint, or nothing found."""
        if not self.points:
            return "none"
        return "clear" if self.points >= CLEAR else "some" if self.points >= SOME else "hint"


def findings(answers: Answers) -> tuple[Finding, ...]:
    """Every contributor with something found or examined, most to go on first. Nothing examined: left out."""
    made = [_finding(contributor, answers) for contributor in CONTRIBUTORS.values()]
    seen = [finding for finding in made if finding.seen]
    return tuple(sorted(seen, key=lambda finding: (-finding.points, ORDER[finding.key])))


def unexamined(answers: Answers) -> tuple[Contributor, ...]:
    """Contributors about which nothing is known."""
    return tuple(one for one in CONTRIBUTORS.values() if not _finding(one, answers).seen)


def _finding(contributor: Contributor, answers: Answers) -> Finding:
    signs = [item for item in items().values() if contributor.key in item.points_to and not item.clinic_view]
    read = [(item, place, mark(item, answers, place)) for item in signs for place in item.places]
    seen = [(item, place, found) for item, place, found in read if found is not None]
    lines = tuple(
        sorted(
            (_line(item, place, found, answers) for item, place, found in seen if found),
            key=lambda one: -one.mark,
        )
    )
    points = {
        place: sum(line.mark for line in lines if line.place == place) for place in (LEFT, RIGHT, WHOLE)
    }
    return Finding(
        contributor=contributor, points=points[WHOLE] + max(points[LEFT], points[RIGHT]), side=_side(points),
        lines=lines, seen=len(seen), of=len(read),
    )  # fmt: skip


def _side(points: Mapping[str, int]) -> str:
    sides = [place for place in (LEFT, RIGHT) if points[place]]
    return "both" if len(sides) == 2 else sides[0] if sides else ""


def _line(item: Item, place: str, found: int, answers: Answers) -> Line:
    words = in_words(item, value_of(answers, item.key, place))
    even = symmetry(item, answers)
    uneven = (
        f", {even} % of the other side"
        if even is not None and even < UNEVEN_PERCENT and _is_less(item, answers, place)
        else ""
    )
    where = f"{PLACE_WORDS[place]} " if PLACE_WORDS[place] else ""
    return Line(item=item.key, place=place, words=f"{item.label}: {where}{words}{uneven}", mark=found)


def _is_less(item: Item, answers: Answers, place: str) -> bool:
    other = RIGHT if place == LEFT else LEFT
    return bool(value_of(answers, item.key, place) < value_of(answers, item.key, other))


@dataclass(frozen=True, kw_only=True)
class Link:
    """One region of the chain on one side: "marked", "clear" or "unknown"."""

    region: str
    place: str
    state: str


def chain(answers: Answers) -> Iterator[Link]:
    """The chain from the foot up, both sides: what lights up, what was looked at, what was not."""
    for region in dict.fromkeys(item.region for item in items().values() if item.is_examined_by_hand):
        for place in (LEFT, RIGHT):
            yield Link(region=region, place=place, state=_link(region, place, answers))


def _link(region: str, place: str, answers: Answers) -> str:
    found = [
        mark(item, answers, place if item.sides else WHOLE)
        for item in items().values()
        if item.region == region and not item.clinic_view
    ]
    known = [one for one in found if one is not None]
    return "unknown" if not known else "marked" if any(known) else "clear"


@dataclass(frozen=True, kw_only=True)
class Muscle:
    """One of the three that share the work at the hip: tightness and strength as found, per side."""

    title: str
    tightness: dict[str, str]
    strength: dict[str, str]
    balance: str


PANEL = (
    ("TFL", "tfl_tight", "tfl_strength"),
    ("Gluteus maximus", "gmax_tight", "hip_extension"),
    ("Gluteus medius", "gmed_tight", "hip_abduction"),
)


def muscle_panel(answers: Answers) -> tuple[Muscle, ...]:
    """TFL, gluteus maximus and medius side by side. Balance compares the sides' strength grades."""
    return tuple(_muscle(title, tight, strong, answers) for title, tight, strong in PANEL)


def _muscle(title: str, tight: str, strong: str, answers: Answers) -> Muscle:
    grades = [mark(items()[strong], answers, place) for place in (LEFT, RIGHT)]
    left, right = grades
    if left is None or right is None:
        balance = "not examined on both sides"
    elif left == right:
        balance = "even"
    else:
        balance = "left weaker" if left > right else "right weaker"
    return Muscle(
        title=title, balance=balance, tightness=_both(tight, answers), strength=_both(strong, answers)
    )


def _both(key: str, answers: Answers) -> dict[str, str]:
    return {place: in_words(items()[key], value_of(answers, key, place)) for place in (LEFT, RIGHT)}
