"""What is known of how hard exercises work the hip, and what they need at home: for sorting, never for proof.

From healthy people's EMG: it ranks effort, it does not prove benefit (clinical.md section 2).
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

GTA: Mapping[str, int] = {"CLAM": 115, "BAND_WALK": 64, "BRIDGE_SL": 59, "QUAD_EXT": 50}  # S30, range 18–115
MEDIUS_PERCENT: Mapping[str, int] = {  # mean gluteus medius activity in % of a maximal contraction
    "CLAM": 39, "SL_ABD": 81, "BRIDGE_SL": 47, "SP_FULL": 74, "SP_ABD": 100, "BAND_WALK": 61, "STEP_UP": 62,
    "SPLIT_SQ": 48, "SLSQ": 64, "HIP_HIKE": 57, "RDL_SL": 58, "POGO": 48,
}  # fmt: skip
# What a piece of kit in the library's words asks of the kit the clinician ticked; anything else is in every home.
NAMED = {
    "band": "band", "dumbbell": "weight", "ankle weight": "weight", "bar": "weight", "step": "step", "bench": "bench",
    "roller": "roller", "ball": "ball",
}  # fmt: skip

BEGINS_WITHOUT = frozenset({"CLAM", "SL_ABD"})  # the first steps of their ladders need no band or weight


@dataclass(frozen=True, kw_only=True)
class Strength:
    """How one exercise sorts: the gluteal-to-TFL index and gluteus medius effort where measured, else None."""

    gta: int | None
    medius_percent: int | None

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is better; what was never measured comes last."""
        return -(self.gta or 0), -(self.medius_percent or 0)


def strength(code: str) -> Strength:
    return Strength(gta=GTA.get(code), medius_percent=MEDIUS_PERCENT.get(code))


def lacking(code: str, kit: str, home: Set[str] | None) -> tuple[str, ...]:
    """The pieces of `kit` that are not at home. `home` None: nobody asked, so nothing is known to lack."""
    if home is None or code in BEGINS_WITHOUT:
        return ()
    pieces = [piece.strip() for piece in kit.split(",")]
    return tuple(piece for piece in pieces if not _is_there(piece.casefold(), home))


def _is_there(piece: str, home: Set[str]) -> bool:
    if "optional" in piece or "later" in piece:
        return True
    ways = [_named(way) for way in piece.split(" or ")]
    return any(way is None or way in home for way in ways)


def _named(words: str) -> str | None:
    return next((kit for name, kit in NAMED.items() if name in words), None)
