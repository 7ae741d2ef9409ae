"""What the publish gate makes of a form as it stands, for the panel beside it."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from clinic.access import Role, staff_page
from education.forms import look_at, told
from programs import queries

if TYPE_CHECKING:
    from clinic.models import Membership


@staff_page(Role.EDITOR)
@require_POST
def gate(request: HttpRequest, membership: "Membership", key: int) -> HttpResponse:
    """Nothing is saved. 422 while a field holds what no draft could, such as words where a number belongs."""
    row = queries.row_in_review("modules", key, request.user)
    if row is None:
        raise Http404
    if not {f"{name}-count" for name in ("sections", "checks", "asks")} <= set(request.POST):
        return render(request, "programs/desk/gate_waits.html", status=422)
    form_class = row.snippet_viewset.get_form_class(for_update=True)
    form = form_class(request.POST, instance=row.get_latest_revision_as_object(), for_user=request.user)
    form.defer_required_fields()
    if not form.is_valid():
        return render(request, "programs/desk/gate_waits.html", status=422)
    return render(request, "programs/desk/gate.html", {"told": told(look_at(form.cleaned_data))})
