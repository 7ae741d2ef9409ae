"""Every write of the progress room."""

from progress.actions.checks import log_check
from progress.actions.states import mark_seen, refresh_states

__all__ = ["log_check", "mark_seen", "refresh_states"]
