"""The measures: the patient's short page, and the clinician's page with the activities and every answer."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clinic.access import care_page, own_page, wants_json
from clinic.tasks import wake
from programs.forms import SessionForm
from programs.rules.days import local_day
from progress.actions import (
    AlreadyNamed,
    SheetAlreadyCorrected,
    TooManyActivities,
    end_activity,
    log_measures,
    name_activity,
)
from progress.forms.measures import ActivityForm, SheetForm
from progress.queries import measures as queries
from progress.rules.checks import Logged, Outcome
from progress.rules.measures import NOT_EMBEDDED, Key, is_correctable
from progress.tasks import reconsider
from progress.views.measured import about, answered, known_answers, told_lines

if TYPE_CHECKING:
    from clinic.models import Patient

STATUS = {Outcome.STORED: 201, Outcome.REPEATED: 200, Outcome.CONFLICT: 409}
PER_PAGE = 20
OWN_SHOWN = 3


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def measures(request: HttpRequest, patient: "Patient") -> HttpResponse:
    """One address: GET asks what is due, POST saves, as often as it is sent."""
    if request.method == "POST":
        return _save(request, patient)
    asked = queries.asked_of(patient, local_day(timezone.now(), patient.time_zone))
    if request.GET.get("corrects"):
        return _correcting(request, patient, asked)
    goals = queries.goals_of(patient) if Key.PSFS in asked.due and not asked.activities else ()
    known = {f"name_{n}": words for n, words in enumerate(goals, start=1)}
    form = SheetForm(client_id=uuid4(), activities=asked.activities, shown=asked.due, known=known)
    return _page(request, patient, form, asked)


def _correcting(request: HttpRequest, patient: "Patient", asked: queries.Asked) -> HttpResponse:
    """The page filled in with what was answered. Saving appends a sheet that names the earlier one."""
    earlier = queries.sheet_of(patient, SessionForm.key_in(request.GET, "corrects"))
    if earlier is None:
        raise Http404
    known = known_answers(earlier)
    activities = queries.activities_for(patient, _rated(known))
    form = SheetForm(client_id=uuid4(), activities=activities, known=known)
    return _page(request, patient, form, asked)


def _rated(names: Iterable[str]) -> list[UUID]:
    """The activities that these fields are about; what is no id is about none, and the form says so."""
    told = ({"id": name.removeprefix("psfs_")} for name in names if name.startswith("psfs_"))
    return [key for key in (SessionForm.key_in(part, "id") for part in told) if key]


def _save(request: HttpRequest, patient: "Patient") -> HttpResponse:
    now = timezone.now()
    activities = queries.activities_for(patient, _rated(request.POST))
    form = SheetForm(client_id=uuid4(), activities=activities, data=request.POST)
    if not form.is_valid():
        return _not_yet(request, patient, form)
    earlier = queries.sheet_of(patient, form.cleaned_data["corrects"])
    draft = form.draft(now=now, zone=patient.time_zone, corrects=earlier and earlier.pk)
    if form.cleaned_data["corrects"] and not (earlier and is_correctable(earlier.on, draft.on)):
        return _refused(request, patient, form)
    try:
        logged = log_measures(patient=patient, draft=draft, by=request.user, now=now)
    except SheetAlreadyCorrected:
        return _refused(request, patient, form)
    wake(reconsider.name, str(patient.pk))
    return _answer(request, logged)


def _refused(request: HttpRequest, patient: "Patient", form: SheetForm) -> HttpResponse:
    """What is put right was put right before, or is more than two days old."""
    form.add_error(
        None,
        _("These answers can't be changed any more. Please tell your clinician what should be different."),
    )
    return _not_yet(request, patient, form)


def _not_yet(request: HttpRequest, patient: "Patient", form: SheetForm) -> HttpResponse:
    if wants_json(request):
        said = {"client_id": form.data.get("client_id", ""), "errors": form.errors.get_json_data()}
        return JsonResponse(said, status=422)
    asked = queries.asked_of(patient, local_day(timezone.now(), patient.time_zone))
    form.due = asked.due
    return _page(request, patient, form, asked, status=422)


def _page(
    request: HttpRequest, patient: "Patient", form: SheetForm, asked: queries.Asked, status: int = 200
) -> HttpResponse:
    today = local_day(timezone.now(), patient.time_zone)
    newest = list(reversed(asked.sheets))[:OWN_SHOWN]
    context = {
        "form": form, "shown": form.shown,
        "told": [(answered(row, plain=True), is_correctable(row.on, today)) for row in newest],
    }  # fmt: skip
    return render(request, "progress/measures.html", context, status=status)


def _answer(request: HttpRequest, logged: Logged) -> HttpResponse:
    if wants_json(request):
        answer = {
            "client_id": str(logged.row.client_id), "outcome": logged.outcome, "next": reverse("today")
        }  # fmt: skip
        return JsonResponse(answer, status=STATUS[logged.outcome])
    if logged.outcome is Outcome.CONFLICT:
        messages.warning(request, _("These questions were saved before with other answers. Both are kept."))
    else:
        messages.success(request, _("Saved. Thank you."))
    return redirect("today")


@care_page
@require_http_methods(["GET", "HEAD", "POST"])
def patient_measures(request: HttpRequest, patient: "Patient") -> HttpResponse:
    """The table, the activities with a line to add one, every answer, and what is said of each measure."""
    if request.method != "POST":
        return _staff_page(request, patient, ActivityForm())
    form = ActivityForm(request.POST)
    if form.is_valid():
        try:
            name_activity(patient=patient, by=request.user, now=timezone.now(), **form.cleaned_data)
        except AlreadyNamed:
            form.add_error("words", _("This one is on the list already."))
        except TooManyActivities:
            form.add_error("words", _("Five are on the list. Please end one first."))
        else:
            messages.success(request, _("Added. It is asked from now on."))
            return redirect("patient_measures", patient.pk)
    return _staff_page(request, patient, form, status=422)


def _staff_page(
    request: HttpRequest, patient: "Patient", form: ActivityForm, status: int = 200
) -> HttpResponse:
    today = local_day(timezone.now(), patient.time_zone)
    page = Paginator(queries.all_sheets(patient), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "patient": patient, "form": form, "page": page, "activities": queries.activities_for(patient),
        "lines": told_lines(queries.measure_lines(patient, today)),
        "past": [answered(row) for row in page.object_list],
        "about": about(), "others": NOT_EMBEDDED,
    }  # fmt: skip
    with timezone.override(patient.clinic.time_zone):
        return render(request, "progress/patient_measures.html", context, status=status)


@care_page
@require_POST
def end(request: HttpRequest, patient: "Patient", activity_id: UUID) -> HttpResponse:
    activity = get_object_or_404(patient.activities.select_related("patient"), pk=activity_id)
    end_activity(activity=activity, by=request.user, now=timezone.now())
    messages.success(request, _("Ended. What was rated stays."))
    return redirect("patient_measures", patient.pk)
