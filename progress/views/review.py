"""The clinician's page of one proposal, and the queue of those that wait."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.access import Role, care_page, staff_page
from programs.actions import PlanAlreadyEnded, PlanMovedOn, PlanNotUsable
from programs.rules.days import local_day
from progress.actions import AlreadyDecided, NothingToCarryOut, sign_off
from progress.forms import ReviewForm
from progress.queries.proposals import came_since, decided_before, open_proposal, queue_of
from progress.rules.progression import Evidence, Proposed
from progress.rules.progression.codec import from_json
from progress.rules.progression.policy import from_mapping
from progress.rules.progression.reading import seen_sessions
from progress.views.reasons import CRITERIA, LIGHTS, OUTCOMES, REASONS, reasons, traces, unknowns, yes_no

if TYPE_CHECKING:
    from clinic.models import Membership, Patient
    from progress.models import Proposal

PER_PAGE = 200
SESSIONS_SHOWN = 8


@staff_page(Role.PRACTITIONER)
@require_safe
def queue(request: HttpRequest, membership: "Membership") -> HttpResponse:
    page = Paginator(queue_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "row": row, "outcome": OUTCOMES[row.outcome][0], "kind": OUTCOMES[row.outcome][1],
            "why": "; ".join(str(REASONS[code]) for code in row.reasons),
        }
        for row in page
    ]  # fmt: skip
    return render(request, "progress/proposals.html", {"page": page, "lines": lines})


@care_page
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, patient: "Patient") -> HttpResponse:
    row = open_proposal(patient)
    if row is None:
        return _nothing_open(request, patient)
    proposed = from_json(Proposed, row.answer)
    today = local_day(timezone.now(), patient.time_zone)
    data = request.POST if request.method == "POST" else None
    form = ReviewForm(row=row, moves=proposed.moves, today=today, data=data)
    if data is None:
        return _page(request, patient, row, proposed, form)
    if not form.is_valid():
        return _page(request, patient, row, proposed, form, status=422)
    if form.cleaned_data["proposal"] != row.pk:
        return _decided_meanwhile(request, patient, form.cleaned_data["proposal"])
    return _decide(request, patient, row, form)


def _decide(request: HttpRequest, patient: "Patient", row: "Proposal", form: ReviewForm) -> HttpResponse:
    try:
        sign_off(proposal=row, by=request.user, now=timezone.now(), **form.decision())
    except AlreadyDecided as known:
        messages.warning(request, _who_and_what(known.proposal))
    except PlanMovedOn as moved:
        words = _("The plan was changed by %(who)s since this was proposed. Nothing was done.")
        messages.warning(request, words % {"who": moved.newest.created_by})
    except (PlanAlreadyEnded, PlanNotUsable, NothingToCarryOut):
        messages.error(request, _("This no longer fits the plan. Nothing was done."))
    else:
        messages.success(request, _("Decided and noted."))
        return redirect("patient", patient.pk)
    return redirect("patient_review", patient.pk)


def _decided_meanwhile(request: HttpRequest, patient: "Patient", key: object) -> HttpResponse:
    """The page was about another proposal than the one that is open now."""
    known = patient.proposals.filter(pk=key).select_related("decided_by").first()
    messages.warning(
        request, _who_and_what(known) if known else _("This page was out of date. Please look again.")
    )
    return redirect("patient_review", patient.pk)


def _who_and_what(row: "Proposal") -> str:
    if row.decided_by is None:
        return _("A newer proposal has taken its place. Nothing was done.")
    words = _("%(who)s decided first: %(what)s. Nothing more was done.")
    return words % {"who": row.decided_by, "what": row.get_closing_display().lower()}


def _nothing_open(request: HttpRequest, patient: "Patient") -> HttpResponse:
    """Also where somebody was faster: the posted page is told who and what."""
    if request.method == "POST":
        known = decided_before(patient)
        messages.warning(request, _who_and_what(known[0]) if known else _("Nothing is waiting here."))
        return redirect("patient_review", patient.pk)
    return render(
        request, "progress/review_nothing.html", {"patient": patient, "before": decided_before(patient)}
    )


def _page(
    request: HttpRequest,
    patient: "Patient",
    row: "Proposal",
    proposed: Proposed,
    form: ReviewForm,
    status: int = 200,
) -> HttpResponse:
    evidence = from_json(Evidence, row.evidence)
    title, kind = OUTCOMES[row.outcome]
    context = {
        "patient": patient, "row": row, "form": form, "title": title, "kind": kind,
        "reasons": reasons(proposed), "moves": proposed.moves, "unknown": unknowns(proposed.unknown),
        "criteria": [_criterion(criterion) for criterion in proposed.criteria],
        "sessions": _sessions(evidence, row), "since": came_since(row), "before": decided_before(patient),
        "tracks": traces(proposed), "asks": proposed.asks,
    }  # fmt: skip
    with timezone.override(patient.clinic.time_zone):
        return render(request, "progress/review.html", context, status=status)


def _criterion(criterion: Any) -> dict[str, Any]:
    words, kind = yes_no(criterion.is_met)
    value = criterion.value if isinstance(criterion.value, int | float) else None
    return {
        "words": CRITERIA[criterion.code],
        "is_met": words,
        "kind": kind,
        "value": value,
        "limit": criterion.limit,
    }


def _sessions(evidence: Evidence, row: "Proposal") -> list[dict[str, Any]]:
    """The last sessions with their lights, newest first."""
    mornings = {morning.on: morning.pain for morning in evidence.mornings}
    seen = seen_sessions(evidence, from_mapping(row.policy))[-SESSIONS_SHOWN:]
    return [
        {
            "on": date_format(one.session.on, "D j M"), "light": LIGHTS[one.reading.light],
            "cells": [
                (_("During"), one.session.during), (_("After"), one.session.after),
                (_("Next morning"), mornings.get(one.session.on + timedelta(days=1))), (_("Effort"), one.session.effort),
            ],
        }
        for one in reversed(seen)
    ]  # fmt: skip
