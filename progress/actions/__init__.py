"""Every write of the progress room."""

from progress.actions.checks import log_check
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
    "NoteNeeded",
    "NothingToCarryOut",
    "ReasonNeeded",
    "choose_policy",
    "clear_screen",
    "decided_again",
    "log_check",
    "log_screen",
    "mark_seen",
    "note_called",
    "note_opened",
    "reconsider",
    "refresh_states",
    "replay",
    "sign_off",
    "tell_again",
]
