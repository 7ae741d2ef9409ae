"""A sheet of measures as a form: only what is due is shown, whatever was posted is read. And a clinician's word on activities."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.forms.fields import UNTOUCHED, Key, Line, Moment, Score, Whole
from progress.forms import CLIENT_KEYS, Chips
from progress.models import Activity, MeasureSheet
from progress.rules import measures
from progress.rules.measures.catalogue import ACTIVITIES_MOST, ACTIVITIES_NEEDED

MANAGED = dict(MeasureSheet.PlanDone.choices)
WORDS_LONG = 80
Naming = tuple[forms.BoundField, forms.BoundField]
SET_BY_PAGE = ("client_id", "corrects", "performed_at")


class Steps(forms.TypedChoiceField):
    """−5 to +5 as buttons; None when nothing was chosen or skipped."""

    low_words, high_words = gettext_lazy("Very much worse"), gettext_lazy("Completely recovered")

    def __init__(self, **options: object) -> None:
        numbers = [(str(n), f"{n:+d}".replace("-", "−") if n else "0") for n in range(-5, 6)]
        super().__init__(
            choices=[*numbers, ("", _("Skip"))], coerce=int, empty_value=None, required=False,
            widget=forms.RadioSelect, **options,
        )  # fmt: skip

    def prepare_value(self, value: object) -> object:
        return UNTOUCHED if value is None else value


class Ability(Score):
    """How well an activity can be done, 0 to 10."""

    low_words, high_words = gettext_lazy("Can't do it"), gettext_lazy("As well as before")


class SheetForm(forms.Form):
    """`shown` are the measures to ask now. What is left open is not answered; nothing is chosen beforehand."""

    client_id = Key()
    corrects = Key(required=False)
    performed_at = Moment(required=False)
    groc = Steps(label=gettext_lazy("Since your plan started, how has your leg changed?"))
    sane = Whole(
        label=gettext_lazy("How would you rate your leg today, if 100 is normal?"),
        low=0,
        high=100,
        required=False,
    )
    plan_done = Chips(
        label=gettext_lazy("In the last 7 days, how much of your plan did you manage?"),
        choices=MeasureSheet.PlanDone.choices,
        required=False,
    )
    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("What got in the way?"),
        choices=MeasureSheet.Reason.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *,
        client_id: UUID,
        activities: Iterable[Activity] = (),
        shown: Collection[measures.Key] = (),
        known: Mapping[str, object] | None = None,
        data: Any = None,
    ) -> None:
        super().__init__(data, initial={"client_id": client_id, **(known or {})})
        self.activities, self.due = tuple(activities), frozenset(shown)
        self.groups = {activity.pk: f"psfs_{activity.pk}" for activity in self.activities}
        for activity in self.activities:
            self.fields[self.groups[activity.pk]] = Ability(label=activity.words)
        for n in range(1, ACTIVITIES_MOST + 1):
            label = _("Activity %(n)s") % {"n": n}
            self.fields[f"name_{n}"] = Line(label=label, max_length=WORDS_LONG, required=False)
            self.fields[f"score_{n}"] = Ability(label=_("How well can you do it now?"))

    @property
    def shown(self) -> frozenset[measures.Key]:
        """What is due, and whatever holds an answer already: nothing that was typed goes out of sight."""
        own = [name for name in self.fields if name.startswith(("psfs_", "name_", "score_"))]
        parts = {
            measures.Key.PSFS: own, measures.Key.GROC: ["groc"], measures.Key.SANE: ["sane"],
            measures.Key.PLAN_DONE: ["plan_done", "reasons"],
        }  # fmt: skip
        return self.due | {key for key, names in parts.items() if any(map(self._holds, names))}

    def _holds(self, name: str) -> bool:
        return self[name].value() not in (None, "", [], UNTOUCHED)

    def ratings(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.groups.values())

    def needed_names(self) -> list[Naming]:
        """Lines to name an activity, each with its first rating: as many as there must be."""
        return self._naming()[: self._needed]

    def more_names(self) -> list[Naming]:
        """Lines for those that may be added."""
        return self._naming()[self._needed :]

    @property
    def more_is_open(self) -> bool:
        return any(name.errors or score.errors or self._holds(name.name) for name, score in self.more_names())

    @property
    def _needed(self) -> int:
        return max(0, ACTIVITIES_NEEDED - len(self.activities))

    def _naming(self) -> list[Naming]:
        count = ACTIVITIES_MOST if self.is_bound else ACTIVITIES_MOST - len(self.activities)
        return [(self[f"name_{n}"], self[f"score_{n}"]) for n in range(1, count + 1)]

    def clean_client_id(self) -> UUID:
        key = self.cleaned_data["client_id"]
        if key.version not in CLIENT_KEYS:
            raise ValidationError(_("This page is out of date. Please open it again."), code="key")
        return key

    def clean(self) -> dict[str, object]:
        if any(len(self.data.getlist(name)) > 1 for name in self.fields if name != "reasons"):
            self.add_error(None, _("Something was sent twice. Please look and save again."))
        if any(name.startswith("psfs_") and name not in self.fields for name in self.data):
            self.add_error(None, _("This page is out of date. Please open it again."))
        self._look_at_names()
        if not self.errors and not self._has_answers():
            self.add_error(None, _("Please answer at least one question."))
        return self.cleaned_data

    def _look_at_names(self) -> None:
        """A rating has its activity, and no activity is named twice."""
        seen = {activity.words.casefold() for activity in self.activities}
        for n in range(1, ACTIVITIES_MOST + 1):
            words = self.cleaned_data.get(f"name_{n}", "")
            if (
                not words
                and self.cleaned_data.get(f"score_{n}") is not None
                and f"name_{n}" not in self.errors
            ):
                self.add_error(f"name_{n}", _("Please name the activity."))
            if words and words.casefold() in seen:
                self.add_error(f"name_{n}", _("You have named this one already."))
            seen.add(words.casefold())

    def _has_answers(self) -> bool:
        left_out = {*SET_BY_PAGE, "reasons"}
        return any(
            self.cleaned_data[name] not in (None, "", []) for name in self.fields if name not in left_out
        )

    def draft(self, *, now: datetime, zone: str, corrects: UUID | None = None) -> measures.SheetDraft:
        said = self.cleaned_data
        rated = ((key, said[name]) for key, name in self.groups.items())
        named = ((said[f"name_{n}"], said[f"score_{n}"]) for n in range(1, ACTIVITIES_MOST + 1))
        return measures.SheetDraft(
            client_id=said["client_id"], groc=said["groc"], sane=said["sane"], plan_done=said["plan_done"],
            reasons=tuple(said["reasons"]), ratings=tuple((key, score) for key, score in rated if score is not None),
            named=tuple((words, score) for words, score in named if words), performed_at=said["performed_at"],
            on=measures.day_of(said["performed_at"], now=now, zone=zone), corrects=corrects,
        )  # fmt: skip


class ActivityForm(forms.Form):
    """An activity that matters to the patient, in their words."""

    words = Line(label=gettext_lazy("Activity, in the patient’s words"), max_length=WORDS_LONG)
