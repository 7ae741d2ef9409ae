"""Every write of the programs room."""

from programs.actions.library import NotFit, freeze_exercise, freeze_template
from programs.actions.plans import (
    PlanAlreadyEnded,
    PlanAlreadyOpen,
    PlanMovedOn,
    PlanNotUsable,
    end_plan,
    revise_plan,
    start_plan,
)
from programs.actions.sessions import AlreadyCorrected, Logged, Outcome, log_session

__all__ = [
    "AlreadyCorrected",
    "Logged",
    "NotFit",
    "Outcome",
    "PlanAlreadyEnded",
    "PlanAlreadyOpen",
    "PlanMovedOn",
    "PlanNotUsable",
    "end_plan",
    "freeze_exercise",
    "freeze_template",
    "log_session",
    "revise_plan",
    "start_plan",
]
