"""One dosed exercise as a row of inputs, and the same row written from a draft."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from programs.forms.fields import Key, Kilograms, Line, Whole, WholeRange, spoken_range
from programs.forms.words import AS_PLAN, SIDES, UNITS, WEEKDAYS
from programs.queries import Shelf
from programs.rules.assessment import Because, Guard
from programs.rules.dose import Dose, Side, Unit
from programs.rules.plans import ItemDraft

MOST_SWAPS = 6
MORE = ("days", "load_kg", "load_note", "tempo", "times_per_day", "pain_cap", "note")


class ItemForm(forms.Form):
    """Sets, amount and rest take one number or a range. No days of its own means the plan's days."""

    exercise = Key()
    sets = WholeRange(label=_("Sets"), low=1, high=10)
    amount = WholeRange(label=_("Amount"), low=1, high=600)
    unit = forms.ChoiceField(label=_("Counted in"), choices=UNITS)
    side = forms.ChoiceField(label=_("Side"), choices=SIDES)
    effort = WholeRange(label=_("Effort 0-10"), low=0, high=10, required=False)
    rest = WholeRange(label=_("Rest, s"), low=0, high=600, required=False)
    why = Line(label=_("Why for this patient"), max_length=300, required=False)
    goal = Line(label=_("For which activity"), max_length=80, required=False, widget=forms.Select)
    despite = Line(label=_("Why give it anyway"), max_length=300, required=False)
    days = forms.TypedMultipleChoiceField(
        label=_("Days of its own"), choices=WEEKDAYS, coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("None chosen: the plan's days."),
    )  # fmt: skip
    load_kg = Kilograms(label=_("Load in kg"), required=False)
    load_note = Line(label=_("Load in words"), max_length=120, required=False)
    tempo = Line(label=_("Tempo"), max_length=12, required=False, help_text=_("Such as 3-1-1."))
    times_per_day = Whole(label=_("Times a day"), low=1, high=6)
    pain_cap = Whole(label=_("Pain at most (0-10)"), low=0, high=10, required=False)
    note = Line(label=_("Note on the dose"), max_length=300, required=False)

    def __init__(self, data: QueryDict, *, prefix: str, shelf: Shelf, instead: str = "") -> None:
        """`instead` says whose place this exercise took when the desk was filled, if it did."""
        super().__init__(data, prefix=prefix)
        self.row = prefix.rpartition("-")[2]
        self.shelf, self.exercises, self.instead = shelf, shelf.exercises, instead
        self.version = next(
            (e for e in self.exercises.values() if str(e.pk) == self["exercise"].value()), None
        )
        self.fields["goal"].widget.choices = self._goals()

    def _goals(self) -> list[tuple[str, object]]:
        """The activities of the assessments, and what stands here already."""
        known = [*(self.shelf.advice.goals if self.shelf.advice else ()), self["goal"].value() or ""]
        return [("", _("None named")), *((words, words) for words in dict.fromkeys(known) if words)]

    @property
    def has_goals(self) -> bool:
        return len(self.fields["goal"].widget.choices) > 1

    @property
    def because(self) -> Because | None:
        """The finding behind this exercise; None while nothing is confirmed."""
        advice = self.shelf.advice
        return advice.because(self.version.code) if advice and advice.confirmed and self.version else None

    @property
    def guards(self) -> tuple[Guard, ...]:
        return self.shelf.advice.guards(self.version.code) if self.shelf.advice and self.version else ()

    @property
    def is_refused(self) -> bool:
        return any(guard.refuses for guard in self.guards)

    @property
    def lacking(self) -> str:
        """Kit that this exercise needs and that is not at home."""
        advice = self.shelf.advice
        return ", ".join(advice.lacking(self.version.code)) if advice and self.version else ""

    @property
    def swaps(self) -> list[tuple[UUID, str]]:
        """What could take its place, best first."""
        near = self.shelf.swaps(self.version)[:MOST_SWAPS] if self.version else []
        return [(other.pk, self.shelf.option(other)) for other in near]

    @property
    def has_more(self) -> bool:
        """Something in the closed part needs to be seen: an error, or days of its own."""
        return bool(self["days"].value()) or any(self.errors.get(name) for name in MORE)

    @property
    def more_words(self) -> str:
        """What the closed part holds, in short."""
        load = self["load_kg"].value()
        words = [self["load_note"].value(), f"{load} kg" if load else "", self["tempo"].value()]
        return ", ".join(word for word in words if word)

    def clean_exercise(self) -> UUID:
        chosen = self.cleaned_data["exercise"]
        if chosen not in self.exercises:
            raise ValidationError(_("This exercise is not in the library any more."), code="unknown")
        return chosen

    def clean(self) -> dict[str, object]:
        if self.is_refused and not self.cleaned_data.get("despite"):
            self.add_error(
                "despite", _("Please swap or remove this exercise, or say why it is given anyway.")
            )
        if not self.errors:
            for problem in self._dose(Side.EACH).problems():
                self.add_error("tempo" if problem.startswith("Tempo") else None, problem)
        return self.cleaned_data

    def draft(self, weekdays: Sequence[int], side: str) -> ItemDraft:
        said = self.cleaned_data
        return ItemDraft(
            exercise_version_id=said["exercise"], dose=self._dose(side),
            weekdays=tuple(said["days"] or weekdays), why=said["why"], goal=said["goal"],
            despite=said["despite"] if self.is_refused else "",
        )  # fmt: skip

    def _dose(self, plan_side: str) -> Dose:
        said = self.cleaned_data
        nothing = (None, None)
        return Dose(
            **_pair("sets", said["sets"]), **_pair("amount", said["amount"]),
            **_pair("rest_seconds", said["rest"] or nothing), **_pair("effort", said["effort"] or nothing),
            unit=Unit(said["unit"]), side=Side(plan_side if said["side"] == AS_PLAN else said["side"]),
            tempo=said["tempo"] or None, times_per_day=said["times_per_day"], pain_cap=said["pain_cap"],
            load_kg=None if said["load_kg"] is None else float(said["load_kg"]),
            load_note=said["load_note"], note=said["note"],
        )  # fmt: skip


def row_data(item: ItemDraft, *, prefix: str) -> dict[str, list[str]]:
    """A row's inputs as a browser would send them. No weekdays in the draft means the plan's days."""
    dose = item.dose
    values = {
        "exercise": item.exercise_version_id,
        "sets": spoken_range((dose.sets_low, dose.sets_high)),
        "amount": spoken_range((dose.amount_low, dose.amount_high)),
        "unit": dose.unit,
        "side": AS_PLAN if dose.side is Side.ONE else dose.side,
        "effort": _spoken(dose.effort_low, dose.effort_high),
        "rest": _spoken(dose.rest_seconds_low, dose.rest_seconds_high),
        "load_kg": "" if dose.load_kg is None else f"{dose.load_kg:g}",
        "load_note": dose.load_note,
        "tempo": dose.tempo or "",
        "times_per_day": dose.times_per_day,
        "pain_cap": "" if dose.pain_cap is None else dose.pain_cap,
        "note": dose.note,
        "why": item.why,
        "goal": item.goal,
        "despite": item.despite,
    }
    row = {f"{prefix}-{name}": [str(value)] for name, value in values.items()}
    return {**row, f"{prefix}-days": [str(day) for day in item.weekdays]}


def _pair(name: str, pair: tuple[int | None, int | None]) -> dict[str, int | None]:
    return {f"{name}_low": pair[0], f"{name}_high": pair[1]}


def _spoken(low: int | None, high: int | None) -> str:
    return "" if low is None or high is None else spoken_range((low, high))
