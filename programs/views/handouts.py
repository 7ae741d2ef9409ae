"""A plan and a module on paper, for the patient and for those who hand them out."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic import pdf
from clinic.access import Role, care_page, program_page, staff_page
from clinic.views.handouts import handout
from education import queries as reading
from programs import queries
from programs.rules.days import local_day

if TYPE_CHECKING:
    from clinic.models import Clinic, Membership, Patient
    from education.models import ModuleVersion


@program_page
@require_safe
def plan_handout(request: HttpRequest, patient: "Patient") -> HttpResponse:
    return _on_paper(request, patient, instead=reverse("plan"))


@care_page
@require_safe
def patient_plan_handout(request: HttpRequest, patient: "Patient") -> HttpResponse:
    return _on_paper(request, patient, instead=reverse("patient", args=[patient.pk]))


@program_page
@require_safe
def module_handout(request: HttpRequest, patient: "Patient", assignment_id: UUID) -> HttpResponse:
    """In the voice in which it was first opened; without why this patient was given it."""
    given = get_object_or_404(reading.readings(patient), pk=assignment_id)
    instead = reverse("module", args=[given.pk])
    return _module_on_paper(request, given.version, patient.clinic, stances=given.stances, instead=instead)


@staff_page(Role.PRACTITIONER, Role.ADMIN, Role.EDITOR)
@require_safe
def library_module_handout(request: HttpRequest, membership: "Membership", version_id: UUID) -> HttpResponse:
    version = reading.version(version_id)
    if version is None:
        raise Http404
    instead = reverse("library_module", args=[version.pk])
    return _module_on_paper(request, version, membership.clinic, stances=None, instead=instead)


def _module_on_paper(
    request: HttpRequest,
    version: "ModuleVersion",
    clinic: "Clinic",
    *,
    stances: dict[str, str] | None,
    instead: str,
) -> HttpResponse:
    voice = reading.stances_of(clinic.pk) if stances is None else stances
    log_address = settings.SITE_URL + reverse("log_session")
    words = {
        "title": version.title, "number": version.number, "day": date_format(version.published_at, "F j, Y"),
    }  # fmt: skip
    context = {
        "version": version, "lesson": reading.lesson_of(version, stances=voice), "clinic_name": clinic.name,
        "log_address": log_address, "foot": _("%(title)s · version %(number)s of %(day)s") % words,
    }  # fmt: skip
    return handout(
        request, "education/handout/module.html", context, name="module", instead=instead,
        pictures={"qr": pdf.qr(log_address)}, is_kept=True,
    )  # fmt: skip


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
