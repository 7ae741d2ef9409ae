"""What makes the site an app on a phone: a card for the home screen, a worker for times without network, a page for those."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic.access import open_page

HERO, PAPER = "#0b463f", "#f8f5ee"


@open_page
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What the home screen shows. The same for everybody: it names no clinic and no person."""
    card = {
        "id": "/",
        "name": "Hipwise",
        "short_name": "Hipwise",
        "description": _("Your exercises, your log and short reads."),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": HERO,
        "background_color": PAPER,
        "icons": [_icon("192", 192), _icon("512", 512), _icon("maskable", 512, purpose="maskable")],
        "shortcuts": [
            {"name": _("Log a session"), "url": "/log/session/"},
            {"name": _("The next 7 days"), "url": "/plan/week/"},
        ],
    }
    answer = JsonResponse(card, content_type="application/manifest+json")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


@open_page
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker, at the root so that it may answer for every page; a new one for each version of the static files."""
    answer = render(request, "clinic/sw.js", {"version": _version()}, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@open_page
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What stands in for a page that is not on this phone while there is no network."""
    return render(request, "clinic/offline.html")


def _icon(name: str, size: int, *, purpose: str = "any") -> dict[str, str]:
    return {
        "src": static(f"icons/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose,
    }  # fmt: skip


@cache
def _version() -> str:
    """Changes with any static file: the collected manifest's own hash, else one over the files as they lie here."""
    collected = getattr(staticfiles_storage, "manifest_hash", "")
    if collected:
        return collected
    files = sorted(path for path in Path(settings.BASE_DIR, "static").rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
