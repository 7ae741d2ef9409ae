"""Daily checks, what staff have seen of them, the derived state row of each patient, and proposals about their plans."""

from progress.models.checks import DailyCheck
from progress.models.proposals import PlanWatch, PolicyChoice, Proposal
from progress.models.state import PatientState, SeenMark

__all__ = ["DailyCheck", "PatientState", "PlanWatch", "PolicyChoice", "Proposal", "SeenMark"]
