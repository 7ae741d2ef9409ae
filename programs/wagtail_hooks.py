"""The editor's desk at /cms/: three kinds of content, and no more of Wagtail's menus than they need."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import ObjectList, PublishingPanel
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from clinic.models import User
from education.forms import ModuleForm
from education.models import GlossaryTerm, Module, ModuleVersion
from education.rules.claims import POLICY, freshness
from programs.forms.editing import ExerciseForm, TemplateForm
from programs.media_desk import Media
from programs.models import Exercise, ProgramTemplate
from programs.models.owned import Owned
from programs.ownership import Walled, Whose
from programs.queries import drifted, kind_of, second_looks, waiting, with_second_look
from programs.reviewed import EditModule, Reviewed, menu_of

MENU = {"content", "library", "reports", "content-pack"}
REPORTS = {"site-history"}
# They only know Wagtail's pages, or lead past our review.
PAGE_PANELS = (
    "RecentEditsPanel",
    "LockedPagesPanel",
    "UserObjectsInWorkflowModerationPanel",
    "WorkflowObjectsToModeratePanel",
)


class ModuleFilter(WagtailFilterSet):
    """What editors look for in the list of modules."""

    look_again = ChoiceFilter(
        label=_("Look again"),
        choices=[("soon", _("Soon or overdue")), ("overdue", _("Overdue"))],
        method="by_day",
    )

    class Meta:
        model = Module
        fields = {"live": ["exact"], "has_unpublished_changes": ["exact"], "minutes": ["lte"]}

    def by_day(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        days = POLICY.soon_days if value == "soon" else -1
        return rows.filter(review_by__lte=timezone.localdate() + timedelta(days=days))


class Terms(SnippetViewSet):
    """The glossary: no drafts. A published version keeps the meanings it was published with."""

    model = GlossaryTerm
    icon = "help"
    menu_label = _("Glossary")
    list_display = ("term", "meaning")
    search_fields = ("term", "forms", "meaning")
    search_backend_name = None
    list_per_page = 50


class Modules(Reviewed, SnippetViewSet):
    model = Module
    edit_view_class = EditModule
    icon = "openquote"
    menu_label = _("Modules")
    list_display = (
        "title",
        "code",
        Column("review_by", label=_("Look again by")),
        UpdatedAtColumn(),
        LiveStatusTagColumn(),
    )
    filterset_class = ModuleFilter
    search_fields = ("title", "code", "goal")
    search_backend_name = None
    list_per_page = 50
    edit_handler = ObjectList([*Module.panels, PublishingPanel()], base_form_class=ModuleForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_second_look(Module.objects.all())


class Exercises(Reviewed, Walled, SnippetViewSet):
    model = Exercise
    icon = "group"
    menu_label = _("Exercises")
    list_display = ("name", "code", "family", Whose(), UpdatedAtColumn(), LiveStatusTagColumn())
    list_filter = {"family": ["icontains"], "profile": ["exact"], "live": ["exact"]}
    search_fields = ("name", "code", "family", "muscles")
    search_backend_name = None
    list_per_page = 50
    edit_handler = ObjectList([*Exercise.panels, PublishingPanel()], base_form_class=ExerciseForm)


class Programs(Reviewed, Walled, SnippetViewSet):
    model = ProgramTemplate
    icon = "tasks"
    menu_label = _("Programs")
    list_display = ("name", "code", "frequency", Whose(), UpdatedAtColumn(), LiveStatusTagColumn())
    list_filter = {"live": ["exact"]}
    search_fields = ("name", "code", "who")
    search_backend_name = None
    edit_handler = ObjectList([*ProgramTemplate.panels, PublishingPanel()], base_form_class=TemplateForm)


KINDS = (Modules, Exercises, Programs)


@register_snippet
class Content(SnippetViewSetGroup):
    items = (*KINDS, Terms, Media)
    menu_label = _("Content")
    menu_name = "content"
    menu_icon = "doc-full-inverse"
    menu_order = 100


class Shelf(SummaryItem):
    """How many there are of one kind, in the summary on the first page."""

    template_name = "programs/desk/shelf.html"

    def __init__(self, request: HttpRequest, kind: type[SnippetViewSet]) -> None:
        super().__init__(request)
        self.kind = kind

    def get_context_data(self, parent_context: object) -> dict[str, object]:
        model = self.kind.model
        return {
            "label": self.kind.menu_label,
            "count": open_rows(model, self.request.user).count(),
            "url": reverse(model.snippet_viewset.get_url_name("list")),
            "icon_name": self.kind.icon,
        }


def open_rows(model: type[Model], user: User) -> QuerySet:
    """The rows of one kind that this person may see."""
    return model.objects.open_to(user) if issubclass(model, Owned) else model.objects.all()


class ChangedOriginals(Component):
    """Own versions whose original was published again since somebody looked, on the first page."""

    name = "changed-originals"
    order = 90
    template_name = "programs/desk/changed_originals.html"

    def get_context_data(self, parent_context: Mapping[str, HttpRequest]) -> dict[str, object]:
        rows = drifted(editor=parent_context["request"].user)
        return {"rows": [{"row": row, "kind": kind_of(row)} for row in rows]}


class InReview(Component):
    """What waits for somebody's review, and what was sent back, on the first page."""

    name = "in-review"
    order = 80
    template_name = "programs/desk/in_review.html"

    def get_context_data(self, parent_context: Mapping[str, HttpRequest]) -> dict[str, object]:
        return {"rows": waiting(parent_context["request"].user)}


