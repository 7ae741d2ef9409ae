"""One function per page: door, form, action or query, render."""

from programs.views.assess import patient_assess, patient_assessment
from programs.views.cms import (
    content_pack,
    content_pack_export,
    content_pack_import,
    pose_preview,
    site_history,
)
from programs.views.desk import end_patient_plan, patient_plan
from programs.views.gate import gate
from programs.views.handouts import (
    library_module_handout,
    module_handout,
    patient_plan_handout,
    plan_handout,
)
from programs.views.hours_later import hour_later
from programs.views.library import (
    exercise_motion,
    library,
    library_anatomy,
    library_exercise,
    library_figures,
)
from programs.views.own import make_own_version, own_version, own_version_seen, own_version_take
from programs.views.patient import muscle, plan, plan_week
from programs.views.readers import readers
from programs.views.remarks import remarks
from programs.views.review import review
from programs.views.sessions import log_session, patient_log, session_log

__all__ = [
    "content_pack",
    "content_pack_export",
    "content_pack_import",
    "end_patient_plan",
    "exercise_motion",
    "gate",
    "hour_later",
    "library",
    "library_anatomy",
    "library_exercise",
    "library_figures",
    "library_module_handout",
    "log_session",
    "make_own_version",
    "module_handout",
    "muscle",
    "own_version",
    "own_version_seen",
    "own_version_take",
    "patient_assess",
    "patient_assessment",
    "patient_log",
    "patient_plan",
    "patient_plan_handout",
    "plan",
    "plan_handout",
    "plan_week",
    "pose_preview",
    "readers",
    "remarks",
    "review",
    "session_log",
    "site_history",
]
