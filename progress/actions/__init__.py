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
from progress.actions.states import mark_seen, refresh_states

__all__ = [
    "AlreadyDecided",
    "NothingToCarryOut",
    "ReasonNeeded",
    "choose_policy",
    "decided_again",
    "log_check",
    "mark_seen",
    "reconsider",
    "refresh_states",
    "replay",
    "sign_off",
]
