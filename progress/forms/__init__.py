"""The daily check, the caseload's search, and what a clinician has read. Clean values out; nothing is saved here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, LayoutObject, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template import Context
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from clinic.models import Patient
from programs.forms.fields import (
    Day,
    Key,
    Kilograms,
    Line,
    Moment,
    Score,
    Text,
    Whole,
    read_day,
    read_moment,
)
from programs.rules.sessions import days_to_accept
from progress.models import DailyCheck, Proposal
from progress.models.proposals import DECIDED
from progress.queries.caseload import FIRST_SORT, SORTS
from progress.rules.checks import CheckDraft
from progress.rules.progression import Move
from progress.rules.state import POLICY

CHIPS = "components/choice_chips.html"
CLIENT_KEYS = (4, 7)  # UUID versions a page or a phone makes; the nil UUID is neither


class Details(LayoutObject):
    """Fields that fold away under a line of words."""

    def __init__(self, summary: str, *fields: LayoutObject, is_open: bool) -> None:
        self.summary, self.fields, self.is_open = summary, list(fields), is_open

    def render(self, form: forms.Form, context: Context, **options: object) -> SafeString:
        inside = self.get_rendered_fields(form, context, **options)
        opened = mark_safe(" open") if self.is_open else ""
        return format_html(
            '<details class="disclosure more"{}><summary>{}</summary><div>{}</div></details>',
            opened,
            self.summary,
            inside,
        )


class Chips(forms.TypedChoiceField):
    """One of a few, as chips; None (or "") when nothing was chosen."""

    widget = forms.RadioSelect


class CheckForm(forms.Form):
    """How it is this morning. Nothing is chosen beforehand, and what is left open means "not said"."""

    client_id = Key()
    on = Chips(label=_("Which morning?"))
    morning_pain = Score(label=_("Pain this morning"))
    stiffness = Chips(
        label=_("Stiff after getting up?"), choices=DailyCheck.Stiffness.choices, required=False
    )
    sleep = Chips(label=_("Sleep last night"), coerce=int, empty_value=None, required=False)
    places = forms.MultipleChoiceField(
        label=_("Where do you feel it?"),
        choices=DailyCheck.Place.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    side = Chips(label=_("Which side?"), choices=DailyCheck.Side.choices, required=False)
    new_warning = Chips(
        label=_("Anything new that worries you?"),
        help_text=_("For example swelling, numbness, fever or a fall."),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda word: word == "yes",
        empty_value=None,
        required=False,
    )
    warning_note = Text(label=_("What is it?"), max_length=1000, rows=2, required=False)
    performed_at = Moment(required=False)

    scales: ClassVar = {"sleep": (_("Very poor"), _("Very good"))}

    def __init__(self, *, today: date, client_id: UUID, data: object = None) -> None:
        super().__init__(data, initial={"client_id": client_id, "on": today.isoformat()})
        self.today = today
        yesterday = today - timedelta(days=1)
        self.fields["on"].choices = [
            (today.isoformat(), _("Today")),
            (yesterday.isoformat(), _("Yesterday")),
            *self._told_late(today),
        ]
        self.fields["on"].error_messages["invalid_choice"] = _("Please choose today or yesterday.")
        pain = self.fields["morning_pain"]
        pain.choices = [choice for choice in pain.choices if choice[0]]  # "Skip" would look chosen beforehand
        self.fields["sleep"].choices = [(str(n), str(n)) for n in range(1, 6)]
        self.fields["sleep"].low_words, self.fields["sleep"].high_words = self.scales["sleep"]

    def _told_late(self, today: date) -> list[tuple[str, str]]:
        """The day that a phone saved it for, when it could be sent only later or the phone's clock is wrong."""
        device = read_moment(self["performed_at"].value())
        said = read_day(self["on"].value())
        if not (self.is_bound and device and said) or today - said in (timedelta(0), timedelta(days=1)):
            return []
        first, last = days_to_accept(device, today=today, back=timedelta(days=2))
        return [(said.isoformat(), date_format(said, "l j F"))] if first <= said <= last else []

    def clean_client_id(self) -> UUID:
        key = self.cleaned_data["client_id"]
        if key.version not in CLIENT_KEYS:
            raise ValidationError(_("This page is out of date. Please open it again."), code="key")
        return key

    def clean(self) -> dict[str, object]:
        if any(len(self.data.getlist(name)) > 1 for name in self.fields if name != "places"):
            self.add_error(None, _("Something was sent twice. Please look and save again."))
        if not self.errors and not any(self._said()):
            self.add_error(None, _("Please answer at least one question."))
        return self.cleaned_data

    def _said(self) -> list[bool]:
        return [
            self.cleaned_data[name] not in (None, "", []) for name in self.fields if name not in SET_BY_PAGE
        ]

    def draft(self) -> CheckDraft:
        said = self.cleaned_data
        return CheckDraft(
            client_id=said["client_id"],
            on=date.fromisoformat(said["on"]),
            morning_pain=said["morning_pain"],
            stiffness=said["stiffness"],
            sleep=said["sleep"],
            places=tuple(said["places"]),
            side=said["side"],
            new_warning=said["new_warning"],
            warning_note=said["warning_note"],
            performed_at=said["performed_at"],
        )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {
            "novalidate": "",
            "data-outbox": _("Daily check"),
            "data-outbox-day": self.today.isoformat(),
            "data-outbox-worry": f"morning_pain:{POLICY.worrying_pain} new_warning:yes",
            "data-outbox-said": _("Saved. Thank you."),
        }
        helper.layout = Layout(
            "client_id",
            Field("on", template=CHIPS),
            Field("morning_pain", template="components/pain_scale.html"),
            Field("new_warning", template=CHIPS),
            "warning_note",
            Details(
                _("Add more: where, stiffness, sleep"),
                Field("places", template=CHIPS),
                Field("side", template=CHIPS),
                Field("stiffness", template=CHIPS),
                Field("sleep", template="components/scale.html"),
                is_open=self.is_bound,
            ),
            Div(Submit("save", _("Save")), css_class="actions actions-sticky"),
        )
        return helper


