"""The plan desk: a head, phases and dosed rows in one form. Buttons that only rearrange save nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clinic.models import Patient
from programs.forms.fields import Day, Key, Line, Text, Whole
from programs.forms.rows import ItemForm, row_data
from programs.forms.words import PLAN_SIDES, WEEKDAYS
from programs.models import ExerciseVersion, TemplateVersion
from programs.queries import ModuleOnShelf, Shelf
from programs.rules.assessment import Laid
from programs.rules.dose import Dose
from programs.rules.plans import MOST_ITEMS, MOST_PHASES, Burden, ItemDraft, ModuleChoice, PhaseDraft, burden

SAVE = "save"
SOONEST, LATEST = timedelta(days=14), timedelta(days=60)


class PlanForm(forms.Form):
    """What is said once for the whole plan."""

    patient = Key()
    seen = Whole(low=0, high=9999, widget=forms.HiddenInput)
    template = Key(required=False)
    name = Line(label=_("Name of the plan"), max_length=120)
    from_on = Day(label=_("From"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    side = forms.ChoiceField(
        label=_("Side for one-sided exercises"), choices=PLAN_SIDES, widget=forms.RadioSelect
    )
    current = forms.TypedChoiceField(label=_("Current phase"), coerce=int, widget=forms.RadioSelect)
    note = Text(label=_("Note to the patient"), max_length=300, rows=2, required=False)
    modules = forms.TypedMultipleChoiceField(
        label=_("Modules to read"), coerce=UUID, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data: QueryDict, *, today: date, modules: Sequence[ModuleOnShelf]) -> None:
        super().__init__(data)
        self.fields["from_on"].allow(earliest=today - SOONEST, latest=today + LATEST)
        self.fields["modules"].choices = [(m.version_id, _module_words(m)) for m in modules]
        self.fields["current"].choices = [
            (position, data.get(f"{key}-name") or position)
            for position, key in enumerate(data.getlist("phases"), start=1)
        ]


class PhaseForm(forms.Form):
    key = Line(max_length=10, required=False, widget=forms.HiddenInput)
    name = Line(label=_("Name of this phase"), max_length=80)
    advice = Text(
        label=_("Advice for this phase"),
        max_length=2000,
        rows=2,
        required=False,
        help_text=_("The patient reads this on the plan page."),
    )


@dataclass
class PhaseDesk:
    """One phase on the desk: its own form and its rows in order. `key` is the prefix of all its inputs."""

    key: str
    form: PhaseForm
    rows: list[ItemForm]
    weekdays: Sequence[int] = ()
    is_current: bool = False
    hint: str = ""  # what the program tells the clinician about this phase
    aside: Sequence[tuple[str, str]] = ()  # what the program has here and the proposal leaves out, with why

    speaks_of_rolling: bool = False  # although the irritated flag keeps rolling off the plan

    @property
    def is_open(self) -> bool:
        """Shown unfolded: the current phase, and any with something to look at."""
        return (
            self.is_current or bool(self.form.errors) or not self.rows or any(row.errors for row in self.rows)
        )

    @property
    def burden(self) -> Burden:
        """What this phase asks, from the rows that can be read so far."""
        items = [row.draft(self.weekdays, "each") for row in self.rows if row.is_valid()]
        pairs = ((item.dose, item.weekdays) for item in items)
        return burden(pairs, uncounted=len(self.rows) - len(items))

    def draft(self, weekdays: Sequence[int], side: str) -> PhaseDraft:
        said = self.form.cleaned_data
        items = tuple(row.draft(weekdays, side) for row in self.rows)
        return PhaseDraft(key=said["key"], name=said["name"], advice=said["advice"], items=items)


class PlanDesk:
    """All of it, always bound: to what was posted, or to what `start_data` made of a template or a plan."""

    prefix = "plan"

    def __init__(self, data: QueryDict, *, today: date, shelf: Shelf) -> None:
        self.shelf, self.exercises = shelf, shelf.exercises
        self.act, _colon, target = data.get("act", "").partition(":")
        self.touched = target.partition(":")[0]
        self.data = rearranged(data, act=self.act, target=target, exercises=self.exercises)
        self.head = PlanForm(self.data, today=today, modules=shelf.modules)
        self.phases = [self._phase(key) for key in self.data.getlist("phases")[:MOST_PHASES]]
        self.extra_errors: list[str] = []

    def _phase(self, key: str) -> PhaseDesk:
        laid = self._laid(key)
        taken = {one.code: one.instead_of for one in laid.placed} if laid else {}
        rows = [
            ItemForm(self.data, prefix=f"{key}-{row}", shelf=self.shelf)
            for row in self.data.getlist(f"{key}-rows")[: MOST_ITEMS + 1]
        ]
        for row in rows:
            row.instead = self._named(taken.get(row.version.code, "")) if row.version else ""
        self.head.is_valid()
        weekdays = self.head.cleaned_data.get("weekdays", ())
        position = self.data.getlist("phases").index(key) + 1
        is_current = self.data.get("current") == str(position) or self.touched == key
        return PhaseDesk(
            key=key,
            form=PhaseForm(self.data, prefix=key),
            rows=rows,
            weekdays=weekdays,
            is_current=is_current,
            hint=self._told(key).get("hint", ""),
            aside=self._aside(laid, rows),
            speaks_of_rolling=self._is_irritated()
            and "roll" in self.data.get(f"{key}-advice", "").casefold(),
        )

    def _is_irritated(self) -> bool:
        return bool(self.shelf.advice and self.shelf.advice.safety.irritated)

    def _told(self, key: str) -> Mapping[str, Any]:
        """This phase as the program has it; nothing when it comes from no program."""
        self.head.is_valid()
        program = self.shelf.template(self.head.cleaned_data.get("template"))
        phases = program.content["phases"] if program else []
        return next((phase for phase in phases if phase["key"] == self.data.get(f"{key}-key")), {})

    def _laid(self, key: str) -> Laid | None:
        """What was proposed for this phase, while a first plan is made."""
        told = self._told(key)
        if not told or not self.shelf.advice or self.data.get("seen") != "0":
            return None
        first = self.data.getlist("phases")[0] == key
        return self.shelf.advice.lay_out([item["exercise"] for item in told["items"]], is_first=first)

    def _aside(self, laid: Laid | None, rows: Sequence[ItemForm]) -> list[tuple[str, str]]:
        here = {row.version.code for row in rows if row.version}
        return [(self._named(code), why) for code, why in laid.aside if code not in here] if laid else []

    def _named(self, words: str) -> str:
        """The exercise's name in the place of its code, which comes first."""
        code, _colon, rest = words.partition(":")
        name = next((one.name for one in self.exercises.values() if one.code == code), code)
        return f"{name}:{rest}" if rest else name

    def every_form(self) -> Iterator[forms.Form]:
        yield self.head
        for phase in self.phases:
            yield phase.form
            yield from phase.rows

    def wants_saving(self) -> bool:
        return self.act == SAVE

    def is_valid(self) -> bool:
        """Ask every form, so that all errors show at once."""
        for phase in self.phases:
            if not 1 <= len(phase.rows) <= MOST_ITEMS:
                self.extra_errors.append(
                    _("Each phase needs 1 to %(most)s exercises.") % {"most": MOST_ITEMS}
                )
        if not self.phases:
            self.extra_errors.append(_("The plan needs a phase. Please choose a program."))
        answers = [form.is_valid() for form in self.every_form()]
        return all(answers) and not self.extra_errors

    def is_for(self, patient: Patient) -> bool:
        """The form was opened for this patient: a stale tab must not write into someone else's plan."""
        return self.data.get("patient") == str(patient.pk)

    def is_new(self) -> bool:
        return self.head.cleaned_data["seen"] == 0

    def template(self) -> TemplateVersion | None:
        return self.shelf.template(self.head.cleaned_data["template"])

    def first_plan(self) -> dict[str, object]:
        """What `start_plan` asks for, apart from who and for whom."""
        said = self.head.cleaned_data
        return {
            "name": said["name"], "phases": self._drafts(), "phase_position": said["current"], "note": said["note"],
            "started_on": said["from_on"], "modules": self._modules(),
        }  # fmt: skip

    def next_version(self) -> dict[str, object]:
        """What `revise_plan` asks for, apart from who and which plan."""
        said = self.head.cleaned_data
        return {
            "seen_version": said["seen"], "phases": self._drafts(), "phase_position": said["current"],
            "from_on": said["from_on"], "note": said["note"], "modules": self._modules(),
        }  # fmt: skip

    def look_again(self, newest: int) -> None:
        """After being told that the plan moved on, the next press of Save knows about it."""
        self.data = self.data.copy()
        self.data["seen"] = str(newest)
        self.head.data = self.data

    def _drafts(self) -> list[PhaseDraft]:
        said = self.head.cleaned_data
        return [phase.draft(said["weekdays"], said["side"]) for phase in self.phases]

    def _modules(self) -> list[ModuleChoice]:
        return [ModuleChoice(version_id=version_id) for version_id in self.head.cleaned_data["modules"]]

    # What components/error_summary.html asks of a form.
    @property
    def errors(self) -> bool:
        return bool(self.extra_errors) or any(form.errors for form in self.every_form())

    @property
    def non_field_errors(self) -> list[str]:
        return [*self.extra_errors, *(text for form in self.every_form() for text in form.non_field_errors())]

    def __iter__(self) -> Iterator[forms.BoundField]:
        for form in self.every_form():
            yield from form


