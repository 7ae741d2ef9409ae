"""The rows of the education room."""

from education.models.modules import Edited, Module, ModuleVersion
from education.models.reading import STATE_WORDS, CheckAttempt, ReadingAssignment, ReadingQuerySet
from education.models.sources import GlossaryTerm, Source
from education.models.stances import ClinicStance

__all__ = [
    "STATE_WORDS",
    "CheckAttempt",
    "ClinicStance",
    "Edited",
    "GlossaryTerm",
    "Module",
    "ModuleVersion",
    "ReadingAssignment",
    "ReadingQuerySet",
    "Source",
]
