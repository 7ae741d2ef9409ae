"""The practitioner's assessment: examine, look again, confirm what may add to the pain."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.access import care_page
from programs import actions, queries
from programs.forms import Asked, AssessForm, VerdictForm
from programs.rules import assessment as rules
from programs.rules.days import local_day
from programs.views.assessed import comparison, finding_cards, overview

if TYPE_CHECKING:
    from clinic.models import Patient
    from programs.models import Assessment


@care_page
@require_http_methods(["GET", "HEAD", "POST"])
def patient_assess(request: HttpRequest, patient: "Patient") -> HttpResponse:
    """One form, quick or full. Switching to the full form keeps all that is filled in and saves nothing."""
    is_sent = request.method == "POST"
    asked, known = Asked(request.POST if is_sent else request.GET), queries.known_of(patient)
    corrects = asked.corrects(known.rows)
    form = AssessForm(
        request.POST if is_sent else None, today=local_day(timezone.now(), patient.time_zone),
        full=asked.full or (corrects is not None and corrects.mode == "full"),
        earlier=queries.baseline(known.before(corrects) if corrects else known.rows), corrects=corrects,
    )  # fmt: skip
    if is_sent and not asked.is_switch:
        return _posted(request, patient, known, form, corrects)
    if asked.is_switch:
        form.errors.clear()  # nothing was to be saved yet: errors wait until then
    return _form_page(request, patient, known, form, corrects)


def _posted(
    request: HttpRequest,
    patient: "Patient",
    known: queries.Known,
    form: AssessForm,
    corrects: "Assessment | None",
) -> HttpResponse:
    if not form.is_valid():
        return _form_page(request, patient, known, form, corrects, status=422)
    if form.cleaned_data["corrects"] and not corrects:
        trouble = _(
            "Somebody corrected this assessment before. Please look at it; what you typed is still here."
        )
        return _form_page(request, patient, known, form, corrects, trouble=trouble, status=409)
    said = form.cleaned_data
    try:
        row = actions.assess(
            patient=patient, client_id=said["client_id"], mode=form.mode, answers=form.answers(),
            assessed_on=said["on"], corrects=corrects, by=request.user,
        )  # fmt: skip
    except actions.AssessmentAlreadyCorrected as error:
        trouble = _("%(who)s corrected this assessment first.") % {"who": error.correction.made_by}
        return _form_page(request, patient, known, form, corrects, trouble=trouble, status=409)
    messages.success(request, _("The assessment is saved."))
    return redirect("patient_assessment", patient.pk, row.pk)


def _form_page(
    request: HttpRequest,
    patient: "Patient",
    known: queries.Known,
    form: AssessForm,
    corrects: "Assessment | None",
    *,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"patient": patient, "known": known, "form": form, "corrects": corrects, "trouble": trouble}
    return render(request, "programs/assess.html", context, status=status)


@care_page
@require_http_methods(["GET", "HEAD", "POST"])
def patient_assessment(request: HttpRequest, patient: "Patient", assessment_id: UUID) -> HttpResponse:
    """One assessment as it was found, beside the first one; each finding is confirmed or rejected here."""
    known = queries.known_of(patient)
    row = next((row for row in known.rows if row.pk == assessment_id), None)
    if row is None:
        return _corrected(patient, assessment_id)
    found = rules.findings(row.answers)
    said = {key: answer for key, (answer, about) in known.verdicts.items() if about == row}
    form = VerdictForm(request.POST if request.method == "POST" else None, findings=found, said=said)
    if form.is_bound and form.is_valid():
        actions.decide_findings(assessment=row, answers=form.verdicts(), by=request.user)
        messages.success(request, _("Noted."))
        return redirect("patient_plan" if "plan" in request.POST else "patient", patient.pk)
    context = {
        "patient": patient, "known": known, "row": row, "form": form, "cards": finding_cards(found, form, row),
        "compared": comparison(row, known), **overview(row, known),
    }  # fmt: skip
    return render(request, "programs/assessment.html", context, status=422 if form.errors else 200)


def _corrected(patient: "Patient", key: UUID) -> HttpResponse:
    """An address of a row that was corrected leads on to what counts now."""
    row = queries.assessment_of(patient, key)
    while row is not None and hasattr(row, "correction"):
        row = row.correction
    if row is None:
        raise Http404
    return redirect("patient_assessment", patient.pk, row.pk)
