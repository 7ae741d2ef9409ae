"""The patient's own plan."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.access import program_page
from education.anatomy import parts
from programs import queries
from programs.rules.days import local_day

if TYPE_CHECKING:
    from clinic.models import Patient


@program_page
@require_safe
def plan(request: HttpRequest, patient: "Patient") -> HttpResponse:
    today = local_day(timezone.now(), patient.time_zone)
    context = {"page": queries.plan_page(patient, today), "today": today, "clinic_name": patient.clinic.name}
    return render(request, "programs/plan.html", context)


@program_page
@require_safe
def plan_week(request: HttpRequest, patient: "Patient") -> HttpResponse:
    """The next seven days on one page with everything needed to do them, also where there is no network."""
    today = local_day(timezone.now(), patient.time_zone)
    days = queries.days_ahead(patient, today)
    exercises = {item.pk: item for day in days for item in day.items}
    context = {
        "days": days, "items": list(exercises.values()), "today": today, "clinic_name": patient.clinic.name,
    }  # fmt: skip
    return render(request, "programs/plan_week.html", context)


@program_page
@require_safe
def muscle(request: HttpRequest, patient: "Patient", key: str) -> HttpResponse:
    """Which of the patient's own exercises train a drawn part of the body."""
    part = parts().get(key)
    if part is None:
        raise Http404
    today = local_day(timezone.now(), patient.time_zone)
    exercises = queries.own_exercises(patient, part, today)
    context = {"part": part, "exercises": exercises, "clinic_name": patient.clinic.name}
    return render(request, "programs/muscle.html", context)
