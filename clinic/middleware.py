"""What every request passes: an id, the second factor for staff, and no stored copies of signed-in pages."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from uuid6 import uuid7

from clinic.access import wants_json
from clinic.models import Membership

Answer = Callable[[HttpRequest], HttpResponse]


class RequestId:
    """Give each request an id that ties log lines and access rows together."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid7()
        response = self.get_response(request)
        response["X-Request-Id"] = str(request.request_id)
        return response


class LoginRequired(LoginRequiredMiddleware):
    """Deny by default. A script gets 401: a redirect would end in a 200 that looks like success."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        if wants_json(request):
            return JsonResponse({"error": "signed_out"}, status=401)
        return super().handle_no_permission(request, view_func)


class StaffSecondFactor:
    """Staff reach nothing but the second-factor pages until they have one (allauth asks for it at each sign-in)."""

    ALLOWED = ("account_", "mfa_", "usersessions_")
    ALLOWED_NAMES = ("healthz", "readyz")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable, args: list, kwargs: dict
    ) -> HttpResponse | None:
        name = request.resolver_match.url_name or ""
        if not request.user.is_authenticated or name.startswith(self.ALLOWED) or name in self.ALLOWED_NAMES:
            return None
        if request.session.get("second_factor_ok") or not self.must_have_one(request):
            return None
        if is_mfa_enabled(request.user) or (settings.DEMO and request.session.get("demo_sign_in")):
            request.session["second_factor_ok"] = True
            return None
        if wants_json(request):
            return JsonResponse({"error": "second_factor"}, status=403)
        return redirect("mfa_index")

    @staticmethod
    def must_have_one(request: HttpRequest) -> bool:
        return request.user.is_staff or Membership.objects.current().filter(user=request.user).exists()


class NoStore:
    """Nothing shown to a signed-in person is kept by a browser or proxy, unless the view said otherwise."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
