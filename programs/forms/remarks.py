"""A remark on a module's draft, an answer to one, or that it is settled."""

from django import forms

SAY, ANSWER, SETTLE = "say", "answer", "settle"


class RemarkForm(forms.Form):
    """`remark` names the one that is answered or settled; `back` the page to go back to."""

    what = forms.ChoiceField(choices=[(name, name) for name in (SAY, ANSWER, SETTLE)])
    back = forms.ChoiceField(choices=[("edit", "edit"), ("review", "review")])
    remark = forms.UUIDField(required=False)
    key = forms.SlugField(required=False, max_length=40)
    text = forms.CharField(required=False, max_length=1000)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        what = cleaned.get("what")
        if what != SETTLE and not cleaned.get("text"):
            self.add_error("text", forms.ValidationError("required", code="required"))
        if what in (ANSWER, SETTLE) and not cleaned.get("remark"):
            self.add_error("remark", forms.ValidationError("required", code="required"))
        return cleaned
