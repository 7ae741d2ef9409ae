"""Which drawn parts of the hip and thigh an exercise trains, by the words its author uses for muscles."""

import re
from collections.abc import Iterable

MAXIMUS, MEDIUS, TFL, VASTUS = "maximus", "medius", "tfl", "vastus"  # keys of education.anatomy
# What a name stands for. Small muscles count as the drawn one they work with; "Whole leg" is aimed at none of them.
STANDS_FOR = {
    "gluteus maximus": {MAXIMUS}, "glute max": {MAXIMUS}, "gluteus medius": {MEDIUS}, "glute med": {MEDIUS},
    "gluteus minimus": {MEDIUS}, "glutes": {MAXIMUS, MEDIUS}, "gluteals": {MAXIMUS, MEDIUS},
    "hip abductors": {MEDIUS, TFL}, "abductors": {MEDIUS, TFL}, "tfl": {TFL}, "tensor fasciae latae": {TFL},
    "quadriceps": {VASTUS}, "quads": {VASTUS}, "vastus lateralis": {VASTUS},
}  # fmt: skip
TRAINING = {"strength", "impact"}  # profiles; a warm-up loosens and readies but does not train


def trained_parts(muscles: str, *, profile: str) -> frozenset[str]:
    """Keys of the parts trained. Words are "Gluteus medius (lower side), Obliques"; unknown ones train nothing drawn.

    What holds only under a condition ("TFL (if rolled back)") is a fault and no training.
    """
    if profile not in TRAINING:
        return frozenset()
    names = re.split(r",(?![^(]*\))", muscles.casefold())
    steady = (re.sub(r"\(.*?\)", "", name).strip() for name in names if not re.search(r"\(\s*if\b", name))
    return frozenset(part for name in steady for part in STANDS_FOR.get(name, ()))


def trains(muscles: str, parts: Iterable[str], *, profile: str) -> bool:
    return not trained_parts(muscles, profile=profile).isdisjoint(parts)


def support(sources: Iterable[str]) -> tuple[int, int]:
    """How well an exercise is backed, for sorting: the number of studies cited (keys "S…"), then of other sources."""
    keys = list(sources)
    studies = sum(key.startswith("S") for key in keys)
    return studies, len(keys) - studies
