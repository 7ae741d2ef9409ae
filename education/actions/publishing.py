"""Publishing: a frozen version of what an editor made public."""

from django.db import transaction

from clinic.audit import record
from clinic.models import User
from education import rules
from education.models import Module, ModuleVersion
from education.rules.claims import earliest_review

KEPT = ("title", "goal", "minutes", "sections", "checks", "asks", "sources", "glossary", "note")


class NotFit(ValueError):
    """The module would confuse a reader or break a link. The editor's form says so first."""


def freeze_module(*, module: Module, by: User | None) -> ModuleVersion:
    """Keep the module as it is now. Publishing the same content again gives the version that is there."""
    content = {
        "title": module.title,
        "goal": module.goal,
        "minutes": module.minutes,
        "sections": module.frozen_sections,
        "checks": module.frozen_checks,
        "asks": module.frozen_asks,
        "sources": module.cited,
        "glossary": module.explained,
        "note": module.note,
    }
    found = rules.problems(
        minutes=module.minutes,
        sections=content["sections"],
        checks=content["checks"],
        asks=content["asks"],
        known_sources=content["sources"],
    )
    if found:
        raise NotFit(f"{module.code} can't be published: {found}")
    return _kept(module=module, content=content, by=by)


@transaction.atomic
def _kept(*, module: Module, content: dict[str, object], by: User | None) -> ModuleVersion:
    Module.objects.select_for_update().get(pk=module.pk)  # two publishers must not take the same number
    newest = module.versions.order_by("-number").first()
    if newest and all(getattr(newest, name) == content[name] for name in KEPT):
        return newest
    number = newest.number + 1 if newest else 1
    version = ModuleVersion.objects.create(
        module=module,
        number=number,
        published_by=by,
        review_by=earliest_review(content["sections"]),
        **content,
    )
    record(by=by, verb="module.published", subject=version, module=module.code, number=number)
    return version
