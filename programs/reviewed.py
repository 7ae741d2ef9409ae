"""Wagtail's views at the content desk, with a second person between a draft and its publication.

Nobody publishes from the form, superusers included: what they get instead is "Send to review". Whoever may change a text may
take it off, and may call off what is planned: that needs no second look.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import URLPattern, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.snippets import action_menu
from wagtail.snippets.views import snippets

from education import actions
from education.forms import told
from education.models import Remark
from education.models.reviews import may_review, reviewers
from programs.queries import block_keys, kind_in_review, look, open_remarks

CLOSED = {"workflow_action", "collect_workflow_action_data"}  # the page for it is ours


class _SentToReview:
    """What adding and editing share."""

    def get_available_actions(self) -> list[str]:
        return [
            name for name in super().get_available_actions() if name not in {"publish", "restart-workflow"}
        ]

    def workflow_action_is_valid(self) -> bool:
        return False

    def user_has_permission(self, permission: str) -> bool:
        return super().user_has_permission("change" if permission == "publish" else permission)

    def submit_action(self) -> None:
        actions.ask_for_review(row=self.object, by=self.request.user)

    def get_success_message(self, instance: object = None) -> str:
        if self.action == "submit":
            if reviewers(self.object).exists():
                return gettext(
                    "Sent to review. Somebody who did not write it looks at it now; you will get a mail."
                )
            return gettext(
                "Sent to review. Nobody else can review it yet: ask your clinic's admin for a second editor."
            )
        if self.action == "cancel-workflow":
            return gettext("Taken back. It is a draft again.")
        return super().get_success_message(instance)


class Add(_SentToReview, snippets.CreateView):
    """A new text: a draft until somebody else has approved it."""


class Edit(_SentToReview, snippets.EditView):
    """A text: each change is a draft until somebody else has approved it."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        state = self.workflow_state
        if state and state.status == state.STATUS_NEEDS_CHANGES and state.current_task_state.comment:
            step = state.current_task_state
            words = gettext("%(name)s asks for changes: %(comment)s")
            messages.warning(request, words % {"name": step.finished_by.name, "comment": step.comment})
        return super().get(request, *args, **kwargs)


class GatePanel(BaseSidePanel):
    """What the publish gate says, beside the form."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle the publish gate")
        icon_name = "clipboard-list"
        has_counter = False

    name = "gate"
    title = _("Publish gate")
    template_name = "programs/desk/gate_panel.html"
    order = 120

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, object]:
        url = reverse("gate", args=[self.object.pk])
        return {**super().get_context_data(parent_context), "told": told(look(self.object)), "url": url}


class RemarksPanel(BaseSidePanel):
    """What editors say to each other, beside the form."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle remarks")
        icon_name = "comment"

        def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, object]:
            return {**super().get_context_data(parent_context), "count": len(self.panel.remarks)}

    name = "remarks"
    title = _("Remarks")
    template_name = "programs/desk/remarks_panel.html"
    order = 130

    @cached_property
    def remarks(self) -> list[Remark]:
        return open_remarks(self.object)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, object]:
        context = {"remarks": self.remarks, "keys": block_keys(self.object)}
        token = {"csrf_token": get_token(self.request)}
        return {**super().get_context_data(parent_context), **context, **token}


class EditModule(Edit):
    """A module, with the publish gate and the remarks beside the form."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        if self.expects_json_response:  # saved by itself: ours stay as they are
            return panels
        ours = [kind(self.object, self.request) for kind in (GatePanel, RemarksPanel)]
        return MediaContainer([*panels, *ours])


class Unpublish(snippets.UnpublishView):
    permission_required = "change"


class Unschedule(snippets.RevisionsUnscheduleView):
    permission_required = "change"


class Reviewed:
    """What a viewset of reviewed rows adds."""

    add_view_class = Add
    edit_view_class = Edit
    unpublish_view_class = Unpublish
    revisions_unschedule_view_class = Unschedule

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in CLOSED]


class SendToReview(action_menu.SubmitForModerationMenuItem):
    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, object]:
        return {**super().get_context_data(parent_context), "label": _("Send to review")}


class TakeBack(action_menu.CancelWorkflowMenuItem):
    label = _("Take it back from review")


class TakeOff(action_menu.UnpublishMenuItem):
    label = _("Take it off")

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        return context["view"] == "edit" and context["instance"].live and not context.get("locked_for_user")


class LookAtIt(action_menu.ActionMenuItem):
    """The way to the page where it is reviewed."""

    name = "action-review"
    label = _("Review it")
    icon_name = "view"
    template_name = "programs/desk/review_menu_item.html"

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        row = context.get("instance")
        return bool(row and row.workflow_in_progress and may_review(row, context["request"].user))

    def get_url(self, parent_context: Mapping[str, Any]) -> str:
        row = parent_context["instance"]
        return reverse("review", args=[kind_in_review(row), row.pk])


OURS = (SendToReview(order=10), TakeOff(order=20), TakeBack(order=40), LookAtIt(order=5))
WAGTAILS = (
    action_menu.PublishMenuItem,
    action_menu.RestartWorkflowMenuItem,
    action_menu.WorkflowMenuItem,
    action_menu.SubmitForModerationMenuItem,
    action_menu.CancelWorkflowMenuItem,
    action_menu.UnpublishMenuItem,
)


def menu_of(
    items: list[action_menu.ActionMenuItem], context: Mapping[str, Any]
) -> list[action_menu.ActionMenuItem]:
    """The buttons below a form: ours in place of Wagtail's that lead past a review."""
    kept = [item for item in items if not isinstance(item, WAGTAILS)]
    return sorted([*kept, *(item for item in OURS if item.is_shown(context))], key=lambda item: item.order)
