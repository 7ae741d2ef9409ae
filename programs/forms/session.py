"""Logging a session: one form for a page with script, without script, and for a device that saved it earlier."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.forms.fields import Day, Key, Kilograms, Moment, Score, Text, Whole
from programs.models import PlanItem, Session
from programs.rules.sessions import EARLIEST, EntryDraft, SessionDraft

BACK_DAYS = 14


class EntryForm(forms.Form):
    """What was done of one exercise. Empty means not said; left out means zero sets."""

    left_out = forms.BooleanField(label=_("I left this one out"), required=False)
    sets = Whole(label=_("Sets"), low=0, high=20, required=False)
    amount = Whole(label=_("Amount"), low=0, high=1000, required=False)
    load = Kilograms(label=_("Load"), required=False)
    pain = Score(label=_("Pain during this exercise"))

    def __init__(self, item: PlanItem, **options: object) -> None:
        self.item = item
        prescribed = {"sets": item.sets_low, "amount": item.amount_low, "load": item.load_kg}
        super().__init__(prefix=f"item-{item.pk}", initial=prescribed, **options)
        self.fields["load"].unit = _("kg")

    def draft(self) -> EntryDraft:
        said = self.cleaned_data
        if said["left_out"]:
            return EntryDraft(plan_item_id=self.item.pk, sets_done=0)
        return EntryDraft(
            plan_item_id=self.item.pk, sets_done=said["sets"], amount_done=said["amount"], load_kg=said["load"],
            pain_during=said["pain"],
        )  # fmt: skip


class SessionForm(forms.Form):
    """The session as a whole. `items` are those of the plan version that the page was opened under."""

    version = Key(required=False)
    performed_at = Moment(required=False)
    outcome = forms.ChoiceField(
        label=_("How did it go?"), choices=Session.Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(
        label=_("What got in the way?"),
        choices=Session.Reason.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    pain_after = Score(label=_("Pain after"))
    effort = Score(label=_("How hard was it?"))
    note = Text(label=_("Anything to add?"), max_length=2000, rows=2, required=False)
    on = Day(label=_("Which day?"))

    scales: ClassVar = {"effort": (_("Very easy"), _("As hard as I can"))}

    def __init__(
        self, *, items: Sequence[PlanItem], today: date, data: object = None, version_id: UUID | None = None
    ) -> None:
        super().__init__(data, initial={"version": version_id, "on": today})
        self.today = today
        self.entries = [EntryForm(item, data=data) for item in items]
        self.phase_position = items[0].phase.version.phase_position if items else None
        earliest = EARLIEST if self["performed_at"].value() else timedelta(days=BACK_DAYS)
        self.fields["on"].allow(
            earliest=today - earliest, latest=today, shown_from=today - timedelta(days=BACK_DAYS)
        )
        for name, (low, high) in self.scales.items():
            self.fields[name].low_words, self.fields[name].high_words = low, high

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not all([entry.is_valid() for entry in self.entries]):
            self.add_error(None, _("Please look at the exercises again."))

    def clean(self) -> dict[str, object]:
        if not self.entries:
            self.add_error(
                None, _("Your plan has changed since you opened this page. Please look and save again.")
            )
        if any(len(self.data.getlist(name)) > 1 for name in self._names()):
            self.add_error(None, _("Something was sent twice. Please look and save again."))
        return self.cleaned_data

    def draft(self, client_id: UUID) -> SessionDraft:
        """What was said, without what does not belong: a done session has no reason, a session not done no exercises."""
        said = self.cleaned_data
        happened = said["outcome"] != Session.Outcome.NOT_TODAY
        return SessionDraft(
            client_id=client_id, planned_on=said["on"], outcome=said["outcome"], plan_version_id=said["version"],
            phase_position=self.phase_position, performed_at=said["performed_at"], note=said["note"],
            reason="" if said["outcome"] == Session.Outcome.DONE else said["reason"],
            pain_after=said["pain_after"] if happened else None, effort=said["effort"] if happened else None,
            entries=tuple(entry.draft() for entry in self.entries) if happened else (),
        )  # fmt: skip

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
