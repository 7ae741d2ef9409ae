"""Daily checks, what staff have seen of them, and the derived state row of each patient."""

from progress.models.checks import DailyCheck
from progress.models.state import PatientState, SeenMark

__all__ = ["DailyCheck", "PatientState", "SeenMark"]
