"""Every write of the programs room."""

from programs.actions.assessments import AssessmentAlreadyCorrected, assess, decide_findings
from programs.actions.hours_later import tell_hour_later
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
from programs.actions.pack import MOVED as PACK_MOVED
from programs.actions.pack import Brought, PackRefused, import_pack
from programs.actions.pack import Outcome as PackOutcome
from programs.actions.packing import export_pack
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
    "PACK_MOVED",
    "AlreadyCorrected",
    "AssessmentAlreadyCorrected",
    "BeingEdited",
    "Brought",
    "Logged",
    "NotAnOriginal",
    "NotFit",
    "OriginalMovedOn",
    "Outcome",
    "PackOutcome",
    "PackRefused",
    "PlanAlreadyEnded",
    "PlanAlreadyOpen",
    "PlanMovedOn",
    "PlanNotUsable",
    "UnknownPart",
    "assess",
    "decide_findings",
    "end_plan",
    "export_pack",
    "freeze_exercise",
    "freeze_template",
    "import_pack",
    "log_session",
    "look_at_original",
    "make_own_version",
    "revise_plan",
    "start_plan",
    "take_from_original",
    "tell_hour_later",
]
