"""Walls at the content desk: a clinic's own rows are not there for editors of other clinics, at no address.

Wagtail asks for permission by kind of row, never by row, and looks rows up in the whole table. So every address that
names a row is guarded here, and its lists, choosers and links know only what the person may see.
"""

from collections.abc import Callable, Iterable
from functools import wraps

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.models import ModelLogEntry
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from clinic.models import User
from programs.models import Exercise, ProgramTemplate

Row = Exercise | ProgramTemplate
View = Callable[..., HttpResponse]


class WalledPolicy(ModelPermissionPolicy):
    """Wagtail's permissions, for the rows this person may see."""

    def user_has_permission_for_instance(self, user: User, action: str, instance: Row) -> bool:
        return self.user_has_permission(user, action) and self._is_open(user, instance)

    def user_has_any_permission_for_instance(self, user: User, actions: Iterable[str], instance: Row) -> bool:
        return self.user_has_any_permission(user, actions) and self._is_open(user, instance)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet:
        return (
            self.model.objects.open_to(user)
            if self.user_has_any_permission(user, actions)
            else self.model.objects.none()
        )

    def _is_open(self, user: User, instance: Row) -> bool:
        """One query for a whole list: which own rows are open to somebody is kept with the person."""
        if instance.clinic_id is None:
            return True
        seen = vars(user).setdefault("_own_rows", {})
        if self.model not in seen:
            own = self.model.objects.open_to(user).filter(clinic__isnull=False)
            seen[self.model] = set(own.values_list("pk", flat=True))
        return instance.pk in seen[self.model]


class SharedChooser(SnippetChooserViewSet):
    """Knows the shared library only: whoever follows its codes gets their clinic's own versions by themselves."""

    def get_object_list(self) -> QuerySet:
        return self.model.objects.shared()

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns = super().get_urlpatterns()
        for pattern in patterns:
            pattern.callback = only_shared(pattern.callback, self.model)
        return patterns


class Walled:
    """What a viewset of owned rows adds: a guard on every address of a row, and whose each row is in the list."""

    chooser_viewset_class = SharedChooser

    @property
    def permission_policy(self) -> WalledPolicy:
        return WalledPolicy(self.model)

    @property
    def url_finder_class(self) -> type[ModelAdminURLFinder]:
        """Links to a row, such as from the rows that it leans on, are for those who may open it."""
        names = {"edit_url_name": self.get_url_name("edit"), "permission_policy": self.permission_policy}
        return type("WalledURLFinder", (ModelAdminURLFinder,), names)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.model.objects.open_to(request.user).with_drift()

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns = super().get_urlpatterns()
        for pattern in patterns:
            if "pk" in pattern.pattern.regex.groupindex or "pk" in getattr(pattern.pattern, "converters", {}):
                pattern.callback = behind_the_wall(pattern.callback, self.model)
        return patterns


def behind_the_wall(view: View, model: type[Row]) -> View:
    """404 for a row that is not open to this person, before the view has looked at anything."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, pk: object, **kwargs: object) -> HttpResponse:
        try:
            is_open = model.objects.open_to(request.user).filter(pk=pk).exists()
        except ValueError:
            is_open = False
        if not is_open:
            raise Http404
        return view(request, *args, pk=pk, **kwargs)

    return guarded


def only_shared(view: View, model: type[Row]) -> View:
    """404 when a row that is not shared is chosen, alone or among several."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        chosen = {str(key) for key in (kwargs.get("pk"), *request.GET.getlist("id")) if key is not None}
        if not all(key.isdecimal() for key in chosen):
            raise Http404
        if model.objects.shared().filter(pk__in=chosen).count() != len(chosen):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


class Whose(Column):
    """The clinic an own version belongs to, and whether its original has changed since."""

    def __init__(self) -> None:
        super().__init__("clinic", label=_("Whose"), accessor=self.words)

    @staticmethod
    def words(row: Row) -> str:
        if row.clinic is None:
            return _("Shared")
        if row.is_drifted:
            return format_html("{} · {}", row.clinic, _("The original changed since you copied it"))
        return str(row.clinic)


class WalledHistory(LogEntriesView):
    """Wagtail's report of who did what, without what was done to other clinics' own rows."""

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        queryset = super().filter_queryset(queryset)
        if queryset.model is not ModelLogEntry:
            return queryset
        for model in (Exercise, ProgramTemplate):
            label = {"content_type__app_label": "programs", "content_type__model": model._meta.model_name}
            closed = model.objects.exclude(pk__in=model.objects.open_to(self.request.user).values("pk"))
            queryset = queryset.exclude(
                **label, object_id__in=[str(key) for key in closed.values_list("pk", flat=True)]
            )
        return queryset
