"""Every write of the education room."""

from education.actions.editors import ensure_editors_group
from education.actions.loading import Loaded, load_glossary, load_modules, load_sources
from education.actions.media import keep_medium
from education.actions.publishing import NotFit, NotReviewed, freeze_module, must_be_reviewed
from education.actions.reading import (
    answer_check,
    ask_about,
    assign_module,
    note_place,
    open_module,
    rate_beliefs,
    see_section,
    tell_in_own_words,
    withdraw_module,
)
from education.actions.remarks import answer_remark, make_remark, settle_remark
from education.actions.reviewing import (
    AlreadyDecided,
    NotYours,
    approve,
    ask_for_changes,
    ask_for_review,
    ensure_review,
    publish_due,
)
from education.actions.stances import choose_stances

__all__ = [
    "AlreadyDecided",
    "Loaded",
    "NotFit",
    "NotReviewed",
    "NotYours",
    "answer_check",
    "answer_remark",
    "approve",
    "ask_about",
    "ask_for_changes",
    "ask_for_review",
    "assign_module",
    "choose_stances",
    "ensure_editors_group",
    "ensure_review",
    "freeze_module",
    "keep_medium",
    "load_glossary",
    "load_modules",
    "load_sources",
    "make_remark",
    "must_be_reviewed",
    "note_place",
    "open_module",
    "publish_due",
    "rate_beliefs",
    "see_section",
    "settle_remark",
    "tell_in_own_words",
    "withdraw_module",
]
