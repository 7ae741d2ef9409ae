"""Forms of the education room."""

from education.forms.answers import AnswerForm, answer_forms
from education.forms.editing import ModuleForm, at_block

__all__ = ["AnswerForm", "ModuleForm", "answer_forms", "at_block"]