def _module_words(module: ModuleOnShelf) -> str:
    words = _("%(title)s (%(code)s, %(minutes)s min)")
    if module.is_overdue:
        words = _("%(title)s (%(code)s, %(minutes)s min, second look overdue)")
    return words % {"title": module.title, "code": module.code, "minutes": module.minutes}


def rearranged(
    data: QueryDict, *, act: str, target: str, exercises: Mapping[UUID, ExerciseVersion]
) -> QueryDict:
    """The posted data after a press on add, remove, up or down; every other word stays as typed."""
    key, _colon, row = target.partition(":")
    rows = data.getlist(f"{key}-rows")
    if act == "add" and key in data.getlist("phases"):
        return _with_new_row(data, key=key, rows=rows, exercises=exercises)
    if act == "swap" and row in rows:
        return _swapped(data, prefix=f"{key}-{row}", exercises=exercises)
    if act in ("remove", "up", "down") and row in rows:
        data = data.copy()
        data.setlist(f"{key}-rows", _moved(rows, row, act=act))
    return data


def _moved(rows: list[str], row: str, *, act: str) -> list[str]:
    others = [other for other in rows if other != row]
    if act == "remove":
        return others
    place = rows.index(row) + (-1 if act == "up" else 1)
    place = min(max(place, 0), len(others))
    return [*others[:place], row, *others[place:]]


