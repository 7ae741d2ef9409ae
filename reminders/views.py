"""The patient's settings, one click to stop mail, and what the clinician sees of it."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from clinic.access import care_page, open_page, own_page
from clinic.queries import time_zones
from reminders import actions, queries
from reminders.forms import ReminderForm
from reminders.rules import local_day

if TYPE_CHECKING:
    from clinic.models import Patient

PAGE = 31


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, patient: "Patient") -> HttpResponse:
    now = timezone.now()
    today = local_day(now, patient.time_zone)
    form = ReminderForm(request.POST or None, patient=patient, rule=queries.rule_of(patient), today=today)
    if form.is_valid():
        actions.set_rule(patient=patient, by=request.user, now=now, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("settings")
    context = {
        "patient": patient,
        "form": form,
        "zones": time_zones(),
        "next": queries.next_reminder(patient, now),
        "looks": queries.who_looked(patient),
    }
    return render(request, "reminders/settings.html", context, status=422 if form.is_bound else 200)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the token says whose reminders, and no more
@open_page
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: mail scanners look too. A post acts at once, without sign-in or redirect."""
    patient = queries.patient_of_token(token)
    if patient is None:
        raise Http404
    if request.method == "POST":
        actions.unsubscribe(patient=patient, by=None, now=timezone.now())
    return render(request, "reminders/unsubscribe.html", {"done": request.method == "POST"})


@care_page
@require_safe
def patient_reminders(request: HttpRequest, patient: "Patient") -> HttpResponse:
    page = Paginator(queries.reminder_history(patient), PAGE).get_page(request.GET.get("page"))
    context = {
        "patient": patient,
        "rule": queries.rule_in_words(patient, today=local_day(timezone.now(), patient.time_zone)),
        "page": page,
        "fates": [queries.fate_of(slot) for slot in page],
    }
    return render(request, "reminders/patient_reminders.html", context)
