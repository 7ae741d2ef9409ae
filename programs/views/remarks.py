"""What editors say to each other about a module's draft."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clinic.access import Role, staff_page
from education import actions
from programs import forms, queries

if TYPE_CHECKING:
    from clinic.models import Membership
    from education.models import Module


@staff_page(Role.EDITOR)
@require_POST
def remarks(request: HttpRequest, membership: "Membership", key: int) -> HttpResponse:
    module = queries.row_in_review("modules", key, request.user)
    if module is None:
        raise Http404
    form = forms.RemarkForm(request.POST)
    if form.is_valid():
        _done(module, form.cleaned_data, request)
    else:
        messages.error(request, _("Please write something first."))
    if form.cleaned_data.get("back") == "review":
        return redirect("review", "modules", module.pk)
    return redirect(reverse(module.snippet_viewset.get_url_name("edit"), args=[module.pk]))


def _done(module: "Module", said: dict[str, object], request: HttpRequest) -> None:
    if said["what"] == "say":
        actions.make_remark(module=module, key=said["key"], text=said["text"], by=request.user)
        return
    remark = queries.remark(module, said["remark"])
    if remark is None:
        raise Http404
    if said["what"] == "answer":
        actions.answer_remark(remark=remark, text=said["text"], by=request.user)
    else:
        actions.settle_remark(remark=remark, by=request.user)
