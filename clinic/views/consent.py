"""What a patient reads and agrees to before their first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clinic import actions
from clinic.access import own_patient, signed_in_page
from clinic.forms import ConsentForm


@signed_in_page
def consent(request: HttpRequest) -> HttpResponse:
    patient = own_patient(request)
    version = patient.clinic.consent_version
    if patient.consented_version == version:
        return redirect("today")
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.give_consent(patient=patient, by=request.user)
        return redirect("today")
    context = {"form": form, "patient": patient, "words": f"clinic/consent_v{version}.html"}
    return render(request, "clinic/consent.html", context)
