"""Turn what people type about plans and sessions into drafts. Nothing here saves."""

from programs.forms.assess import Asked, AssessForm
from programs.forms.hour_later import HourLaterForm
from programs.forms.library import Chosen, FindExercise
from programs.forms.own import SeenNumber, TakenPart
from programs.forms.pack import PackGoAhead, PackUpload
from programs.forms.plan import PlanDesk
from programs.forms.pose import PosePreview
from programs.forms.remarks import RemarkForm
from programs.forms.review import DecisionForm
from programs.forms.session import SessionForm
from programs.forms.start import open_desk
from programs.forms.verdicts import VerdictForm

__all__ = [
    "Asked",
    "AssessForm",
    "Chosen",
    "DecisionForm",
    "FindExercise",
    "HourLaterForm",
    "PackGoAhead",
    "PackUpload",
    "PlanDesk",
    "PosePreview",
    "RemarkForm",
    "SeenNumber",
    "SessionForm",
    "TakenPart",
    "VerdictForm",
    "open_desk",
]
