"""A clinician's word on each possible contributor, in one go."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import Verdict
from programs.rules.assessment import Finding

ANSWERS = [
    (Verdict.Answer.CONFIRMED, _("Confirm")),
    (Verdict.Answer.REJECTED, _("Reject")),
    ("", _("Leave open")),
]


class VerdictForm(forms.Form):
    """One question per finding; "leave open" changes nothing."""

    def __init__(self, data: object = None, *, findings: Sequence[Finding], said: dict[str, str]) -> None:
        super().__init__(data, prefix="finding", initial=said)
        for finding in findings:
            self.fields[finding.key] = forms.ChoiceField(
                label=finding.contributor.title, choices=ANSWERS, required=False, widget=forms.RadioSelect
            )

    def verdicts(self) -> dict[str, str]:
        return {key: answer for key, answer in self.cleaned_data.items() if answer}
