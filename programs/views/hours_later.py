"""How it was an hour after a session: asked on Today, changed here."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clinic.access import program_page
from clinic.tasks import wake
from programs import actions, queries
from programs.forms import HourLaterForm
from programs.rules.sessions import may_tell_hour_later

if TYPE_CHECKING:
    from clinic.models import Patient


@program_page
@require_http_methods(["GET", "HEAD", "POST"])
def hour_later(request: HttpRequest, patient: "Patient", client_id: UUID) -> HttpResponse:
    """Answers are taken for two days; after that the session's page says what is known."""
    session = queries.session_receipt(patient, client_id)
    if session is None:
        raise Http404
    now = timezone.now()
    if not session.took_place or not may_tell_hour_later(performed_at=session.performed_at, now=now):
        return redirect("session_log", client_id)
    form = HourLaterForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "session": session, "key": uuid4(), "clinic_name": patient.clinic.name}
        return render(request, "programs/hour_later.html", context, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    actions.tell_hour_later(
        patient=patient, session=session, client_id=said["key"], pain=said["pain"], by=request.user, now=now
    )
    wake("progress.tasks.reconsider", str(patient.pk))
    return redirect("session_log", client_id)
