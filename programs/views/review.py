"""The page where a second person looks at a text and decides on it."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.access import Role, staff_page
from education import actions as education_actions
from education.forms import told
from programs import actions, forms, queries

if TYPE_CHECKING:
    from clinic.models import Membership

UNFIT = (education_actions.NotFit, actions.NotFit)


@staff_page(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, membership: "Membership", kind: str, key: int) -> HttpResponse:
    found = queries.review(kind, key, request.user)
    if found is None:
        raise Http404
    form = forms.DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _decided(request, found, form.cleaned_data)
    context = {"review": found, "form": form, **_ways(found)}
    if found.look:
        remarks, keys = queries.open_remarks(found.row), queries.block_keys(found.draft)
        context |= {"told": told(found.look), "remarks": remarks, "keys": keys}
    return render(request, "programs/desk/review.html", context, status=422 if form.is_bound else 200)


def _decided(request: HttpRequest, found: queries.Review, said: dict[str, object]) -> HttpResponse:
    decide = education_actions.approve if said["decision"] == "approve" else education_actions.ask_for_changes
    try:
        decide(row=found.row, step_id=said["step"], by=request.user, comment=said["comment"])
    except education_actions.NotYours:
        messages.error(request, _("You wrote part of this yourself, so somebody else decides on it."))
    except education_actions.AlreadyDecided:
        messages.error(request, _("Somebody was quicker, or it was taken back. Nothing was changed by you."))
    except UNFIT:
        messages.error(request, _("It does not pass the gate any more. Look below, and ask for changes."))
    else:
        messages.success(request, _decided_words(said))
        return redirect("wagtailadmin_home")
    return redirect("review", found.kind, found.row.pk)


def _decided_words(said: dict[str, object]) -> str:
    if said["decision"] == "approve":
        return _("Approved. It is public now, or will be at its planned time.")
    return _("Sent back, with your words.")


def _ways(found: queries.Review) -> dict[str, str]:
    """To the text at the desk, and to how a patient would see it."""
    viewset = found.row.snippet_viewset
    edit = reverse(viewset.get_url_name("edit"), args=[found.row.pk])
    if not found.step:
        return {"edit_url": edit}
    revision = [found.row.pk, found.step.revision_id]
    return {"edit_url": edit, "preview_url": reverse(viewset.get_url_name("revisions_view"), args=revision)}
