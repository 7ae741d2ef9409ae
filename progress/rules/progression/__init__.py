"""Progression: session light, proposal, next steps. Pure functions of plan, log and policy. Source: clinical.md section 4."""

from progress.rules.progression.decide import Decision, Inputs, Outcome, decide
from progress.rules.progression.evidence import Evidence
from progress.rules.progression.moves import Move
from progress.rules.progression.policy import DEFAULT, Policy
from progress.rules.progression.proposing import Proposed, propose

__all__ = [
    "DEFAULT",
    "Decision",
    "Evidence",
    "Inputs",
    "Move",
    "Outcome",
    "Policy",
    "Proposed",
    "decide",
    "propose",
]