def _swapped(data: QueryDict, *, prefix: str, exercises: Mapping[UUID, ExerciseVersion]) -> QueryDict:
    """Another exercise with its own dose in the same place; days, reason and activity stay."""
    chosen = next((e for e in exercises.values() if str(e.pk) == data.get(f"{prefix}-swap")), None)
    if chosen is None:
        return data
    dose = Dose.from_mapping(chosen.content["dose"])
    row = row_data(ItemDraft(exercise_version_id=chosen.pk, dose=dose, weekdays=()), prefix=prefix)
    kept = {f"{prefix}-{name}" for name in ("why", "goal", "days")}
    data = data.copy()
    for field, values in row.items():
        if field not in kept:
            data.setlist(field, values)
    return data


def _with_new_row(
    data: QueryDict, *, key: str, rows: list[str], exercises: Mapping[UUID, ExerciseVersion]
) -> QueryDict:
    chosen = next((e for e in exercises.values() if str(e.pk) == data.get(f"{key}-add")), None)
    if chosen is None or len(rows) >= MOST_ITEMS:
        return data
    name = next(f"r{number}" for number in range(MOST_ITEMS + 1) if f"r{number}" not in rows)
    dose = Dose.from_mapping(chosen.content["dose"])
    data = data.copy()
    data.setlist(f"{key}-rows", [*rows, name])
    row = row_data(ItemDraft(exercise_version_id=chosen.pk, dose=dose, weekdays=()), prefix=f"{key}-{name}")
    for field, values in row.items():
        data.setlist(field, values)
    return data
