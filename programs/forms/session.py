"""Logging a session: one form with script, without script, and for a device that saved it earlier."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from programs.forms.fields import Day, Effort, Key, Kilograms, Moment, Score, Text, Whole, read_moment
from programs.forms.words import UNIT_WORDS
from programs.models import ExerciseVersion, PlanItem, Session, SessionItem
from programs.rules.dose import Dose, Unit, minutes_for
from programs.rules.easier import eased
from programs.rules.sessions import EARLIEST, EntryDraft, SessionDraft, days_to_accept

BACK_DAYS = 14


class EntryForm(forms.Form):
    """What was done of one exercise. Empty means not said; left out means zero sets."""

    left_out = forms.BooleanField(label=_("I left this one out"), required=False)
    sets = Whole(label=_("Sets"), low=0, high=20, required=False)
    amount = Whole(label=_("Amount"), low=0, high=1000, required=False)
    load = Kilograms(label=_("Load"), required=False)
    pain = Score(label=_("Pain during this exercise"))
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Not said")), *Session.Reason.choices], required=False
    )
    easier = forms.BooleanField(required=False)
    easier_version = Key(required=False)

    def __init__(
        self,
        item: PlanItem,
        *,
        ways: Sequence[ExerciseVersion] = (),
        told: SessionItem | None = None,
        data: object = None,
    ) -> None:
        """`ways` are the easier versions that may take its place; the first is the one offered."""
        self.item, self.ways = item, {way.pk: way for way in ways}
        self.easier_way = told.done_as if told and told.done_as else next(iter(ways), None)
        initial = _as_told(told) if told else _as_planned(item)
        initial["easier_version"] = self.easier_way and self.easier_way.pk
        super().__init__(data, prefix=f"item-{item.pk}", initial=initial)
        if self.easier_way:
            words = _("I did the easier version: %(name)s")
            self.fields["easier"].label = words % {"name": self.easier_way.name}
        self.fields["load"].label = _("Load in kg")
        self.fields["amount"].label = UNIT_WORDS[Unit(item.unit)]

    @property
    def was_changed(self) -> bool:
        return self.is_bound and self.has_changed()

    @property
    def has_load(self) -> bool:
        """Most exercises need no weight; the field shows where one is prescribed or was typed."""
        return bool(self.item.load_kg or self.item.load_note or self["load"].value())

    @property
    def easier_dose(self) -> Dose:
        return self._eased(self.easier_way)

    @property
    def was_shown(self) -> bool:
        """The page had this exercise: only some of a phase's exercises may be due on a day."""
        return any(self.add_prefix(name) in self.data for name in self.fields)

    def clean(self) -> dict[str, object]:
        said = self.cleaned_data
        if said.get("easier") and said.get("easier_version") not in self.ways:
            self.add_error("easier", _("This easier version can't be found. Please open the page again."))
        return said

    def draft(self) -> EntryDraft:
        said = self.cleaned_data
        sets = 0 if said["left_out"] else said["sets"]
        if sets == 0:
            amount = None if said["left_out"] else said["amount"]
            return EntryDraft(
                plan_item_id=self.item.pk, sets_done=0, amount_done=amount, reason=said["reason"]
            )
        done_as = self.ways[said["easier_version"]] if said["easier"] else None
        return EntryDraft(
            plan_item_id=self.item.pk, sets_done=sets, amount_done=self._amount(done_as), load_kg=said["load"],
            pain_during=said["pain"], done_as_id=done_as and done_as.pk,
        )  # fmt: skip

    def _eased(self, way: ExerciseVersion) -> Dose:
        return eased(self.item.dose, Dose.from_mapping(way.content["dose"]))

    def _amount(self, done_as: ExerciseVersion | None) -> int | None:
        """An amount left as planned means the easier one's own amount, where that is counted in something else."""
        amount = self.cleaned_data["amount"]
        if done_as and amount == self.item.amount_low:
            return self._eased(done_as).amount_low
        return amount


