"""Every write of the education room."""

from education.actions.editors import ensure_editors_group
from education.actions.loading import Loaded, load_glossary, load_modules, load_sources
from education.actions.publishing import NotFit, freeze_module
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
from education.actions.stances import choose_stances

__all__ = [
    "Loaded",
    "NotFit",
    "answer_check",
    "ask_about",
    "assign_module",
    "choose_stances",
    "ensure_editors_group",
    "freeze_module",
    "load_glossary",
    "load_modules",
    "load_sources",
    "note_place",
    "open_module",
    "rate_beliefs",
    "see_section",
    "tell_in_own_words",
    "withdraw_module",
]
