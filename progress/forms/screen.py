"""The red-flag screen as a form: every question yes, no or not sure, none chosen beforehand; and clearing one."""

from collections.abc import Iterator
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.forms.fields import Key, Line, Text, Whole
from progress.forms import CLIENT_KEYS, Chips
from progress.rules.red_flags import ITEMS, Item, Level, Said, ScreenDraft, Why
from progress.rules.screen_words import QUESTIONS, WORDING

ANSWERS = [
    (Said.YES.value, gettext_lazy("Yes")),
    (Said.NO.value, gettext_lazy("No")),
    (Said.NOT_SURE.value, gettext_lazy("Not sure")),
]
GROUPS = {
    Level.EMERGENCY: gettext_lazy("Signs that cannot wait"),
    Level.SAME_DAY: gettext_lazy("Signs to have checked today"),
    Level.SOON: gettext_lazy("Signs your clinician should know about"),
}


class ScreenForm(forms.Form):
    """A question left open is not answered: it is kept as that, and never read as "no"."""

    client_id = Key()
    wording = Whole(low=1, high=WORDING, widget=forms.HiddenInput())
    phone = Line(
        label=gettext_lazy("What number can your clinic call you on?"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    called = forms.BooleanField(required=False)

    def __init__(self, *, client_id: UUID, phone: str = "", data: object = None) -> None:
        super().__init__(data, initial={"client_id": client_id, "wording": WORDING, "phone": phone})
        for item in ITEMS:
            self.fields[item.id] = Chips(
                label=_(QUESTIONS[WORDING][item.id]), choices=ANSWERS, required=False
            )
            self.fields[item.id].error_messages["invalid_choice"] = _("Please choose yes, no or not sure.")

    def clean_client_id(self) -> UUID:
        key = self.cleaned_data["client_id"]
        if key.version not in CLIENT_KEYS:
            raise ValidationError(_("This page is out of date. Please open it again."), code="key")
        return key

    def clean(self) -> dict[str, object]:
        if any(len(self.data.getlist(name)) > 1 for name in self.fields):
            self.add_error(None, _("Something was sent twice. Please look and save again."))
        if not self.errors and not self._answers():
            self.add_error(None, _("Please answer at least one question."))
        return self.cleaned_data

    def _answers(self) -> dict[str, str]:
        return {item.id: self.cleaned_data[item.id] for item in ITEMS if self.cleaned_data.get(item.id)}

    def draft(self, why: Why | None) -> ScreenDraft:
        said = self.cleaned_data
        return ScreenDraft(
            client_id=said["client_id"], answers=self._answers(), why=why or Why.ASKED, phone=said["phone"],
            has_called=said["called"], wording=said["wording"],
        )  # fmt: skip

    def groups(self) -> Iterator[tuple[str, list[tuple[Item, forms.BoundField]]]]:
        """A heading with its questions, each with its item."""
        for level, heading in GROUPS.items():
            yield str(heading), [(item, self[item.id]) for item in ITEMS if item.level is level]


class ClearForm(forms.Form):
    """What a clinician found or did: without it nothing is cleared."""

    note = Text(
        label=gettext_lazy("What did you find, and what was agreed?"),
        max_length=1000,
        rows=3,
        error_messages={"required": gettext_lazy("Please say what you found: it is kept with the screen.")},
    )
