"""The assessment form: every item of the catalogue as fields, side beside side. Nothing is chosen beforehand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from programs.forms.fields import Day, Key, Line, Whole
from programs.models import Assessment
from programs.rules.assessment import Answers, Item, Kind, Part, asked, in_words, value_of

EARLIEST = timedelta(days=365)
NONE = "none-of-these"
PLACES = {"left": _("Left"), "right": _("Right"), "whole": ""}
NOT_EXAMINED = _("not examined")


@dataclass(frozen=True, kw_only=True)
class Choice:
    value: str
    words: str
    id: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One place of one item: its fields, its choices, and what was found before, if anything."""

    item: Item
    place: str
    words: str
    fields: tuple[forms.BoundField, ...]
    choices: tuple[Choice, ...]
    before: str

    @property
    def field(self) -> forms.BoundField:
        return self.fields[0]

    @property
    def is_answered(self) -> bool:
        """An activity counts once it has a number: its words may come from an earlier assessment."""
        return self.fields[-1].value() not in (None, "", [])

    @property
    def has_errors(self) -> bool:
        return any(field.errors for field in self.fields)


@dataclass(frozen=True, kw_only=True)
class Row:
    item: Item
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class FormPart:
    """One collapsible part of the form and how much of it is answered."""

    part: Part
    rows: tuple[Row, ...]
    is_first: bool

    @property
    def _cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells]

    @property
    def answered(self) -> int:
        return sum(cell.is_answered for cell in self._cells)

    @property
    def of(self) -> int:
        return len(self._cells)

    @property
    def is_open(self) -> bool:
        return self.is_first or bool(self.answered) or any(cell.has_errors for cell in self._cells)


class Asked:
    """Which form is asked for, as far as the address and the buttons say."""

    def __init__(self, data: QueryDict) -> None:
        self.is_switch = data.get("act") == "full"
        self.full = self.is_switch or data.get("mode") == Assessment.Mode.FULL
        self._corrects = data.get("corrects")

    def corrects(self, rows: Iterable[Assessment]) -> Assessment | None:
        return next((row for row in rows if str(row.pk) == self._corrects), None)


class AssessForm(forms.Form):
    """Bound to what was posted, or unbound with what a correction starts from. `earlier` is shown beside the fields."""

    client_id = Key()
    corrects = Key(required=False)
    on = Day(label=_("Examined on"))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        today: date,
        full: bool,
        earlier: Answers,
        corrects: Assessment | None = None,
    ) -> None:
        start = _start(corrects, earlier) if data is None else {}
        super().__init__(data, initial={"client_id": uuid4(), "on": today, **start})
        self.full = full
        self.earlier = earlier
        self.fields["on"].allow(earliest=today - EARLIEST, latest=today)
        self.asked = tuple(asked(full=full))
        for part in self.asked:
            for item in part.items:
                self.fields |= _fields_of(item)

    @property
    def mode(self) -> str:
        return Assessment.Mode.FULL if self.full else Assessment.Mode.QUICK

    @property
    def parts(self) -> Iterator[FormPart]:
        for number, part in enumerate(self.asked):
            rows = tuple(
                Row(item=item, cells=tuple(self._cell(item, place) for place in item.places))
                for item in part.items
            )
            yield FormPart(part=part, rows=rows, is_first=number == 0 or not self.full)

    def _cell(self, item: Item, place: str) -> Cell:
        fields = tuple(self[name] for name in _names(item, place))
        before = value_of(self.earlier, item.key, place)
        return Cell(
            item=item, place=place, words=str(PLACES[place]), fields=fields, choices=_choices(item, fields[0]),
            before="" if before is None else in_words(item, before),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.answers():
            self.add_error(None, _("Nothing is filled in yet."))
        return self.cleaned_data

    def answers(self) -> dict[str, dict[str, Any]]:
        """Only what was examined, as the rules read it."""
        found: dict[str, dict[str, Any]] = {}
        for part in self.asked:
            for item in part.items:
                said = {place: self._said(item, place) for place in item.places}
                said = {place: value for place, value in said.items() if value is not None}
                if said:
                    found[item.key] = said
        return found

    def _said(self, item: Item, place: str) -> Any:
        values = [self.cleaned_data.get(name) for name in _names(item, place)]
        if item.kind is Kind.GOAL:
            return {"words": values[0], "score": values[1]} if values[0] else None
        if item.kind is Kind.MANY:
            return [value for value in values[0] if value != NONE] if values[0] else None
        return None if values[0] in (None, "") else values[0]


def _names(item: Item, place: str) -> tuple[str, ...]:
    name = f"{item.key}-{place}"
    return (name, f"{name}-score") if item.kind is Kind.GOAL else (name,)


def _label(item: Item, place: str) -> str:
    return f"{item.label}, {PLACES[place]}" if PLACES[place] else item.label


def _fields_of(item: Item) -> dict[str, forms.Field]:
    made: dict[str, forms.Field] = {}
    for place in item.places:
        names, label = _names(item, place), _label(item, place)
        made[names[0]] = _field(item, label)
        if item.kind is Kind.GOAL:
            made[names[1]] = Whole(
                label=_("%(label)s, 0-10") % {"label": label}, low=0, high=10, required=False
            )
    return made


def _field(item: Item, label: str) -> forms.Field:
    match item.kind:
        case Kind.NUMBER:
            return Whole(label=label, low=item.low, high=item.high, required=False)
        case Kind.CHOICE:
            chips = [("", NOT_EXAMINED), *((option.value, option.words) for option in item.options)]
            return forms.ChoiceField(label=label, choices=chips, required=False, widget=forms.RadioSelect)
        case Kind.MANY:
            boxes = [(option.value, option.words) for option in item.options]
            boxes.append((NONE, item.none_words or _("None of these")))
            return forms.MultipleChoiceField(
                label=label, choices=boxes, required=False, widget=forms.CheckboxSelectMultiple
            )
        case Kind.GOAL:
            return Line(label=label, max_length=80, required=False)
        case _:
            return Line(label=label, max_length=300, required=False)


def _choices(item: Item, field: forms.BoundField) -> tuple[Choice, ...]:
    if item.kind not in (Kind.CHOICE, Kind.MANY):
        return ()
    chosen = field.value() or ([] if item.kind is Kind.MANY else "")
    chosen = chosen if isinstance(chosen, list) else [str(chosen)]
    return tuple(
        Choice(value=value, words=words, id=f"{field.auto_id}_{number}", is_chosen=value in chosen)
        for number, (value, words) in enumerate(field.field.choices)
    )


def _start(corrects: Assessment | None, earlier: Answers) -> dict[str, Any]:
    """A correction starts from what was said. A new one takes over only the names of the activities, not the numbers."""
    if corrects:
        return {"corrects": corrects.pk, "on": corrects.assessed_on, **_as_typed(corrects.answers)}
    kept = {key: {place: {**value, "score": None}} for key, place, value in _goals(earlier)}
    return _as_typed(kept)


def _goals(answers: Answers) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for key, said in answers.items():
        for place, value in said.items():
            if isinstance(value, dict):
                yield key, place, value


def _as_typed(answers: Answers) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for key, said in answers.items():
        for place, value in said.items():
            if isinstance(value, dict):
                typed |= {f"{key}-{place}": value["words"], f"{key}-{place}-score": value["score"]}
            else:
                typed[f"{key}-{place}"] = [NONE] if value == [] else value
    return typed
