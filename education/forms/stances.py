"""What a clinic says where the sources disagree: one choice for each topic."""

from collections.abc import Mapping

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from education.rules.stances import TOPICS


class StanceForm(forms.Form):
    """One field for each topic, named by its key; the evidence stands beside it."""

    def __init__(self, data: object = None, *, stances: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(stances))
        for topic in TOPICS.values():
            self.fields[topic.key] = forms.ChoiceField(
                label=topic.title,
                help_text=topic.evidence,
                choices=[(choice.key, choice.says) for choice in topic.choices],
                widget=forms.RadioSelect,
                error_messages={"required": _("Please choose one.")},
            )
        self.helper = FormHelper()
        fields = [Field(key, template="components/choice_cards.html") for key in TOPICS]
        self.helper.layout = Layout(*fields, Submit("save", _("Save"), css_class="btn btn-primary"))
