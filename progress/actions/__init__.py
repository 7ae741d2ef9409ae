"""Every write of the progress room."""

from progress.actions.checks import log_check
from progress.actions.measures import (
    AlreadyNamed,
    SheetAlreadyCorrected,
    TooManyActivities,
    end_activity,
    log_measures,
    name_activity,
)
from progress.actions.policy import choose_policy
from progress.actions.proposals import (
    AlreadyDecided,
    NothingToCarryOut,
    ReasonNeeded,
    decided_again,
    reconsider,
    replay,
    sign_off,
)
from progress.actions.screens import (
    AlreadyCleared,
    NoteNeeded,
    clear_screen,
    log_screen,
    note_called,
    note_opened,
    tell_again,
)
from progress.actions.states import mark_seen, refresh_states

__all__ = [
    "AlreadyCleared",
    "AlreadyDecided",
    "AlreadyNamed",
    "NoteNeeded",
    "NothingToCarryOut",
    "ReasonNeeded",
    "SheetAlreadyCorrected",
    "TooManyActivities",
    "choose_policy",
    "clear_screen",
    "decided_again",
    "end_activity",
    "log_check",
    "log_measures",
    "log_screen",
    "mark_seen",
    "name_activity",
    "note_called",
    "note_opened",
    "reconsider",
    "refresh_states",
    "replay",
    "sign_off",
    "tell_again",
]
