"""Turn what people type about people into clean values. Nothing here saves."""

import re
from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models import Membership, User
from clinic.validators import normal_text, plain_line, time_zone_name

Role = Membership.Role
WEEKDAYS = {
    "1": _("Monday"), "2": _("Tuesday"), "3": _("Wednesday"), "4": _("Thursday"), "5": _("Friday"), "6": _("Saturday"),
    "7": _("Sunday"),
}  # fmt: skip
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
EARLIEST_BIRTH = date(1900, 1, 1)


class Line(forms.CharField):
    """One line of text: visible characters, normalized."""

    def to_python(self, value: str | None) -> str:
        text = normal_text(super().to_python(value) or "")
        plain_line(text)
        return text


class BirthDate(forms.DateField):
    """A day in the past, in the browser's own date field."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday"})

    def to_python(self, value: str | date | None) -> date | None:
        if isinstance(value, str) and value and not DAY.fullmatch(value.strip()):
            raise ValidationError(
                _("Please write the date as year-month-day, such as 1985-04-23."), code="day"
            )
        return super().to_python(value)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not EARLIEST_BIRTH <= value <= timezone.now().date():
            raise ValidationError(_("Please check the year: a date of birth is in the past."), code="range")


class TimeZone(Line):
    """A time zone by name. The page offers the list `zones` to search in."""

    widget = forms.TextInput(attrs={"list": "zones", "autocomplete": "off"})
    default_validators = [time_zone_name]

    def to_python(self, value: str | None) -> str:
        return super().to_python(value).replace(" ", "_")


def helper(label: str, *, css_class: str = "btn-primary") -> FormHelper:
    button = Submit("save", label)
    button.field_classes = f"btn {css_class}"
    shown = FormHelper()
    shown.add_input(button)
    return shown


class InviteForm(forms.Form):
    name = Line(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        help_text=_("The link goes there. Please read it back to them once."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    birth_date = BirthDate(
        label=_("Date of birth"), help_text=_("They are asked for it, so that nobody else can use the link.")
    )
    time_zone = TimeZone(
        label=_("Time zone"), help_text=_("Where they live: it sets what “today” is. Type to search.")
    )

    @property
    def helper(self) -> FormHelper:
        return helper(_("Send the invitation"), css_class="btn-next")

    def clean_email(self) -> str:
        return normal_text(self.cleaned_data["email"]).lower()


class BirthDateForm(forms.Form):
    birth_date = BirthDate(label=_("Your date of birth"))

    @property
    def helper(self) -> FormHelper:
        return helper(_("Go on"), css_class="btn-next btn-block")


class ConsentForm(forms.Form):
    agree = forms.BooleanField(
        label=_("I have read this and I agree."),
        error_messages={"required": _("Please tick the box if you agree.")},
    )

    @property
    def helper(self) -> FormHelper:
        return helper(_("Agree and go on"), css_class="btn-next btn-block")


class PatientInvitationForm(forms.Form):
    do = forms.ChoiceField(choices=[("resend", _("Send again")), ("revoke", _("Take back"))])


class MemberForm(forms.Form):
    name = Line(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("Email address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)

    @property
    def helper(self) -> FormHelper:
        return helper(_("Add to the staff"))

    def clean_email(self) -> str:
        return normal_text(self.cleaned_data["email"]).lower()


class CareForm(forms.Form):
    """Who looks after this patient: one of the clinic's practitioners who does not yet."""

    practitioner = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Practitioner"), empty_label=_("Choose somebody")
    )
    kind = forms.ChoiceField(
        label=_("As"),
        choices=[("care", _("Regular care")), ("cover", _("Holiday cover"))],
        widget=forms.RadioSelect,
        initial="care",
    )

    def __init__(
        self, *args: object, practitioners: "forms.models.QuerySet[User]", **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.fields["practitioner"].queryset = practitioners

    @property
    def helper(self) -> FormHelper:
        return helper(_("Give care"))


class AddressForm(forms.Form):
    """A mistyped address, put right before anybody came in by it."""

    email = forms.EmailField(
        label=_("Email address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )

    @property
    def helper(self) -> FormHelper:
        return helper(_("Change the address"))

    def clean_email(self) -> str:
        return normal_text(self.cleaned_data["email"]).lower()


NUMBER = re.compile(r"\+?[0-9][0-9 ()/.-]{1,38}", re.ASCII)


class Phone(Line):
    """A number somebody can call: digits, with a plus, spaces and brackets as people write them."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})

    def to_python(self, value: str | None) -> str:
        text = super().to_python(value)
        if text and not NUMBER.fullmatch(text):
            raise ValidationError(_("Please write a phone number, such as +1 555 0100."), code="phone")
        return text


class SafetyWordsForm(forms.Form):
    """What the cards say and call. A second person confirms it before any patient sees it."""

    emergency_number = Phone(label=_("Emergency number"), max_length=20)
    phone = Phone(label=_("Clinic phone"), max_length=40, required=False)
    urgent_line = Phone(
        label=_("Urgent care line"), max_length=40, required=False,
        help_text=_("Who to call today when the clinic is closed."),
    )  # fmt: skip
    crisis_line = Phone(label=_("Crisis line"), max_length=40, required=False)
    crisis_text = forms.CharField(
        label=_("Crisis text"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Shown at once to whoever feels hopeless or thinks of harming themselves. Short, kind and plain."),
    )  # fmt: skip

    def clean_crisis_text(self) -> str:
        return normal_text(self.cleaned_data["crisis_text"]).strip()

    @property
    def helper(self) -> FormHelper:
        shown = FormHelper()
        shown.form_tag = False
        return shown


class ProposalForm(forms.Form):
    """Which proposal was on the page, so that nobody confirms another one than they read."""

    proposal = forms.UUIDField()


class ClockTime(forms.CharField):
    """A time of day as time inputs send it; "" when empty."""

    widget = forms.TextInput(attrs={"type": "time"})

    def to_python(self, value: str | None) -> str:
        text = (super().to_python(value) or "")[:5]
        if text and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text, re.ASCII):
            raise ValidationError(_("Please write a time, such as 09:00."), code="time")
        return text


class HoursForm(forms.Form):
    """From when to when the clinic is open on each weekday; nothing means closed."""

    def __init__(self, data: object = None, *, hours: dict[str, list[str]]) -> None:
        super().__init__(data)
        for day, name in WEEKDAYS.items():
            opens, closes = hours.get(day, ("", ""))
            self.fields[f"opens_{day}"] = ClockTime(
                label=_("%(day)s, opens") % {"day": name}, required=False, initial=opens
            )
            self.fields[f"closes_{day}"] = ClockTime(
                label=_("%(day)s, closes") % {"day": name}, required=False, initial=closes
            )

    def clean(self) -> dict[str, object]:
        for day in WEEKDAYS:
            opens, closes = self._pair(day)
            if bool(opens) != bool(closes):
                self.add_error(f"closes_{day}", _("Please say both, or neither when closed."))
            elif opens and opens >= closes:
                self.add_error(f"closes_{day}", _("Please close later than you open."))
        if not self.errors and not self.hours():
            self.add_error(None, _("Please say one day on which the clinic is open."))
        return self.cleaned_data

    def _pair(self, day: str) -> tuple[str, str]:
        return self.cleaned_data.get(f"opens_{day}", ""), self.cleaned_data.get(f"closes_{day}", "")

    def hours(self) -> dict[str, list[str]]:
        """As the clinic's row keeps them."""
        return {day: list(self._pair(day)) for day in WEEKDAYS if all(self._pair(day))}

    def days(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [(str(name), self[f"opens_{day}"], self[f"closes_{day}"]) for day, name in WEEKDAYS.items()]
