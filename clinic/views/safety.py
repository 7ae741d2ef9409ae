"""What the clinic's safety cards say and call, changed by two people, and the hours in which staff are told again."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic import actions, queries
from clinic.access import Role, staff_page
from clinic.forms import HoursForm, ProposalForm, SafetyWordsForm
from clinic.tasks import nudge_mail
from clinic.views.manage import tabs

if TYPE_CHECKING:
    from clinic.models import Clinic, Membership, SafetyWords

NAMES = ("emergency_number", "phone", "urgent_line", "crisis_line", "crisis_text")


@staff_page(Role.ADMIN, Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def manage_safety(request: HttpRequest, membership: "Membership") -> HttpResponse:
    """Which of the forms was sent is said by its button's name."""
    clinic = membership.clinic
    words = SafetyWordsForm(request.POST if "propose" in request.POST else None, initial=_now(clinic))
    hours = HoursForm(request.POST if "hours" in request.POST else None, hours=clinic.hours)
    done = (
        _propose(request, clinic, words)
        or _set_hours(request, clinic, hours)
        or _close(request, queries.open_safety_proposal(clinic))
    )
    if done:
        return redirect("manage_safety")
    return _page(request, membership, words, hours)


def _now(clinic: "Clinic") -> dict[str, str]:
    return {name: getattr(clinic, name) for name in NAMES}


def _propose(request: HttpRequest, clinic: "Clinic", form: SafetyWordsForm) -> bool:
    if not form.is_valid():
        return False
    if form.cleaned_data == _now(clinic):
        messages.info(request, _("Nothing was changed."))
        return True
    try:
        actions.propose_safety_words(
            clinic=clinic, words=form.cleaned_data, by=request.user, now=timezone.now()
        )
    except actions.AlreadyProposed:
        form.add_error(None, _("Somebody else has just proposed a change. Please look at theirs first."))
        return False
    nudge_mail()
    messages.success(request, _("Proposed. It counts once another admin or editor has confirmed it."))
    return True


def _set_hours(request: HttpRequest, clinic: "Clinic", form: HoursForm) -> bool:
    if not form.is_valid():
        return False
    actions.set_clinic_hours(clinic=clinic, hours=form.hours(), by=request.user, now=timezone.now())
    messages.success(request, _("The hours are saved."))
    return True


def _close(request: HttpRequest, proposal: "SafetyWords | None") -> bool:
    """Confirm or withdraw what was on the page."""
    wanted = next((name for name in ("confirm", "withdraw") if name in request.POST), "")
    form = ProposalForm(request.POST)
    if not wanted or not form.is_valid():
        return False
    if proposal is None or proposal.pk != form.cleaned_data["proposal"]:
        messages.warning(request, _("This page was out of date. Please look again."))
        return True
    closing = {"confirm": actions.confirm_safety_words, "withdraw": actions.withdraw_safety_words}[wanted]
    try:
        closing(proposal=proposal, by=request.user, now=timezone.now())
    except actions.OwnProposal:
        messages.warning(request, _("You proposed this yourself. Somebody else has to confirm it."))
    except actions.AlreadyClosed:
        messages.info(request, _("Somebody else was faster."))
    else:
        messages.success(request, _("Confirmed.") if wanted == "confirm" else _("Withdrawn."))
    return True


def _page(
    request: HttpRequest, membership: "Membership", words: SafetyWordsForm, hours: HoursForm
) -> HttpResponse:
    clinic = membership.clinic
    proposal = queries.open_safety_proposal(clinic)
    context = {
        "tabs": tabs("manage_safety") if membership.role == Role.ADMIN else [], "clinic": clinic,
        "words": words, "hours": hours, "proposal": proposal,
        "now": [(words.fields[name].label, getattr(clinic, name)) for name in NAMES],
        "changes": _changes(clinic, proposal, words),
        "others": queries.second_people(proposal) if proposal else [],
        "is_own": bool(proposal) and proposal.proposed_by_id == request.user.pk,
        "history": queries.safety_history(clinic), "hours_history": queries.hours_history(clinic),
    }  # fmt: skip
    is_refused = (words.is_bound and words.errors) or (hours.is_bound and hours.errors)
    with timezone.override(clinic.time_zone):
        return render(request, "clinic/manage_safety.html", context, status=422 if is_refused else 200)


def _changes(
    clinic: "Clinic", proposal: "SafetyWords | None", words: SafetyWordsForm
) -> list[tuple[str, str, str]]:
    """What the open proposal changes: name, as it is, as it would be."""
    if proposal is None:
        return []
    pairs = ((words.fields[name].label, getattr(clinic, name), getattr(proposal, name)) for name in NAMES)
    return [(str(label), old, new) for label, old, new in pairs if old != new]
