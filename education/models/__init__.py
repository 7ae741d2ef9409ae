"""The rows of the education room."""

from education.models.media import Medium
from education.models.modules import Edited, Module, ModuleVersion
from education.models.reading import STATE_WORDS, CheckAttempt, ReadingAssignment, ReadingQuerySet
from education.models.remarks import Remark
from education.models.reviews import ClinicalReview
from education.models.sources import GlossaryTerm, Source
from education.models.stances import ClinicStance
from education.models.told import BeliefRating, OwnWords, PassageQuestion

__all__ = [
    "STATE_WORDS",
    "BeliefRating",
    "CheckAttempt",
    "ClinicStance",
    "ClinicalReview",
    "Edited",
    "GlossaryTerm",
    "Medium",
    "Module",
    "ModuleVersion",
    "OwnWords",
    "PassageQuestion",
    "ReadingAssignment",
    "ReadingQuerySet",
    "Remark",
    "Source",
]
