"""A clinic's own versions: made from the library, set beside their originals, brought nearer part by part."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clinic.access import Role, staff_page
from programs import actions, queries
from programs.forms import SeenNumber, TakenPart

if TYPE_CHECKING:
    from clinic.models import Membership
    from programs.models import Exercise, ProgramTemplate


@staff_page(Role.EDITOR)
@require_POST
def make_own_version(
    request: HttpRequest, membership: "Membership", kind: str, version_id: UUID
) -> HttpResponse:
    original = queries.original(kind, version_id)
    if original is None:
        raise Http404
    try:
        row = actions.make_own_version(original=original, clinic=membership.clinic, by=request.user)
    except actions.NotAnOriginal:
        raise Http404 from None
    messages.success(request, _("This is your clinic's own version. Nobody sees it until you publish it."))
    return redirect(reverse(row.snippet_viewset.get_url_name("edit"), args=[row.pk]))


@staff_page(Role.PRACTITIONER, Role.ADMIN, Role.EDITOR)
@require_safe
def own_version(request: HttpRequest, membership: "Membership", kind: str, key: int) -> HttpResponse:
    row = _own_row(kind, key, membership)
    may_edit = queries.is_editor_of(membership.clinic, request.user)
    context = {
        "row": row,
        "kind": kind,
        "drift": queries.drift(row),
        "may_edit": may_edit,
        "edit_address": reverse(row.snippet_viewset.get_url_name("edit"), args=[row.pk]),
        "clinic_name": membership.clinic.name,
    }
    return render(request, "programs/own_version.html", context)


@staff_page(Role.EDITOR)
@require_POST
def own_version_seen(request: HttpRequest, membership: "Membership", kind: str, key: int) -> HttpResponse:
    row, form = _own_row(kind, key, membership), SeenNumber(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    try:
        actions.look_at_original(row=row, by=request.user, **form.cleaned_data)
    except actions.UnknownPart:
        return HttpResponseBadRequest()
    messages.success(request, _("Noted. You will hear of the next change."))
    return redirect("own_version", kind, key)


@staff_page(Role.EDITOR)
@require_POST
def own_version_take(request: HttpRequest, membership: "Membership", kind: str, key: int) -> HttpResponse:
    row, form = _own_row(kind, key, membership), TakenPart(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    try:
        actions.take_from_original(row=row, by=request.user, **form.cleaned_data)
    except actions.UnknownPart:
        return HttpResponseBadRequest()
    except actions.OriginalMovedOn:
        messages.error(request, _("The original changed while you were looking. Here is how it reads now."))
    except actions.BeingEdited:
        messages.error(request, _("Somebody else is working on this version. Nothing was copied."))
    else:
        messages.success(request, _("Copied into your draft. Publish it when you are ready."))
    return redirect("own_version", kind, key)


def _own_row(kind: str, key: int, membership: "Membership") -> "Exercise | ProgramTemplate":
    row = queries.own_row(kind, key, membership.clinic)
    if row is None:
        raise Http404
    return row
