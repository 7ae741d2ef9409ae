"""What an editor sends from the page that sets an own version beside its original."""

from django import forms


class SeenNumber(forms.Form):
    """Up to which version of the original was looked at."""

    number = forms.IntegerField(min_value=1, max_value=9999)


class TakenPart(SeenNumber):
    """Which part to copy over, as that version says it."""

    part = forms.SlugField(max_length=40)
