"""Turn what people type about plans and sessions into drafts. Nothing here saves."""

from programs.forms.library import FindExercise
from programs.forms.plan import PlanDesk
from programs.forms.session import SessionForm

__all__ = ["FindExercise", "PlanDesk", "SessionForm"]
