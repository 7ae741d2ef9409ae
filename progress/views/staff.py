"""The practitioner's pages: the caseload and one patient's record."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clinic.access import Role, care_page, staff_page
from programs.rules.days import local_day
from progress.actions import mark_seen, refresh_states
from progress.forms import CaseloadForm, SeenForm
from progress.queries.caseload import caseload_of, patients_of
from progress.queries.measures import measure_lines
from progress.queries.record import record_of
from progress.queries.screens import waiting_for
from progress.views.charts import pain_picture, sessions_picture
from progress.views.lines import columns_of, lines_of
from progress.views.measured import told_lines
from progress.views.urgent import opened_lines, urgent_lines
from progress.views.words import header, steps, timeline, week_strip

if TYPE_CHECKING:
    from clinic.models import Membership, Patient


@staff_page(Role.PRACTITIONER)
@require_safe
def caseload(request: HttpRequest, membership: "Membership") -> HttpResponse:
    now = timezone.now()
    asked = CaseloadForm(request.GET).asked()
    refresh_states(patients=patients_of(request.user), now=now)
    page = caseload_of(request.user, now=now, **asked)
    context = {
        "page": page,
        "urgent": urgent_lines(waiting_for(request.user, now=now), now),
        "lines": lines_of(page.object_list),
        "columns": columns_of(asked["sort"]),
        "search": asked["search"],
        "sort": asked["sort"],
    }
    with timezone.override(membership.clinic.time_zone):
        return render(request, "progress/caseload.html", context)


@care_page
@require_safe
def patient(request: HttpRequest, patient: "Patient") -> HttpResponse:
    now = timezone.now()
    record = record_of(patient, now=now, today=local_day(now, patient.time_zone))
    with timezone.override(patient.clinic.time_zone):
        context = {
            "patient": patient,
            "record": record,
            "header": header(patient, now, record.today),
            "steps": steps(record),
            "fortnight": week_strip(record.fortnight),
            "has_logs": bool(record.history.pain or record.history.sessions.planned),
            "pain": pain_picture(record.history),
            "sessions": sessions_picture(record.history),
            "timeline": timeline(record),
            "measures": told_lines(measure_lines(patient, record.today)),
            "screens": opened_lines(request, patient, now=now),
        }
        return render(request, "progress/patient.html", context)


@care_page
@require_POST
def seen(request: HttpRequest, patient: "Patient") -> HttpResponse:
    form = SeenForm(request.POST, patient=patient, now=timezone.now())
    if form.is_valid():
        mark_seen(patient=patient, up_to=form.cleaned_data["up_to"], by=request.user)
        messages.success(request, _("Marked as read."))
    else:
        messages.error(request, _("This page was out of date. Please look again and mark it then."))
    return redirect("patient", patient.pk)
