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
