"""What a reader tells and asks: how true a statement is for them, their own words, a question about a part."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from clinic.validators import normal_text
from education.rules import Lesson, Section
from education.rules.asks import TOP, Moment, Told

LONGEST = 1000


class PlaceForm(forms.Form):
    """Where on the page a reader is."""

    part = forms.IntegerField(min_value=1, max_value=999)
    paragraph = forms.IntegerField(min_value=1, max_value=99)


class BeliefForm(forms.Form):
    """The statements that are asked at one moment. Nothing is chosen beforehand, and all of it may be left open."""

    def __init__(self, lesson: Lesson, moment: Moment, data: object = None) -> None:
        super().__init__(data, auto_id=f"{moment}-%s")
        self.moment = moment
        for belief in lesson.due.get(moment, ()):
            field = forms.TypedChoiceField(
                label=belief.statement,
                choices=[(str(number), str(number)) for number in range(TOP + 1)],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
            field.low_words, field.high_words = belief.low, belief.high
            self.fields[belief.key] = field

    def clean(self) -> dict[str, object]:
        is_open = all(self.cleaned_data.get(key) is None for key in self.fields)
        if is_open and not self.errors and self.moment is not Moment.BEFORE and "skip" not in self.data:
            raise ValidationError(_("Please choose a number, or press Skip."), code="open")
        return self.cleaned_data

    def values(self) -> dict[str, int | None]:
        return {} if "skip" in self.data else dict(self.cleaned_data)


class WordsField(forms.CharField):
    """A few lines. The page does not cut what is too long: it says so, and nothing is lost."""

    def __init__(self, **options: object) -> None:
        super().__init__(
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={
                "required": _("Please write a few words first."),
                "max_length": ngettext_lazy(
                    "Please keep it to %(limit_value)d character. It has %(show_value)d now.",
                    "Please keep it to %(limit_value)d characters. It has %(show_value)d now.",
                    "limit_value",
                ),
            },
            **options,
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs

    def to_python(self, value: str | None) -> str:
        return normal_text(super().to_python(value) or "")


class OwnWordsForm(forms.Form):
    """What a reader would tell a friend. Their last answer stands in it, to be changed."""

    text = WordsField()

    def __init__(self, told: Told, data: object = None) -> None:
        super().__init__(data, initial={"text": told.text}, auto_id=f"own-words-{told.key}-%s")
        self.told = told
        self.fields["text"].label = told.prompt


class AskForm(forms.Form):
    """A question about one part."""

    text = WordsField(label=_("Your question"))

    def __init__(self, section: Section, data: object = None) -> None:
        super().__init__(data, auto_id=f"ask-{section.number}-%s")
        self.section = section


class Telling:
    """Every form of this kind on a module's page, with the one just sent in its place so that its error shows."""

    def __init__(self, lesson: Lesson, *, sent: forms.Form | None = None) -> None:
        self.parts = [
            sent if isinstance(sent, AskForm) and sent.section.key == section.key else AskForm(section)
            for section in lesson.sections
        ]
        self.words = [
            sent if isinstance(sent, OwnWordsForm) and sent.told.key == told.key else OwnWordsForm(told)
            for told in lesson.told
        ]
        self.beliefs = {
            moment.value: sent
            if isinstance(sent, BeliefForm) and sent.moment is moment
            else BeliefForm(lesson, moment)
            for moment in lesson.due
        }
