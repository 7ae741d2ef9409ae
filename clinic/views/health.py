"""Signs of life for whoever watches this machine. They say nothing about people."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from clinic import queries
from clinic.access import open_page


@open_page
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; touches nothing."""
    return HttpResponse("ok", content_type="text/plain")


@open_page
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when people can be served, perhaps degraded; 503 when they cannot or when reminders would not go out."""
    readiness = queries.readiness(timezone.now())
    answer = {"status": readiness.status, "parts": readiness.parts}
    return JsonResponse(answer, status=503 if readiness.status == "down" else 200)