SET_BY_PAGE = ("client_id", "on", "performed_at")


class CaseloadForm(forms.Form):
    """What a caseload address asks for. What can't be read is left out, so an odd link still shows the list."""

    q = Line(max_length=100, required=False)
    sort = forms.ChoiceField(
        choices=[(f"{turn}{key}", key) for key in SORTS for turn in ("", "-")], required=False
    )
    page = forms.IntegerField(min_value=1, max_value=10_000, required=False)

    def asked(self) -> dict[str, object]:
        self.full_clean()
        return {
            "search": self.cleaned_data.get("q") or "",
            "sort": self.cleaned_data.get("sort") or FIRST_SORT,
            "page": self.cleaned_data.get("page") or 1,
        }


class ProgressForm(forms.Form):
    """How many weeks to look back."""

    WEEKS = (6, 12)

    weeks = forms.TypedChoiceField(choices=[(str(n), str(n)) for n in WEEKS], coerce=int, required=False)

    def asked(self) -> int:
        self.full_clean()
        return self.cleaned_data.get("weeks") or self.WEEKS[0]


class MoveForm(forms.Form):
    """One proposed change, as the clinician would rather have it. The side, rest and effort stay as they are."""

    take = forms.BooleanField(label=_("Do this"), required=False, initial=True)
    sets = Whole(label=_("Sets"), low=1, high=10)
    amount = Whole(label=_("Amount per set"), low=1, high=600)
    load = Kilograms(label=_("Load in kg"), required=False)
    words = Line(label=_("Load in words"), max_length=120, required=False)

    def __init__(self, move: Move, *, number: int, data: object = None) -> None:
        self.move = move
        after = move.after
        known = {
            "sets": after.sets_high,
            "amount": after.amount_high,
            "load": after.load_kg,
            "words": after.load_note,
        }
        super().__init__(data, prefix=f"move-{number}", initial={"take": True, **known})

    def edited(self) -> Move | None:
        """None when it was left out."""
        said = self.cleaned_data
        if not said["take"]:
            return None
        after = replace(
            self.move.after, sets_low=said["sets"], sets_high=said["sets"],
            amount_low=min(self.move.after.amount_low, said["amount"]), amount_high=said["amount"],
            load_kg=None if said["load"] is None else float(said["load"]), load_note=said["words"],
        )  # fmt: skip
        return replace(self.move, after=after)


class ReviewForm(forms.Form):
    """A clinician's decision on one proposal. The button pressed is the verdict."""

    prefix = "review"

    proposal = Key()
    verdict = forms.ChoiceField(choices=[(word, word) for word in DECIDED])
    from_on = Day(label=_("From"))
    reason = Text(
        label=_("Reason"),
        max_length=500,
        rows=2,
        required=False,
        help_text=_("Needed to refuse, and to go on after an urgent answer."),
    )

    def __init__(
        self, *, row: Proposal, moves: Sequence[Move], today: date, data: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial={"proposal": row.pk, "from_on": today})
        self.row = row
        self.fields["from_on"].allow(earliest=today, latest=today + timedelta(days=28))
        changed = data if data is not None and data.get("review-verdict") == "edited" else None
        dosed = [move for move in moves if move.after is not None]
        self.kept = [move for move in moves if move.after is None]
        self.moves = [MoveForm(move, number=n, data=changed) for n, move in enumerate(dosed)]

    def is_valid(self) -> bool:
        answers = [form.is_valid() for form in self.moves if form.is_bound]
        return super().is_valid() and all(answers)

    def clean(self) -> dict[str, object]:
        said = self.cleaned_data
        needed = said.get("verdict") == "refused" or self.row.outcome == Proposal.Outcome.URGENT
        if needed and not said.get("reason"):
            self.add_error("reason", _("Please say why: it is kept with the decision."))
        return said

    def decision(self) -> dict[str, object]:
        """What `sign_off` asks for, apart from who and when."""
        said = self.cleaned_data
        edited = [form.edited() for form in self.moves if form.is_bound]
        return {
            "verdict": said["verdict"], "reason": said["reason"], "from_on": said["from_on"],
            "moves": [*self.kept, *(move for move in edited if move)],
        }  # fmt: skip


class SeenForm(forms.Form):
    """Up to when a clinician has read. `patient` is on the page too, so that a mixed-up page is refused."""

    patient = Key()
    up_to = Moment()

    def __init__(self, data: object = None, *, patient: Patient, now: datetime) -> None:
        super().__init__(data)
        self.expected, self.now = patient, now

    def clean_patient(self) -> UUID:
        key = self.cleaned_data["patient"]
        if key != self.expected.pk:
            raise ValidationError(
                _("This page was about somebody else. Please open it again."), code="patient"
            )
        return key

    def clean_up_to(self) -> datetime:
        """Nobody has read what has not come in yet."""
        return min(self.cleaned_data["up_to"], self.now)
