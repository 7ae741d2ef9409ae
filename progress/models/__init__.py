"""Daily checks, red-flag screens, what staff have seen, the derived state row of each patient, proposals about plans."""

from progress.models.checks import DailyCheck
from progress.models.proposals import PlanWatch, PolicyChoice, Proposal
from progress.models.screens import Screen, ScreenEvent
from progress.models.state import PatientState, SeenMark

__all__ = [
    "DailyCheck",
    "PatientState",
    "PlanWatch",
    "PolicyChoice",
    "Proposal",
    "Screen",
    "ScreenEvent",
    "SeenMark",
]
