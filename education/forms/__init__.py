"""Forms of the education room."""

from education.forms.answers import AnswerForm, answer_forms
from education.forms.editing import ModuleForm, at_block, look_at
from education.forms.gate import Told, told
from education.forms.media import MediumForm
from education.forms.stances import StanceForm
from education.forms.telling import AskForm, BeliefForm, OwnWordsForm, PlaceForm, Telling

__all__ = [
    "AnswerForm",
    "AskForm",
    "BeliefForm",
    "MediumForm",
    "ModuleForm",
    "OwnWordsForm",
    "PlaceForm",
    "StanceForm",
    "Telling",
    "Told",
    "answer_forms",
    "at_block",
    "look_at",
    "told",
]
