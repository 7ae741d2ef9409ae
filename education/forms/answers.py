"""A patient's answers to the check questions of a module."""

from django import forms
from django.utils.translation import gettext_lazy as _

from education.rules import Lesson, Question


class AnswerForm(forms.Form):
    """One check question. The choices are those of the frozen version, counted from 0."""

    option = forms.TypedChoiceField(
        widget=forms.RadioSelect, coerce=int, error_messages={"required": _("Please choose one answer.")}
    )

    def __init__(self, question: Question, data: object = None) -> None:
        chosen = question.verdict.option if question.verdict and not question.is_solved else None
        super().__init__(data, initial={"option": chosen}, auto_id=f"{question.key}-%s")
        self.question = question
        self.fields["option"].label = question.question
        self.fields["option"].choices = [
            (number, option["text"]) for number, option in enumerate(question.options)
        ]


def answer_forms(lesson: Lesson, *, bound: forms.Form | None = None) -> list[AnswerForm]:
    """A form for each question, with the one just sent in its place so that its error shows."""
    forms_of_lesson = []
    for question in lesson.questions:
        is_bound = isinstance(bound, AnswerForm) and bound.question.key == question.key
        forms_of_lesson.append(bound if is_bound else AnswerForm(question))
    return forms_of_lesson
