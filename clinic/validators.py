"""Checks on single values that every room's fields share."""

import re
import unicodedata
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Control characters, lone surrogates, bidi overrides and tag characters: they hide or break what a reader sees.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)


def normal_text(text: str) -> str:
    """Return the text in NFC with plain newlines, or raise a ValidationError that says what is wrong with it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if HIDDEN.search(text):
        raise ValidationError(
            _("This text contains invisible control characters. Please type it again."), code="hidden"
        )
    return unicodedata.normalize("NFC", text)


def plain_text(text: str) -> None:
    normal_text(text)


def plain_line(text: str) -> None:
    if "\n" in normal_text(text) or "\t" in text:
        raise ValidationError(_("Please keep this on one line."), code="line")


def time_zone_name(name: str) -> None:
    if name not in available_timezones() - {
        "localtime"
    }:  # the machine's own zone, which PostgreSQL does not know
        raise ValidationError(_("“%(name)s” is not a time zone we know."), params={"name": name}, code="zone")
