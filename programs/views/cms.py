"""Pages of our own among Wagtail's, under /cms/."""

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import require_admin_access

from clinic.access import Role, staff_page
from programs import actions, queries
from programs.forms import PackGoAhead, PackUpload, PosePreview
from programs.ownership import WalledHistory

if TYPE_CHECKING:
    from clinic.models import Membership

KEPT_SECONDS = 1800  # an upload waits for the word to go ahead


@staff_page(Role.EDITOR)
@require_safe
def site_history(
    request: HttpRequest, membership: "Membership", *, results_only: bool = False
) -> HttpResponse:
    return require_admin_access(WalledHistory.as_view(results_only=results_only))(request)


@staff_page(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def content_pack(request: HttpRequest, membership: "Membership") -> HttpResponse:
    """Take a pack away, or look at what one would bring; nothing is brought in here."""
    form = PackUpload(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "programs/desk/pack.html", {"form": form})
    if not form.is_valid():
        return render(request, "programs/desk/pack.html", {"form": form}, status=422)
    data, overwrite = form.cleaned_data["file"], form.cleaned_data["overwrite"]
    try:
        brought = actions.import_pack(data=data, by=request.user, overwrite=overwrite, dry_run=True)
    except actions.PackRefused as error:
        form.add_error("file", _("Nothing was brought in: %(why)s.") % {"why": error})
        return render(request, "programs/desk/pack.html", {"form": form}, status=422)
    digest = hashlib.sha256(data).hexdigest()
    cache.set(_kept(request, digest), data, KEPT_SECONDS)
    context = {"brought": brought, "counts": _counts(brought), "digest": digest, "overwrite": overwrite}
    return render(request, "programs/desk/pack_look.html", context)


@staff_page(Role.EDITOR)
@require_POST
def content_pack_import(request: HttpRequest, membership: "Membership") -> HttpResponse:
    form = PackGoAhead(request.POST)
    data = cache.get(_kept(request, form.cleaned_data["digest"])) if form.is_valid() else None
    if data is None:
        messages.error(request, _("Please choose the file once more."))
        return redirect("content_pack")
    try:
        brought = actions.import_pack(data=data, by=request.user, overwrite=form.cleaned_data["overwrite"])
    except actions.PackRefused as error:
        messages.error(request, _("Nothing was brought in: %(why)s.") % {"why": error})
        return redirect("content_pack")
    moved = sum(row.outcome in actions.PACK_MOVED for row in brought)
    words = ngettext("%(count)s row was brought in.", "%(count)s rows were brought in.", moved)
    messages.success(request, words % {"count": moved} + " " + _("What has drafts waits as a draft."))
    return redirect("wagtailadmin_home")


@staff_page(Role.EDITOR)
@require_POST
def content_pack_export(request: HttpRequest, membership: "Membership") -> HttpResponse:
    answer = HttpResponse(actions.export_pack(by=request.user), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="hipwise-content.zip"'
    return answer


@staff_page(Role.EDITOR)
@require_POST
def pose_preview(request: HttpRequest, membership: "Membership") -> JsonResponse:
    """The picture of a pose that is being edited, and what a person could not do in it."""
    form = PosePreview(request.POST)
    if not form.is_valid():
        return JsonResponse({"faults": form.errors.get("pose", [])}, status=422)
    svg, faults = queries.drawn(form.cleaned_data["pose"])
    return JsonResponse({"svg": svg, "faults": faults})


def _kept(request: HttpRequest, digest: str) -> str:
    """Where one person's upload waits; nobody else's word brings it in."""
    return f"content-pack:{request.user.pk}:{digest}"


def _counts(brought: list[actions.Brought]) -> list[tuple[actions.PackOutcome, int]]:
    counted = Counter(row.outcome for row in brought)
    return [(outcome, counted[outcome]) for outcome in actions.PackOutcome]