class SessionForm(forms.Form):
    """The session as a whole. `items` are those of the plan version that the page was opened under."""

    version = Key(required=False)
    corrects = Key(required=False)
    performed_at = Moment(required=False)
    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=Session.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one: done, partly, or not today.")},
    )
    reason = forms.ChoiceField(
        label=_("What got in the way?"),
        choices=Session.Reason.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    pain_during = Score(label=_("Worst pain during"))
    pain_after = Score(label=_("Pain after"))
    effort = Effort(label=_("How hard was it?"))
    note = Text(label=_("Anything to add?"), max_length=2000, rows=2, required=False)
    on = Day(label=_("Which day?"))
    short = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *,
        items: Sequence[PlanItem],
        today: date,
        data: QueryDict | None = None,
        version_id: UUID | None = None,
        earlier: Session | None = None,
        ways: Mapping[UUID, Sequence[ExerciseVersion]] = MappingProxyType({}),
        short: bool = False,
    ) -> None:
        """Fill in what was planned, or, to correct an `earlier` session, what it says.

        `ways` are the easier exercises by item · `short` marks the short version of a bad day.
        """
        planned = {"version": version_id, "on": today, "short": short}
        initial = _said_before(earlier) if earlier else planned
        super().__init__(data, initial=initial)
        self.today, self.earlier = today, earlier
        self.refusals: list[str] = []
        told = {entry.plan_item_id: entry for entry in earlier.items.all()} if earlier else {}
        items = [item for item in items if item.pk in told] if told else items
        self.entries = [
            EntryForm(item, ways=ways.get(item.pk, ()), told=told.get(item.pk), data=data) for item in items
        ]
        if data is not None and any(entry.was_shown for entry in self.entries):
            self.entries = [entry for entry in self.entries if entry.was_shown]
        self.phase_position = items[0].phase.version.phase_position if items else None
        self._allow_days(today)
        self.fields["effort"].offer(earlier.effort if earlier else None)

    def _allow_days(self, today: date) -> None:
        """The last two weeks; any day of the last 400 for a correction; for a device also days around its own today."""
        back = timedelta(days=BACK_DAYS)
        first, last = today - (EARLIEST if self.earlier else back), today
        device = read_moment(self["performed_at"].value())
        if device:
            first, last = days_to_accept(device, today=today, back=back)
        self.fields["on"].allow(earliest=first, latest=last, shown_from=today - back)

    def is_valid(self) -> bool:
        """Ask every form, so that all errors show at once."""
        answers = [entry.is_valid() for entry in self.entries]
        return super().is_valid() and all(answers)

    @staticmethod
    def key_in(data: QueryDict, name: str) -> UUID | None:
        """The plan version, or the session to correct, as far as the text is an id at all."""
        try:
            return Key(required=False).clean(data.get(name))
        except ValidationError:
            return None

    def refuse(self, reason: str) -> None:
        """Keep everything typed, but don't let it pass."""
        self.refusals.append(reason)

    def clean(self) -> dict[str, object]:
        for reason in self.refusals:
            self.add_error(None, reason)
        if any(len(self.data.getlist(name)) > 1 for name in self._names()):
            self.add_error(None, _("Something was sent twice. Please look and save again."))
        return self.cleaned_data

    def draft(self, client_id: UUID) -> SessionDraft:
        """What was said. A done session has no reason; one that was not done has no exercises."""
        said = self.cleaned_data
        happened = said["outcome"] != Session.Outcome.NOT_TODAY
        return SessionDraft(
            client_id=client_id, planned_on=said["on"], outcome=said["outcome"], plan_version_id=said["version"],
            phase_position=self.phase_position, is_short=said["short"] and happened,
            corrects_id=self.earlier.pk if self.earlier else None, performed_at=said["performed_at"], note=said["note"],
            reason="" if said["outcome"] == Session.Outcome.DONE else said["reason"],
            pain_during=said["pain_during"] if happened else None,
            pain_after=said["pain_after"] if happened else None, effort=said["effort"] if happened else None,
            entries=tuple(e.draft() for e in self.entries if e.was_shown) if happened else (),
        )  # fmt: skip

    @property
    def is_short(self) -> bool:
        return bool(self["short"].value())

    @property
    def has_impact(self) -> bool:
        """Runs and jumps have narrower limits of pain."""
        return any(entry.item.has_impact for entry in self.entries)

    @property
    def can_be_played(self) -> bool:
        """Something is still to be done: nothing was sent yet, and it is no correction."""
        return bool(self.entries) and not self.is_bound and self.earlier is None

    @property
    def minutes(self) -> int:
        return math.ceil(sum(minutes_for(entry.item.dose) for entry in self.entries))

    @property
    def summary(self) -> "SessionSummary":
        return SessionSummary(self)

    def all_errors(self) -> dict[str, list[str]]:
        """Every error by the name of its input, for callers that read JSON."""
        found = {name: list(errors) for name, errors in self.errors.items()}
        for entry in self.entries:
            found |= {entry.add_prefix(name): list(errors) for name, errors in entry.errors.items()}
        return found

    def _names(self) -> Iterator[str]:
        yield from self.fields
        for entry in self.entries:
            yield from (entry.add_prefix(name) for name in entry.fields)


def _as_planned(item: PlanItem) -> dict[str, object]:
    return {"sets": item.sets_low, "amount": item.amount_low, "load": item.load_kg}


def _as_told(entry: SessionItem) -> dict[str, object]:
    return {
        "sets": entry.sets_done, "amount": entry.amount_done, "load": entry.load_kg, "pain": entry.pain_during,
        "left_out": entry.sets_done == 0, "reason": entry.reason, "easier": entry.done_as_id is not None,
    }  # fmt: skip


def _said_before(earlier: Session) -> dict[str, object]:
    same = ("outcome", "reason", "pain_during", "pain_after", "effort", "note")
    return {
        **{name: getattr(earlier, name) for name in same},
        "version": earlier.plan_version_id, "corrects": earlier.client_id, "on": earlier.planned_on,
        "short": earlier.is_short,
    }  # fmt: skip


class SessionSummary:
    """What components/error_summary.html asks of a form, over the session and its exercises."""

    prefix = "session"

    def __init__(self, form: SessionForm) -> None:
        self.forms = [form, *form.entries]
        self.errors = any(form.errors for form in self.forms)
        self.non_field_errors = [text for form in self.forms for text in form.non_field_errors()]

    def __iter__(self) -> Iterator[forms.BoundField]:
        for form in self.forms:
            yield from form
