"""Reads of the library, of plans and of sessions."""

from programs.queries.advice import Advice, refused_now
from programs.queries.assessments import Known, assessment_of, baseline, known_of
from programs.queries.easier import easier_ways, short_items
from programs.queries.gate import drawn, exercise_problems
from programs.queries.handouts import PlanOnPaper, plan_on_paper
from programs.queries.library import (
    current_exercises,
    current_templates,
    easier_and_harder,
    exercise_families,
    exercise_in_module,
    exercise_seen_by,
    exercise_version,
    motion_of,
    programs_in_words,
    walk_run_table,
)
from programs.queries.muscles import OwnExercises, library_by_part, own_exercises
from programs.queries.own import (
    Drift,
    drift,
    drifted,
    is_editor_of,
    kind_of,
    original,
    own_beside,
    own_row,
)
from programs.queries.plans import (
    PlanOnDay,
    PlanPage,
    items_due,
    items_under,
    newest_version,
    next_due_on,
    open_plan,
    phases_with_items,
    plan_on,
    plan_page,
    planned_days,
)
from programs.queries.readers import readers, second_looks, with_second_look
from programs.queries.remarks import block_keys, open_remarks, remark
from programs.queries.review import Review, kind_in_review, look, review, row_in_review, waiting
from programs.queries.sessions import last_correction, logged_on, session_receipt, sessions_of
from programs.queries.shelf import ModuleOnShelf, Shelf, shelf

__all__ = [
    "Advice",
    "Drift",
    "Known",
    "ModuleOnShelf",
    "OwnExercises",
    "PlanOnDay",
    "PlanOnPaper",
    "PlanPage",
    "Review",
    "Shelf",
    "assessment_of",
    "baseline",
    "block_keys",
    "current_exercises",
    "current_templates",
    "drawn",
    "drift",
    "drifted",
    "easier_and_harder",
    "easier_ways",
    "exercise_families",
    "exercise_in_module",
    "exercise_problems",
    "exercise_seen_by",
    "exercise_version",
    "is_editor_of",
    "items_due",
    "items_under",
    "kind_in_review",
    "kind_of",
    "known_of",
    "last_correction",
    "library_by_part",
    "logged_on",
    "look",
    "motion_of",
    "newest_version",
    "next_due_on",
    "open_plan",
    "open_remarks",
    "original",
    "own_beside",
    "own_exercises",
    "own_row",
    "phases_with_items",
    "plan_on",
    "plan_on_paper",
    "plan_page",
    "planned_days",
    "programs_in_words",
    "readers",
    "refused_now",
    "remark",
    "review",
    "row_in_review",
    "second_looks",
    "session_receipt",
    "sessions_of",
    "shelf",
    "short_items",
    "waiting",
    "walk_run_table",
    "with_second_look",
]
