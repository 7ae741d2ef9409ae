"""Pure decisions about reading: what parts there are, how far someone is, what may be published, who hears which voice."""

from education.rules.parts import Confidence, Grade, Part
from education.rules.publishing import LONGEST_MINUTES, Problem, problems
from education.rules.reading import (
    Lesson,
    Question,
    Section,
    State,
    UnknownCheck,
    UnknownOption,
    UnknownSection,
    Verdict,
    find_check,
    is_understood,
    lesson,
    resume,
    score,
    seen_after,
    state_of,
)

__all__ = [
    "LONGEST_MINUTES",
    "Confidence",
    "Grade",
    "Lesson",
    "Part",
    "Problem",
    "Question",
    "Section",
    "State",
    "UnknownCheck",
    "UnknownOption",
    "UnknownSection",
    "Verdict",
    "find_check",
    "is_understood",
    "lesson",
    "problems",
    "resume",
    "score",
    "seen_after",
    "state_of",
]
