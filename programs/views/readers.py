"""How many read which version of a module now."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from clinic.access import Role, staff_page
from programs import queries

if TYPE_CHECKING:
    from clinic.models import Membership


@staff_page(Role.EDITOR)
@require_safe
def readers(request: HttpRequest, membership: "Membership", key: int) -> HttpResponse:
    module = queries.row_in_review("modules", key, request.user)
    if module is None:
        raise Http404
    edit_url = reverse(module.snippet_viewset.get_url_name("edit"), args=[module.pk])
    context = {"module": module, "rows": queries.readers(module, request.user), "edit_url": edit_url}
    return render(request, "programs/desk/readers.html", context)
