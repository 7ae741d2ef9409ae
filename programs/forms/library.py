"""Searching the exercise library."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.forms.fields import Line


class FindExercise(forms.Form):
    q = Line(label=_("Find an exercise"), max_length=60, required=False)

    def words(self) -> list[str]:
        """What to look for, in lower case; nothing when the text can't be used."""
        return self.cleaned_data["q"].casefold().split() if self.is_valid() else []
