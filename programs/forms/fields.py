"""Strict single values: Django's own fields read "١٢", "1_0" and " 5 " as numbers, these do not."""

import re
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.validators import normal_text, plain_line
from programs.forms.words import EFFORT_WORDS

WHOLE = re.compile(r"-?[0-9]{1,4}", re.ASCII)
RANGE = re.compile(r"([0-9]{1,4})(?: ?(?:-|–|to) ?([0-9]{1,4}))?", re.ASCII)
SCORE = re.compile(r"[0-9]|10", re.ASCII)
KILOGRAMS = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]))?", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})",
    re.ASCII,
)

UNTOUCHED = "untouched"


class Whole(forms.Field):
    """A whole number in plain digits, from `low` to `high`; None when empty."""

    def __init__(self, *, low: int, high: int, **options: object) -> None:
        self.low, self.high = low, high
        attrs = {"inputmode": "numeric", "min": low, "max": high, "step": 1, "autocomplete": "off"}
        super().__init__(widget=options.pop("widget", None) or forms.NumberInput(attrs=attrs), **options)

    def to_python(self, value: str | None) -> int | None:
        if value in self.empty_values:
            return None
        if not WHOLE.fullmatch(str(value)):
            raise ValidationError(_("Please write a whole number, such as 3."), code="whole")
        if not self.low <= int(value) <= self.high:
            limits = {"low": self.low, "high": self.high}
            raise ValidationError(
                _("Please choose a number from %(low)s to %(high)s."), params=limits, code="range"
            )
        return int(value)


class WholeRange(Whole):
    """One number ("3") or two ("8-10"): a (low, high) pair; None when empty."""

    def __init__(self, **options: object) -> None:
        attrs = {"autocomplete": "off", "size": 6, "class": "dose-input"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **options)

    def to_python(self, value: str | None) -> tuple[int, int] | None:
        if value in self.empty_values:
            return None
        parts = RANGE.fullmatch(str(value))
        if not parts:
            raise ValidationError(_("Please write one number or two, such as 3 or 8-10."), code="range")
        low, high = (super(WholeRange, self).to_python(part) for part in (parts[1], parts[2] or parts[1]))
        if low > high:
            raise ValidationError(_("Please put the lower number first."), code="order")
        return low, high

    def prepare_value(self, value: object) -> object:
        return spoken_range(value) if isinstance(value, tuple) else value


class Kilograms(forms.Field):
    """A weight up to 300 kg with at most one decimal, point or comma; None when empty."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6})

    def to_python(self, value: str | None) -> Decimal | None:
        if value in self.empty_values:
            return None
        parts = KILOGRAMS.fullmatch(str(value))
        if not parts or int(parts[1]) > 300 or (int(parts[1]) == 300 and parts[2] not in (None, "0")):
            raise ValidationError(_("Please write kilograms from 0 to 300, such as 7.5."), code="kilograms")
        return Decimal(f"{parts[1]}.{parts[2] or 0}")


class Score(forms.TypedChoiceField):
    """0 to 10 as buttons; None when nothing was chosen or skipped."""

    def __init__(self, **options: object) -> None:
        numbers = [(str(number), str(number)) for number in range(11)]
        super().__init__(
            choices=[*numbers, ("", _("Skip"))], coerce=int, empty_value=None, required=False,
            widget=forms.RadioSelect, **options,
        )  # fmt: skip

    def prepare_value(self, value: object) -> object:
        """Nothing chosen yet is not the same as "Skip" chosen: no button is lit."""
        return UNTOUCHED if value is None else value


class Effort(forms.TypedChoiceField):
    """Five steps from too easy to too hard, stored as RPE 0–10; a device or an earlier page may send any of those."""

    def __init__(self, **options: object) -> None:
        super().__init__(
            choices=[*EFFORT_WORDS, ("", _("Skip"))], coerce=int, empty_value=None, required=False,
            widget=forms.RadioSelect, **options,
        )  # fmt: skip

    def valid_value(self, value: object) -> bool:
        return bool(SCORE.fullmatch(str(value))) or super().valid_value(value)

    def prepare_value(self, value: object) -> object:
        return UNTOUCHED if value is None else value

    def offer(self, value: int | None) -> None:
        """A number between the steps, said before, is one more choice: correcting something else does not move it."""
        if value is not None and value not in dict(EFFORT_WORDS):
            self.choices = [
                *self.choices[:-1],
                (value, _("%(value)s of 10") % {"value": value}),
                self.choices[-1],
            ]


class Line(forms.CharField):
    """One line of normalised text."""

    def to_python(self, value: str | None) -> str:
        text = normal_text(super().to_python(value) or "")
        plain_line(text)
        return text


class Text(forms.CharField):
    """Several lines of normalised text."""

    def __init__(self, *, rows: int = 3, **options: object) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: str | None) -> str:
        return normal_text(super().to_python(value) or "")


class Key(forms.Field):
    """A UUID in its usual spelling."""

    widget = forms.HiddenInput

    def to_python(self, value: str | UUID | None) -> UUID | None:
        if value in self.empty_values:
            return None
        try:
            return UUID(str(value))
        except ValueError:
            raise ValidationError(_("This page is out of date. Please open it again."), code="key") from None


class Day(forms.Field):
    """A calendar day as date inputs send it, from `earliest` to `latest` (set by the form, as it knows today)."""

    earliest: date | None = None
    latest: date | None = None
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def allow(self, *, earliest: date, latest: date, shown_from: date | None = None) -> None:
        self.earliest, self.latest = earliest, latest
        self.widget.attrs |= {"min": (shown_from or earliest).isoformat(), "max": latest.isoformat()}

    def to_python(self, value: str | None) -> date | None:
        if value in self.empty_values:
            return None
        day = read_day(value)
        if day is None:
            raise ValidationError(_("Please choose a day from the calendar."), code="day")
        if not self.earliest <= day <= self.latest:
            limits = {"first": self.earliest, "last": self.latest}
            raise ValidationError(
                _("Please choose a day from %(first)s to %(last)s."), params=limits, code="range"
            )
        return day


class Moment(forms.Field):
    """A time with its offset, as a device writes it. Whether it is believable is for the rules to say."""

    widget = forms.HiddenInput

    def to_python(self, value: str | None) -> datetime | None:
        if value in self.empty_values:
            return None
        moment = read_moment(value)
        if moment is None:
            raise ValidationError(_("The time that your device sent can't be read."), code="moment")
        return moment


def read_day(value: str | None) -> date | None:
    """A calendar day as date inputs send it, or None."""
    try:
        return date.fromisoformat(value) if DAY.fullmatch(value or "") else None
    except ValueError:
        return None


def read_moment(value: str | None) -> datetime | None:
    """A device's time with its offset, or None when it can't be read or is not there."""
    try:
        return datetime.fromisoformat(value) if MOMENT.fullmatch(value or "") else None
    except ValueError:
        return None


def spoken_range(pair: tuple[int, int]) -> str:
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]}-{pair[1]}"
