"""A plan on paper, for the patient and for the practitioner who hands it out."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic import pdf
from clinic.access import care_page, own_page
from clinic.views.handouts import handout
from programs import queries
from programs.rules.days import local_day

if TYPE_CHECKING:
    from clinic.models import Patient


@own_page
@require_safe
def plan_handout(request: HttpRequest, patient: "Patient") -> HttpResponse:
    return _on_paper(request, patient, instead=reverse("plan"))


@care_page
@require_safe
def patient_plan_handout(request: HttpRequest, patient: "Patient") -> HttpResponse:
    return _on_paper(request, patient, instead=reverse("patient", args=[patient.pk]))


def _on_paper(request: HttpRequest, patient: "Patient", *, instead: str) -> HttpResponse:
    """The plan in force; whoever has none is sent to the page that says what comes."""
    today = local_day(timezone.now(), patient.time_zone)
    page = queries.plan_page(patient, today)
    if page is None:
        return redirect(instead)
    log_address = settings.SITE_URL + reverse("log_session")
    return handout(
        request,
        "programs/handout/plan.html",
        _context(patient, page, today) | {"log_address": log_address},
        name=f"program-{today:%Y-%m-%d}",
        instead=instead,
        pictures={"qr": pdf.qr(log_address)},
    )


def _context(patient: "Patient", page: queries.PlanPage, today: date) -> dict[str, object]:
    words = {
        "plan": page.version.plan.name,
        "number": page.version.number,
        "day": date_format(today, "F j, Y"),
    }
    return {
        "foot": _("%(plan)s · version %(number)s · printed %(day)s") % words,
        "patient": patient, "clinic": patient.clinic, "clinic_name": patient.clinic.name, "today": today,
        "page": page, "paper": queries.plan_on_paper(page, today),
    }  # fmt: skip
