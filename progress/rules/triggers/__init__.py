"""The trigger lab: is pain on waking higher after days with an exposure? Pure functions of one person's log.

Source: clinical.md section 7.
"""

from progress.rules.triggers.judge import Finding, Tier, as_of_checkpoints, findings, overlaps
from progress.rules.triggers.pairs import Pair, pairs_of
from progress.rules.triggers.policy import DEFAULT, TriggerPolicy

__all__ = [
    "DEFAULT",
    "Finding",
    "Pair",
    "Tier",
    "TriggerPolicy",
    "as_of_checkpoints",
    "findings",
    "overlaps",
    "pairs_of",
]
