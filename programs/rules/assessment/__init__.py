"""The assessment: what can be asked, what was found, what may add to the pain, and what to propose for it."""

from programs.rules.assessment.findings import (
    CONTRIBUTORS,
    Contributor,
    Finding,
    chain,
    findings,
    muscle_panel,
    unexamined,
)
from programs.rules.assessment.items import (
    DOMAINS,
    LEFT,
    REGIONS,
    RIGHT,
    VERSION,
    WHOLE,
    Item,
    Kind,
    Part,
    asked,
    items,
    parts,
)
from programs.rules.assessment.reading import (
    Answers,
    Change,
    Gap,
    UnreadableAnswers,
    change,
    checked,
    domain_scores,
    goals,
    in_words,
    incomplete,
    mark,
    psfs,
    symmetry,
    value_of,
)

__all__ = [
    "CONTRIBUTORS", "DOMAINS", "LEFT", "REGIONS", "RIGHT", "VERSION", "WHOLE", "Answers", "Change", "Contributor",
    "Finding", "Gap", "Item", "Kind", "Part", "UnreadableAnswers", "asked", "chain", "change", "checked",
    "domain_scores", "findings", "goals", "in_words", "incomplete", "items", "mark", "muscle_panel", "parts", "psfs",
    "symmetry", "unexamined", "value_of",
]  # fmt: skip
