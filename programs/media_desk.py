"""Photos and videos at the content desk: a list with previews, and a chooser that takes an upload on the spot."""

import json

from django.urls import URLPattern
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetCreateView,
)
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from clinic.access import signed_in_page
from education.forms import MediumForm
from education.models import Medium


class Thumbnail(Column):
    """The photo itself, small; a video says that it is one."""

    def __init__(self) -> None:
        super().__init__("thumbnail", label=_("Preview"), accessor=self.shown)

    @staticmethod
    def shown(row: Medium) -> str:
        if row.kind == Medium.Kind.VIDEO:
            return format_html('<video class="thumbnail" src="{}" preload="metadata" muted></video>', row.url)
        return format_html('<img class="thumbnail" src="{}" alt="" loading="lazy">', row.url)


class UploadView(SnippetCreateView):
    """The chooser's own form keeps who uploaded."""

    def get_creation_form_kwargs(self) -> dict[str, object]:
        return {**super().get_creation_form_kwargs(), "for_user": self.request.user}


class WithPreviews:
    @property
    def columns(self) -> list[Column]:
        return [Thumbnail(), *super().columns]


class ChooseFromMedia(WithPreviews, ChooseView):
    """The chooser as it opens."""


class MediaFound(WithPreviews, ChooseResultsView):
    """The list in the chooser, after a search or on another page."""


class QuietChooser(AdminSnippetChooser):
    """Says as data what Wagtail's own says in an inline script, which our policy refuses; static/cms.js starts it."""

    def render(self, name: str, value: object, attrs: dict | None = None, renderer: object = None) -> str:
        said = self.get_value_data(value)
        return format_html(
            '{}<span hidden data-chooser="SnippetChooser" data-for="{}" data-config="{}"></span>',
            self.render_html(name, said, attrs),
            attrs["id"],
            json.dumps(self.get_js_init_options(attrs["id"], name, said)),
        )


class MediumChooser(SnippetChooserViewSet):
    """Choose what is there, or upload on the spot."""

    creation_form_class = MediumForm
    creation_tab_label = _("Upload")
    create_action_label = _("Upload")
    create_action_clicked_label = _("Uploading…")
    choose_view_class = ChooseFromMedia
    choose_results_view_class = MediaFound
    create_view_class = UploadView

    @cached_property
    def widget_class(self) -> QuietChooser:
        return QuietChooser(model=self.model, icon=self.icon)

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns = super().get_urlpatterns()
        for pattern in patterns:
            pattern.callback = signed_in_page(pattern.callback)
        return patterns


class Media(SnippetViewSet):
    model = Medium
    icon = "image"
    menu_label = _("Photos and videos")
    list_display = ("alt", Thumbnail(), "kind", "uploaded_at")
    list_filter = {"kind": ["exact"]}
    search_fields = ("alt", "caption", "credit")
    search_backend_name = None
    list_per_page = 50
    inspect_view_enabled = False
    chooser_viewset_class = MediumChooser
    edit_handler = ObjectList(
        [
            FieldPanel("file"),
            FieldPanel("alt"),
            FieldPanel("captions"),
            FieldPanel("caption"),
            FieldPanel("credit"),
            FieldPanel("licence"),
        ],
        base_form_class=MediumForm,
    )
