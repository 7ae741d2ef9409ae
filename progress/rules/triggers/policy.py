"""The numbers of the trigger lab. Drafts for a licensed clinician to approve, like all thresholds."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class TriggerPolicy:
    """Source: clinical.md 7.2 and 7.3; one point is the smallest change that matters (S56)."""

    version: str = "triggers-1"
    max_active: int = 8
    min_pairs: int = 21
    min_exposed: int = 5
    min_unexposed: int = 5
    min_informative_weeks: int = 3
    clear_pairs: int = 28
    clear_q: Fraction = Fraction(1, 10)
    possible_q: Fraction = Fraction(1, 5)
    effect_points: Fraction = Fraction(1)
    stable_points: Fraction = Fraction(1, 2)  # what must be left when any one week is left out
    shift_share: Fraction = Fraction(1, 10)
    control_share: Fraction = Fraction(1, 2)  # of the effect: at or above, pain was up before the exposure
    interval_alpha: Fraction = Fraction(1, 20)
    overlap_share: Fraction = Fraction(3, 5)
    checkpoints_days: tuple[int, ...] = (28, 42, 56)
    plot_from_days: int = 10


DEFAULT = TriggerPolicy()
