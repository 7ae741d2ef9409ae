"""The exercise library, assessments, plans, and the sessions a patient logged."""

from programs.models.assessments import Assessment, Verdict
from programs.models.dose import DoseFields
from programs.models.hour_later import HourLater
from programs.models.library import Exercise, ExerciseVersion, ProgramTemplate, TemplateVersion
from programs.models.plans import Plan, PlanItem, PlanPhase, PlanVersion
from programs.models.sessions import Session, SessionItem
from programs.models.walk_run import WalkRunStage

__all__ = [
    "Assessment",
    "DoseFields",
    "Exercise",
    "ExerciseVersion",
    "HourLater",
    "Plan",
    "PlanItem",
    "PlanPhase",
    "PlanVersion",
    "ProgramTemplate",
    "Session",
    "SessionItem",
    "TemplateVersion",
    "Verdict",
    "WalkRunStage",
]
