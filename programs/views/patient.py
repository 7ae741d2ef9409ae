"""The patient's own plan."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.access import own_page
from programs import queries
from programs.rules.days import local_day

if TYPE_CHECKING:
    from clinic.models import Patient


@own_page
@require_safe
def plan(request: HttpRequest, patient: "Patient") -> HttpResponse:
    today = local_day(timezone.now(), patient.time_zone)
    context = {"page": queries.plan_page(patient, today), "today": today, "clinic_name": patient.clinic.name}
    return render(request, "programs/plan.html", context)
