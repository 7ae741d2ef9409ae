"""The editor's desk at /cms/: three kinds of content, and no more of Wagtail's menus than they need."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import ObjectList, PublishingPanel
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from education.forms import ModuleForm
from education.models import Module
from programs.forms.editing import ExerciseForm, TemplateForm
from programs.models import Exercise, ProgramTemplate

MENU = {"content", "reports", "settings"}
REPORTS = {"site-history", "workflows", "workflow-tasks"}
SETTINGS = {"workflows", "workflow-tasks"}


class Modules(SnippetViewSet):
    model = Module
    icon = "openquote"
    menu_label = _("Modules")
    list_display = ("title", "code", "minutes", UpdatedAtColumn(), "status")
    list_filter = {"live": ["exact"], "has_unpublished_changes": ["exact"], "minutes": ["lte"]}
    search_fields = ("title", "code", "goal")
    search_backend_name = None
    list_per_page = 50
    edit_handler = ObjectList([*Module.panels, PublishingPanel()], base_form_class=ModuleForm)


class Exercises(SnippetViewSet):
    model = Exercise
    icon = "group"
    menu_label = _("Exercises")
    list_display = ("name", "code", "family", "profile", UpdatedAtColumn(), "status")
    list_filter = {"family": ["icontains"], "profile": ["exact"], "live": ["exact"]}
    search_fields = ("name", "code", "family", "muscles")
    search_backend_name = None
    list_per_page = 50
    edit_handler = ObjectList([*Exercise.panels, PublishingPanel()], base_form_class=ExerciseForm)


class Programs(SnippetViewSet):
    model = ProgramTemplate
    icon = "tasks"
    menu_label = _("Programs")
    list_display = ("name", "code", "frequency", UpdatedAtColumn(), "status")
    list_filter = {"live": ["exact"]}
    search_fields = ("name", "code", "who")
    search_backend_name = None
    edit_handler = ObjectList([*ProgramTemplate.panels, PublishingPanel()], base_form_class=TemplateForm)


@register_snippet
class Content(SnippetViewSetGroup):
    items = (Modules, Exercises, Programs)
    menu_label = _("Content")
    menu_name = "content"
    menu_icon = "doc-full-inverse"
    menu_order = 100


@hooks.register("construct_main_menu")
def only_what_we_use(request: HttpRequest, items: list[MenuItem]) -> None:
    _keep(items, MENU)


@hooks.register("construct_reports_menu")
def only_our_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    _keep(items, REPORTS)


@hooks.register("construct_settings_menu")
def only_our_settings(request: HttpRequest, items: list[MenuItem]) -> None:
    _keep(items, SETTINGS)


@hooks.register("insert_global_admin_js")
def date_fields_without_inline_script() -> str:
    return format_html('<script src="{}" defer></script>', static("cms.js"))


def _keep(items: list[MenuItem], names: Iterable[str]) -> None:
    items[:] = [item for item in items if item.name in names]
