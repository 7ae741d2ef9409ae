"""Pages of the lowest room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clinic.access import home_of, open_page, signed_in_page


@signed_in_page
def home(request: HttpRequest) -> HttpResponse:
    return redirect(home_of(request.user))


@open_page
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; touches nothing."""
    return HttpResponse("ok", content_type="text/plain")


@open_page
def readyz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@signed_in_page
def nobody(request: HttpRequest) -> HttpResponse:
    return render(request, "clinic/nobody.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


consent = invitation = nobody
