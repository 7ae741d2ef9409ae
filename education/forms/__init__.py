"""Forms of the education room."""

from education.forms.answers import AnswerForm, answer_forms
from education.forms.editing import ModuleForm, at_block
from education.forms.stances import StanceForm

__all__ = ["AnswerForm", "ModuleForm", "StanceForm", "answer_forms", "at_block"]
