"""Turn what a patient types about reminders into clean values. Nothing here saves."""

from datetime import date, timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.forms import TimeZone
from clinic.models import Patient
from reminders.models import ReminderRule
from reminders.queries import WEEKDAYS

LONGEST_PAUSE = timedelta(days=366)


class ReminderForm(forms.Form):
    is_on = forms.BooleanField(label=_("Remind me by email"), required=False)
    at_local = forms.TimeField(
        label=_("At"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Please write the time as hours and minutes, such as 08:30.")},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days"),
        help_text=_("We only write when something is planned for that day and you have not logged it yet."),
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one day, or turn reminders off above.")},
    )
    paused_until = forms.DateField(
        label=_("Pause until"),
        help_text=_("For a holiday: the first day on which you want to hear from us again."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        required=False,
        error_messages={"invalid": _("Please write the date as year-month-day, such as 2026-08-30.")},
    )
    time_zone = TimeZone(
        label=_("Time zone"),
        help_text=_("Where you live. It also sets what “today” is. Type to search."),
    )

    def __init__(self, data: object = None, *, patient: Patient, rule: ReminderRule, today: date) -> None:
        paused_until = rule.paused_until if rule.paused_until and rule.paused_until > today else None
        initial = {
            "is_on": rule.is_on, "at_local": rule.at_local, "weekdays": rule.weekdays,
            "paused_until": paused_until, "time_zone": patient.time_zone,
        }  # fmt: skip
        super().__init__(data, initial=initial)
        self.today = today

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.layout = Layout(
            "is_on",
            Field("weekdays", template="components/choice_chips.html"),
            "at_local",
            "paused_until",
            "time_zone",
            Div(Submit("save", _("Save")), css_class="actions"),
        )
        return helper

    def clean_paused_until(self) -> date | None:
        until = self.cleaned_data["paused_until"]
        if until and not self.today < until <= self.today + LONGEST_PAUSE:
            raise ValidationError(_("Please choose a day after today, within a year."), code="range")
        return until
