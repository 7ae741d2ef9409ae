"""The patient's own pages: Today, the daily check, the safety words, Progress."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.access import own_page, wants_json
from clinic.tasks import wake
from education.queries import reading_list
from programs.rules.days import local_day
from progress.actions import log_check
from progress.forms import CheckForm, ProgressForm
from progress.queries.history import history_of
from progress.queries.proposals import word_for
from progress.queries.screens import open_cards
from progress.queries.today import today_of
from progress.rules.checks import Logged, Outcome
from progress.rules.red_flags import Closes, cards_of, closes
from progress.tasks import reconsider
from progress.views.cards import CardWords, cards_in_words
from progress.views.charts import pain_picture, sessions_picture
from progress.views.reasons import sentence
from progress.views.words import week_strip

if TYPE_CHECKING:
    from clinic.models import Patient

STATUS = {Outcome.STORED: 201, Outcome.REPEATED: 200, Outcome.CONFLICT: 409}


@own_page
@require_safe
def today(request: HttpRequest, patient: "Patient") -> HttpResponse:
    now = timezone.now()
    day = today_of(patient, local_day(now, patient.time_zone), now=now)
    context = {
        "hour_key": uuid4(),
        "patient": patient,
        "clinic": patient.clinic,
        "day": day,
        "week": week_strip(day.week),
        "plan_word": sentence(word_for(patient)) if day.plan else "",
        "cards": _cards(patient) if day.worry_open or patient.closed else [],
        "has_missing": any(cell.state == "missing" for cell in day.week),
    }
    return render(request, "progress/today.html", context)


def _cards(patient: "Patient") -> list[CardWords]:
    """What their open answers have to say, the first card first."""
    items = [item for row in open_cards(patient) for item in row.flagged]
    no_impact = closes(items) is Closes.IMPACT
    return cards_in_words(cards_of(items), patient.clinic, now=timezone.now(), no_impact=no_impact)


@own_page
@require_safe
def safety(request: HttpRequest, patient: "Patient") -> HttpResponse:
    return render(request, "progress/safety.html", {"clinic": patient.clinic})


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def daily_check(request: HttpRequest, patient: "Patient") -> HttpResponse:
    now = timezone.now()
    form = CheckForm(
        today=local_day(now, patient.time_zone),
        client_id=uuid4(),
        data=request.POST if request.method == "POST" else None,
    )
    if not form.is_bound:
        return render(request, "progress/check.html", {"form": form, "clinic": patient.clinic})
    if not form.is_valid():
        return _not_yet(request, patient, form)
    logged = log_check(patient=patient, draft=form.draft(), by=request.user, now=now)
    wake(reconsider.name, str(patient.pk))
    return _answer(request, form, logged)


def _not_yet(request: HttpRequest, patient: "Patient", form: CheckForm) -> HttpResponse:
    if wants_json(request):
        said = {"client_id": form.data.get("client_id", ""), "errors": form.errors.get_json_data()}
        return JsonResponse(said, status=422)
    return render(request, "progress/check.html", {"form": form, "clinic": patient.clinic}, status=422)


def _answer(request: HttpRequest, form: CheckForm, logged: Logged) -> HttpResponse:
    worrying = form.draft().is_worrying
    then = "screen" if worrying else "today"
    if wants_json(request):
        answer = {
            "client_id": str(logged.row.client_id),
            "outcome": logged.outcome,
            "safety": worrying,
            "next": reverse(then),
        }
        return JsonResponse(answer, status=STATUS[logged.outcome])
    if logged.outcome is Outcome.CONFLICT:
        messages.warning(request, _("This check was saved before with other answers. Both are kept."))
    else:
        messages.success(request, _("Saved. Thank you."))
    return redirect(then)


@own_page
@require_safe
def progress(request: HttpRequest, patient: "Patient") -> HttpResponse:
    weeks = ProgressForm(request.GET).asked()
    history = history_of(patient, today=local_day(timezone.now(), patient.time_zone), weeks=weeks)
    context = {
        "tabs": [
            {"url": f"?weeks={n}", "label": _("%(n)s weeks") % {"n": n}, "current": n == weeks}
            for n in ProgressForm.WEEKS
        ],
        "has_logs": bool(history.pain or history.sessions.planned or history.sessions.done),
        "pain": pain_picture(history),
        "sessions": sessions_picture(history),
        "modules": reading_list(patient),
    }
    with timezone.override(patient.time_zone):
        return render(request, "progress/progress.html", context)
