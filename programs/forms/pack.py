"""A content pack chosen in a browser, and the word to go ahead with it."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 5_000_000
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class PackUpload(forms.Form):
    file = forms.FileField(
        label=_("Content pack"), widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"required": _("Please choose the file of a content pack."), "empty": _("This file is empty.")},
    )  # fmt: skip
    overwrite = forms.BooleanField(
        label=_("Also replace what was edited here"),
        help_text=_("As a new draft: what is there now stays in the history. Sources, terms and run stages have no drafts."),
        required=False,
    )  # fmt: skip

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("This file is too big to be a content pack."))
        return file.read()


class PackGoAhead(forms.Form):
    """What was shown: which file, and which way."""

    digest = forms.RegexField(DIGEST)
    overwrite = forms.BooleanField(required=False)
