"""The demo's own door: this machine only, and only while DEMO is set."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from clinic.access import open_page

LOOPBACK = {"127.0.0.1", "::1"}
LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "[::1]"}


def is_here(request: HttpRequest) -> bool:
    """Whether the browser runs on this machine. A forwarded request never counts."""
    host = (
        request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()
    )
    forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    return (
        settings.DEMO and request.META["REMOTE_ADDR"] in LOOPBACK and host in LOOPBACK_HOSTS and not forwarded
    )


def demo_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to anyone at this machine's own browser; for everyone else there is nothing here."""

    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_here(request):
            raise Http404
        return view(request, *args, **kwargs)

    return open_page(door)
