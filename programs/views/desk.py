"""The practitioner's plan desk: assign, change and end a patient's plan."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.access import care_page
from programs import actions, queries
from programs.forms import Chosen, PlanDesk, open_desk
from programs.rules.days import local_day

if TYPE_CHECKING:
    from clinic.models import Patient
    from programs.models import Plan


@care_page
@require_http_methods(["GET", "HEAD", "POST"])
def patient_plan(request: HttpRequest, patient: "Patient") -> HttpResponse:
    """One form. POST saves, or, when a button only rearranges, gives the same form again."""
    today = local_day(timezone.now(), patient.time_zone)
    shelf = queries.shelf(patient, on=today)
    if request.method == "POST":
        desk = PlanDesk(request.POST, today=today, shelf=shelf)
        return _posted(request, patient, shelf, desk)
    chosen = shelf.template(Chosen(request.GET).template()) or shelf.recommended()
    desk = open_desk(patient, shelf, chosen=chosen, today=today)
    return _desk_page(request, patient, shelf, desk)


@care_page
@require_http_methods(["GET", "HEAD", "POST"])
def end_patient_plan(request: HttpRequest, patient: "Patient") -> HttpResponse:
    plan = queries.open_plan(patient)
    if plan is None:
        return redirect("patient_plan", patient.pk)
    if request.method == "POST":
        _end(request, plan)
        return redirect("patient_plan", patient.pk)
    context = {"patient": patient, "plan": plan, "clinic_name": patient.clinic.name}
    return render(request, "programs/end_plan.html", context)


def _end(request: HttpRequest, plan: "Plan") -> None:
    try:
        actions.end_plan(plan=plan, by=request.user)
    except actions.PlanAlreadyEnded:
        messages.info(request, _("This plan was ended already."))
    else:
        messages.success(request, _("The plan is ended. Everything that was logged stays."))


def _posted(request: HttpRequest, patient: "Patient", shelf: queries.Shelf, desk: PlanDesk) -> HttpResponse:
    if not desk.is_for(patient):
        return render(request, "programs/wrong_patient.html", {"patient": patient}, status=409)
    if not desk.wants_saving():
        return _desk_page(request, patient, shelf, desk)
    if not desk.is_valid():
        return _desk_page(request, patient, shelf, desk, status=422)
    trouble = _save(request, patient, shelf, desk)
    if trouble:
        return _desk_page(request, patient, shelf, desk, trouble=trouble, status=409)
    messages.success(request, _("The plan is saved."))
    return redirect("patient", patient.pk)


def _save(request: HttpRequest, patient: "Patient", shelf: queries.Shelf, desk: PlanDesk) -> str:
    """Start or revise; "" when saved, else a sentence on why not."""
    try:
        if desk.is_new():
            actions.start_plan(
                patient=patient, by=request.user, template_version=desk.template(), **desk.first_plan()
            )
        elif shelf.plan is None:
            raise actions.PlanAlreadyEnded
        else:
            actions.revise_plan(plan=shelf.plan, by=request.user, **desk.next_version())
    except actions.PlanAlreadyOpen as error:
        who, at = str(error.plan.started_by), _clock(error.plan.started_at, patient)
        return _("%(who)s started a plan for this patient at %(at)s.") % {"who": who, "at": at}
    except actions.PlanMovedOn as error:
        desk.look_again(error.newest.number)
        who, at = str(error.newest.created_by), _clock(error.newest.created_at, patient)
        return _("%(who)s changed this plan at %(at)s.") % {"who": who, "at": at}
    except actions.PlanAlreadyEnded:
        return _("This plan was ended while you were changing it.")
    return ""


def _clock(at: datetime, patient: "Patient") -> str:
    """A moment as the clinic's clocks show it."""
    local = at.astimezone(ZoneInfo(patient.clinic.time_zone))
    return f"{time_format(local, 'H:i')}, {date_format(local, 'j F')}"


def _desk_page(
    request: HttpRequest,
    patient: "Patient",
    shelf: queries.Shelf,
    desk: PlanDesk | None,
    *,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "patient": patient, "shelf": shelf, "desk": desk, "trouble": trouble, "clinic_name": patient.clinic.name,
        "families": shelf.options(),
    }  # fmt: skip
    return render(request, "programs/patient_plan.html", context, status=status)