class SecondLooks(Component):
    """Modules whose claims must be looked at again, on the first page."""

    name = "second-looks"
    order = 85
    template_name = "programs/desk/second_looks.html"

    def get_context_data(self, parent_context: Mapping[str, HttpRequest]) -> dict[str, object]:
        today = timezone.localdate()
        return {"rows": [_second_look(row, today) for row in second_looks(on=today)]}


def _second_look(row: ModuleVersion, today: date) -> dict[str, object]:
    url = reverse(Module.snippet_viewset.get_url_name("edit"), args=[row.module_id])
    return {"version": row, "url": url, "freshness": freshness(row.review_by, on=today)}


class Drafts(Component):
    """What waits to be published, on the first page."""

    name = "drafts"
    order = 100
    template_name = "programs/desk/drafts.html"

    def get_context_data(self, parent_context: Mapping[str, HttpRequest]) -> dict[str, object]:
        user = parent_context["request"].user
        drafts = [open_rows(kind.model, user).filter(has_unpublished_changes=True) for kind in KINDS]
        rows = [row for found in drafts for row in found.select_related("latest_revision")]
        rows.sort(key=lambda row: row.latest_revision.created_at, reverse=True)
        return {"drafts": [_draft(row) for row in rows]}


def _draft(row: Module | Exercise | ProgramTemplate) -> dict[str, object]:
    return {
        "name": row.latest_revision.object_str,
        "kind": row._meta.verbose_name,
        "url": reverse(row.snippet_viewset.get_url_name("edit"), args=[row.pk]),
        "updated_at": row.latest_revision.created_at,
    }


@hooks.register("construct_homepage_summary_items", order=1000)
def count_what_there_is(request: HttpRequest, items: list[SummaryItem]) -> None:
    items[:] = [Shelf(request, kind) for kind in KINDS]


@hooks.register("construct_homepage_panels", order=1000)
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [
        InReview(),
        SecondLooks(),
        ChangedOriginals(),
        Drafts(),
        *(panel for panel in panels if type(panel).__name__ not in PAGE_PANELS),
    ]


@hooks.register("construct_snippet_action_menu", order=1000)
def nothing_leads_past_a_review(items: list, request: HttpRequest, context: Mapping[str, object]) -> None:
    model = context.get("model") or type(context["instance"])
    if any(kind.model is model for kind in KINDS):  # photos and videos have no drafts
        items[:] = menu_of(items, context)


@hooks.register("register_snippet_listing_buttons")
def way_to_the_readers(row: Model, user: User, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(row, Module):
        yield Button(
            _("Who reads it now?"), reverse("readers", args=[row.pk]), icon_name="group", priority=30
        )


@hooks.register("construct_main_menu")
def only_what_we_use(request: HttpRequest, items: list[MenuItem]) -> None:
    _keep(items, MENU)


@hooks.register("construct_reports_menu")
def only_our_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    _keep(items, REPORTS)


@hooks.register("register_admin_menu_item")
def way_back() -> MenuItem:
    return MenuItem(_("Library"), reverse("library"), name="library", icon_name="view", order=200)


@hooks.register("register_admin_menu_item")
def way_to_the_pack() -> MenuItem:
    return MenuItem(
        _("Content pack"), reverse("content_pack"), name="content-pack", icon_name="download", order=300
    )


@hooks.register("insert_global_admin_css")
def our_colors() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("cms.css"))


@hooks.register("insert_global_admin_js")
def our_scripts() -> str:
    scripts = ("cms.js", "gate.js")
    return format_html_join("", '<script src="{}" defer></script>', ((static(name),) for name in scripts))


def _keep(items: list[MenuItem], names: Iterable[str]) -> None:
    items[:] = [item for item in items if item.name in names]
