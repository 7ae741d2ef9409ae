"""Every write of the programs room."""

from programs.actions.library import NotFit, freeze_exercise, freeze_template
from programs.actions.own import (
    BeingEdited,
    NotAnOriginal,
    OriginalMovedOn,
    UnknownPart,
    look_at_original,
    make_own_version,
    take_from_original,
)
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
    "BeingEdited",
    "Logged",
    "NotAnOriginal",
    "NotFit",
    "OriginalMovedOn",
    "Outcome",
    "PlanAlreadyEnded",
    "PlanAlreadyOpen",
    "PlanMovedOn",
    "PlanNotUsable",
    "UnknownPart",
    "end_plan",
    "freeze_exercise",
    "freeze_template",
    "log_session",
    "look_at_original",
    "make_own_version",
    "revise_plan",
    "start_plan",
    "take_from_original",
]
