"""Turn what people type about plans and sessions into drafts. Nothing here saves."""

from programs.forms.library import Chosen, FindExercise
from programs.forms.own import SeenNumber, TakenPart
from programs.forms.pack import PackGoAhead, PackUpload
from programs.forms.plan import PlanDesk
from programs.forms.pose import PosePreview
from programs.forms.remarks import RemarkForm
from programs.forms.review import DecisionForm
from programs.forms.session import SessionForm
from programs.forms.start import open_desk

__all__ = [
    "Chosen",
    "DecisionForm",
    "FindExercise",
    "PackGoAhead",
    "PackUpload",
    "PlanDesk",
    "PosePreview",
    "RemarkForm",
    "SeenNumber",
    "SessionForm",
    "TakenPart",
    "open_desk",
]
