"""How it was an hour after a session: one press."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programs.forms.fields import Key, Score
from programs.rules.sessions import is_usable_key


class HourLaterForm(forms.Form):
    key = Key()
    pain = Score(label=_("Worst pain in the hour after"))

    def clean_key(self) -> object:
        if not is_usable_key(self.cleaned_data["key"]):
            raise ValidationError(_("This page is out of date. Please open it again."))
        return self.cleaned_data["key"]

    def clean_pain(self) -> int:
        if self.cleaned_data["pain"] is None:
            raise ValidationError(_("Please choose a number from 0 to 10."))
        return self.cleaned_data["pain"]
