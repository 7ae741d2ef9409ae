"""Who may edit content: one group, with exactly these permissions."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from wagtail.models import GroupPagePermission

from education.models.reviews import EDITORS

MAY = ("add", "change", "lock", "unlock", "view")  # not publish: that is a reviewer's approval


@transaction.atomic
def ensure_editors_group(*, models: Iterable[type[Model]]) -> Group:
    """Let the group edit these models, and nothing else: not Wagtail's pages and uploads."""
    group, _created = Group.objects.get_or_create(name=EDITORS)
    group.permissions.set(_wanted(models))
    pages = GroupPagePermission.objects.filter(group=group)
    for granted in (pages, group.collection_permissions.all()):
        if granted.exists():
            granted.delete()
    return group


def _wanted(models: Iterable[type[Model]]) -> QuerySet[Permission]:
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    for model in models:
        codenames = [f"{verb}_{model._meta.model_name}" for verb in MAY]
        wanted |= Q(content_type__app_label=model._meta.app_label, codename__in=codenames)
    return Permission.objects.filter(wanted)
