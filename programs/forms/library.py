"""Query strings about the library: what is looked for, what is chosen."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.forms.fields import Key, Line


class FindExercise(forms.Form):
    q = Line(
        label=_("Find an exercise"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip

    def words(self) -> list[str]:
        """What to look for, in lower case; nothing when the text can't be used."""
        return self.cleaned_data["q"].casefold().split() if self.is_valid() else []


class Chosen(forms.Form):
    """The program template to start from."""

    q = Key(required=False)

    def __init__(self, data: object) -> None:
        super().__init__({"q": data.get("template")})

    def template(self) -> UUID | None:
        return self.cleaned_data["q"] if self.is_valid() else None
