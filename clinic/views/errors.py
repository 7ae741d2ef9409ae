"""What to say when something in a request is not as it should be. A script gets JSON, a person gets the next step."""

from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import defaults

from clinic.access import wants_json

KEPT_CHARACTERS, KEPT_FIELDS = 100_000, 300
NEVER_SHOWN = ("csrfmiddlewaretoken", "code", "password")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Offer what was typed once more with a fresh token; but never what another site has put into the request."""
    if wants_json(request):
        return JsonResponse({"error": "csrf"}, status=403)
    kept = _typed(request) if _is_from_here(request) else []
    return render(request, "403_csrf.html", {"kept": kept, "action": request.get_full_path()}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    too_big = isinstance(exception, RequestDataTooBig)
    status = 413 if too_big else 400
    if wants_json(request):
        return JsonResponse({"error": "too_big" if too_big else "bad_request"}, status=status)
    return render(request, f"{status}.html", status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": "not_found"}, status=404)
    return defaults.page_not_found(request, exception)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": "not_allowed"}, status=403)
    return defaults.permission_denied(request, exception)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent this. Every browser names the origin of a POST; without one we cannot know."""
    source = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    fetched_from = request.headers.get("Sec-Fetch-Site", "same-origin")
    return (source.scheme, source.netloc, fetched_from) == (request.scheme, request.get_host(), "same-origin")


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    kept = [(name, value) for name, value in fields if name not in NEVER_SHOWN]
    too_much = len(kept) > KEPT_FIELDS or sum(len(value) for _name, value in kept) > KEPT_CHARACTERS
    return [] if too_much else kept
