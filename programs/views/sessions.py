"""Logging a session, its receipt, and the clinician's view of what was logged."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.access import care_page, program_page, wants_json
from clinic.tasks import wake
from programs import actions, queries
from programs.forms import SessionForm
from programs.rules.days import local_day
from programs.rules.sessions import is_usable_key, may_tell_hour_later

if TYPE_CHECKING:
    from clinic.models import Patient
    from programs.models import PlanItem, Session

STATUS = {actions.Outcome.STORED: 201, actions.Outcome.REPEATED: 200, actions.Outcome.CONFLICT: 409}
PER_PAGE = 25


@program_page
@require_safe
def log_session(request: HttpRequest, patient: "Patient") -> HttpResponse:
    today = local_day(timezone.now(), patient.time_zone)
    if request.GET.get("corrects"):
        return _correcting(request, patient, today=today)
    begun = _begun(request)
    if begun and queries.session_receipt(patient, begun):
        return redirect("session_log", begun)
    shown = queries.plan_on(patient, today)
    if shown is None:
        return render(request, "programs/log_nothing.html", {"clinic_name": patient.clinic.name})
    shown = shown.open_to(patient)
    due_on = queries.next_due_on(shown, today)
    items = queries.items_due(shown, due_on) if due_on else shown.items
    calm = queries.short_items(items)
    short = bool(calm) and "short" in request.GET
    form = SessionForm(
        items=calm if short else items, today=today, version_id=shown.version.pk,
        ways=queries.easier_ways(items, patient.clinic), short=short,
    )  # fmt: skip
    known = queries.logged_on(patient, today)
    return _log_page(
        request, patient, form, client_id=begun or uuid4(), due_on=due_on, known=known, calm=calm
    )


@program_page
@require_http_methods(["GET", "HEAD", "POST"])
def session_log(request: HttpRequest, patient: "Patient", client_id: UUID) -> HttpResponse:
    """One address per session: POST saves it, however often; GET shows what was saved."""
    if request.method == "POST":
        return _save(request, patient, client_id)
    session = queries.session_receipt(patient, client_id)
    if session is None:
        raise Http404
    asks = session.took_place and may_tell_hour_later(performed_at=session.performed_at, now=timezone.now())
    context = {
        "session": session,
        "asks_hour_later": asks,
        "clinic": patient.clinic,
        "clinic_name": patient.clinic.name,
    }
    return render(request, "programs/session_receipt.html", context)


@care_page
@require_safe
def patient_log(request: HttpRequest, patient: "Patient") -> HttpResponse:
    pages = Paginator(queries.sessions_of(patient), PER_PAGE)
    context = {"patient": patient, "page": pages.get_page(request.GET.get("page"))}
    return render(request, "programs/patient_log.html", context)


def _begun(request: HttpRequest) -> UUID | None:
    """The id under which a session was begun: the player keeps it in the address, so that a reload goes on."""
    key = SessionForm.key_in(request.GET, "session")
    return key if key and is_usable_key(key) else None


def _correcting(request: HttpRequest, patient: "Patient", *, today: date) -> HttpResponse:
    """The form filled in with what was said before. Saving appends a session that names the earlier one."""
    key = SessionForm.key_in(request.GET, "corrects")
    earlier = queries.session_receipt(patient, key) if key else None
    if earlier is None:
        raise Http404
    if earlier.is_corrected:
        return redirect("session_log", queries.last_correction(earlier).client_id)
    items = queries.items_under(patient, earlier.plan_version_id)
    ways = queries.easier_ways(items, patient.clinic)
    form = SessionForm(items=items, today=today, earlier=earlier, ways=ways)
    return _log_page(request, patient, form, client_id=uuid4())


def _save(request: HttpRequest, patient: "Patient", client_id: UUID) -> HttpResponse:
    now = timezone.now()
    form = _posted_form(request, patient, today=local_day(now, patient.time_zone))
    if not is_usable_key(client_id):
        form.refuse(_("This page could not be saved as it was. Please press Save once more."))
    if not form.is_valid():
        return _again(request, patient, form, client_id=client_id)
    try:
        logged = actions.log_session(patient=patient, draft=form.draft(client_id), by=request.user, now=now)
    except actions.AlreadyCorrected:
        form.add_error(None, _("This session was corrected already. Please open it again from its page."))
        return _again(request, patient, form, client_id=client_id)
    wake("progress.tasks.reconsider", str(patient.pk))
    if wants_json(request):
        address = reverse("session_log", args=[client_id])
        answer = {"client_id": str(client_id), "outcome": logged.outcome, "next": address}
        return JsonResponse(answer, status=STATUS[logged.outcome])
    if logged.outcome is actions.Outcome.CONFLICT:
        messages.warning(request, _("This session was saved before with other words. We kept both."))
    return redirect("session_log", client_id)


def _posted_form(request: HttpRequest, patient: "Patient", *, today: date) -> SessionForm:
    """The form over the items of the version it was opened under; if that is not theirs, over today's plan."""
    key = SessionForm.key_in(request.POST, "corrects")
    earlier = queries.session_receipt(patient, key) if key else None
    data = request.POST.copy()
    items = queries.items_under(patient, SessionForm.key_in(data, "version"))
    moved_on = not items or bool(key and not earlier)
    if earlier is None:
        data["corrects"] = ""
    if not items:
        shown = queries.plan_on(patient, today)
        items, data["version"] = (shown.items, shown.version.pk) if shown else ((), "")
    ways = queries.easier_ways(items, patient.clinic)
    form = SessionForm(items=items, today=today, data=data, earlier=earlier, ways=ways)
    if moved_on:
        form.refuse(_("Your plan has changed. Please look and save again."))
    return form


def _again(request: HttpRequest, patient: "Patient", form: SessionForm, *, client_id: UUID) -> HttpResponse:
    """The same page with what was typed. An id that can't be used is replaced, so that the next press works."""
    status = 422 if is_usable_key(client_id) else 400
    if wants_json(request):
        return JsonResponse({"client_id": str(client_id), "errors": form.all_errors()}, status=status)
    usable = client_id if is_usable_key(client_id) else uuid4()
    return _log_page(request, patient, form, client_id=usable, status=status)


def _log_page(
    request: HttpRequest,
    patient: "Patient",
    form: SessionForm,
    *,
    client_id: UUID,
    due_on: date | None = None,
    known: "Session | None" = None,
    calm: Sequence["PlanItem"] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form, "client_id": client_id, "due_on": due_on, "known": known, "today": form.today,
        "calm": calm,
        "clinic_name": patient.clinic.name,
    }  # fmt: skip
    return render(request, "programs/log_session.html", context, status=status)
