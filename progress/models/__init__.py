"""Daily checks, outcome measures, screens, what staff have seen, each patient's derived state row, proposals about plans."""

from progress.models.checks import DailyCheck
from progress.models.measures import Activity, ActivityEnd, ActivityRating, MeasureSheet
from progress.models.proposals import PlanWatch, PolicyChoice, Proposal
from progress.models.screens import Screen, ScreenEvent
from progress.models.state import PatientState, SeenMark

__all__ = [
    "Activity",
    "ActivityEnd",
    "ActivityRating",
    "DailyCheck",
    "MeasureSheet",
    "PatientState",
    "PlanWatch",
    "PolicyChoice",
    "Proposal",
    "Screen",
    "ScreenEvent",
    "SeenMark",
]
