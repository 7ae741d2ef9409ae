"""What every request passes: an id, the second factor for staff, no stored copies of signed-in pages, and whose page it is."""

from collections.abc import Callable
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from csp.constants import SELF, UNSAFE_INLINE
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeout
from uuid6 import uuid7

from clinic.access import Role, must_have_second_factor, person_key, roles_of, wants_json
from clinic.adapters import SECOND_FACTORS

Answer = Callable[[HttpRequest], HttpResponse]
HEALTH = ("/healthz", "/readyz")  # answered without looking at who asks, so that they work without a database


class RequestId:
    """Give each request an id that ties log lines and access rows together."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid7()
        response = self.get_response(request)
        response["X-Request-Id"] = str(request.request_id)
        return response


class WholeForm:
    """Refuse a form that broke off on its way: the web server hands it on as if it were whole, and half a number is a number.

    408 tells the phone to send it again.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: list, view_kwargs: dict
    ) -> HttpResponse | None:
        if request.content_type != "application/x-www-form-urlencoded" or not self._is_cut(request):
            return None
        if wants_json(request):
            return JsonResponse({"error": "cut"}, status=408)
        return render(request, "400.html", status=408)

    def _is_cut(self, request: HttpRequest) -> bool:
        said = request.META.get("CONTENT_LENGTH") or "0"
        try:
            return said.isdecimal() and len(request.body) < int(said)
        except UnreadablePostError:
            return True


class TryAgainSoon:
    """Without Valkey tries cannot be counted, so signing in waits until it is back; pages that need no counting go on."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, RedisConnectionError | RedisTimeout):
            return None
        script = wants_json(request)
        answer = JsonResponse({"error": "try_again"}) if script else render(request, "503.html")
        answer.status_code, answer["Retry-After"] = 503, "60"
        return answer


class LoginRequired(LoginRequiredMiddleware):
    """Deny by default. A script gets 401: a redirect would end in a 200 that looks like success."""

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: list, view_kwargs: dict
    ) -> HttpResponse | None:
        if request.path in HEALTH:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        if wants_json(request):
            return JsonResponse({"error": "signed_out"}, status=401)
        return super().handle_no_permission(request, view_func)


class StaffSecondFactor:
    """Staff reach nothing but the pages for setting up a second factor until this very session has shown one.

    allauth asks for it at sign-in when there is one. The verdict is kept in the session, which saves every later
    request two queries; giving somebody a role ends their sessions, and the account pages look again.
    """

    VERDICT = "second_factor"
    ALLOWED = ("account_logout", "account_reauthenticate")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: list, view_kwargs: dict
    ) -> HttpResponse | None:
        if request.path in HEALTH or not request.user.is_authenticated:
            return None
        if self._is_for_setting_up(request):
            if request.method == "POST":
                request.session.pop(self.VERDICT, None)  # the last one may go now
            return None
        missing = self._missing(request)
        if missing and wants_json(request):
            return JsonResponse({"error": "second_factor"}, status=403)
        return redirect(missing) if missing else None

    def _is_for_setting_up(self, request: HttpRequest) -> bool:
        name = request.resolver_match.view_name or ""
        return name in self.ALLOWED or name.startswith("mfa_")

    def _missing(self, request: HttpRequest) -> str:
        """Where this person has to go first; empty when nothing is missing."""
        verdict = request.session.get(self.VERDICT)
        if verdict == "shown" or (verdict == "not needed" and not request.user.is_staff):
            return ""
        if not must_have_second_factor(request.user):
            request.session[self.VERDICT] = "not needed"
            return ""
        if settings.DEMO and request.session.get("demo_sign_in"):
            return self._let_in(request)
        if not is_mfa_enabled(request.user, SECOND_FACTORS):
            return reverse("mfa_index")
        if not any(record["method"] == "mfa" for record in get_authentication_records(request, request.user)):
            # Signed in before there was a second factor: the mailbox was enough then, it no longer is.
            shows_it = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
            return shows_it + "?" + urlencode({"next": request.get_full_path()})
        return self._let_in(request)

    def _let_in(self, request: HttpRequest) -> str:
        request.session[self.VERDICT] = "shown"
        request.session.set_expiry(timezone.now() + timedelta(seconds=settings.STAFF_SESSION_SECONDS))
        return ""


class EditorPolicy:
    """The content desk is for editors. Only there may a page style itself, and show a preview in a frame."""

    DESK = "/cms/"

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(self.DESK):
            response._csp_update = {"style-src": [UNSAFE_INLINE], "frame-src": [SELF]}
        return response

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: list, view_kwargs: dict
    ) -> None:
        if request.path.startswith(self.DESK) and request.user.is_authenticated:
            may_enter = request.user.is_superuser or Role.EDITOR in roles_of(request.user)
            if not (may_enter and request.user.has_perm("wagtailadmin.access_admin")):
                raise Http404


class NoStore:
    """Nothing shown to a signed-in person is kept by a browser or proxy, unless the view said otherwise."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path not in HEALTH and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class WhosePage:
    """Say whose page an answer is, so that a phone keeps one person's pages and drops them when another comes or nobody is left.

    What a phone sends later names the person it was saved for: signed in as another, it is refused, not stored as theirs.
    """

    NAME = "X-Person"
    NOBODY = "nobody"

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path not in HEALTH:
            response[self.NAME] = self._key(request)
        return response

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: list, view_kwargs: dict
    ) -> HttpResponse | None:
        meant = request.headers.get(self.NAME)
        if meant is None or request.path in HEALTH or meant == self._key(request):
            return None
        return JsonResponse({"error": "other_person"}, status=409)

    def _key(self, request: HttpRequest) -> str:
        return person_key(request.user) if request.user.is_authenticated else self.NOBODY
