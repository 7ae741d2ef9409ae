"""What a patient's phone asks for itself: which pages to keep for times without network, and what has reached us."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.access import own_page, person_key
from education.queries import reading_list
from progress.queries.receipts import receipts

if TYPE_CHECKING:
    from clinic.models import Patient

KEPT = (
    "today", "plan", "plan_week", "safety", "cards", "log_session", "daily_check", "measures", "screen", "saved", "modules",
    "settings",
)  # fmt: skip


@own_page
@require_safe
def kept_pages(request: HttpRequest, patient: "Patient") -> HttpResponse:
    """The pages that should open without network, all parts of each module among them; and a token to send with."""
    modules = [reverse("module", args=[reading.pk]) + "?all=1" for reading in reading_list(patient)]
    pages = [*map(reverse, KEPT), reverse("log_session") + "?short=1", *modules]
    answer = {"person": person_key(request.user), "csrf": get_token(request), "pages": pages}
    return JsonResponse(answer)


@own_page
@require_safe
def saved(request: HttpRequest, patient: "Patient") -> HttpResponse:
    with timezone.override(patient.time_zone):
        return render(request, "progress/saved.html", {"receipts": receipts(patient)})
