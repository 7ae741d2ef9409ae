"""A reviewer's decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

APPROVE, CHANGES = "approve", "changes"


class DecisionForm(forms.Form):
    """Approve, or ask for changes with a word on what to change. `step` is what was looked at."""

    step = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[(APPROVE, APPROVE), (CHANGES, CHANGES)])
    comment = forms.CharField(
        label=_("A word to whoever wrote it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if cleaned.get("decision") == CHANGES and not cleaned.get("comment", "").strip():
            self.add_error("comment", _("Say what you would like to be changed."))
        return cleaned
