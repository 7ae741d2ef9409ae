"""Publishing: a frozen version of what an editor made public."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction

from clinic.audit import record
from clinic.models import User
from education import rules
from education.models import Module, ModuleVersion
from education.models.reviews import Review
from education.queries import gate_look
from education.rules.claims import earliest_review

KEPT = (
    "title", "goal", "minutes", "sections", "checks", "asks", "sources", "glossary", "note", "reading_reason",
)  # fmt: skip


class NotFit(ValueError):
    """The module would confuse a reader or break a link. The editor's form says so first."""


class NotReviewed(PermissionError):
    """What a person wrote is published by a second person's approval, and by nothing else."""


def freeze_module(*, module: Module, by: User | None, review: Review | None = None) -> ModuleVersion:
    """Keep the module as it is now. Publishing the same content again gives the version that is there.

    A person answers for the whole gate. What is delivered was held to it by the tests, and must load on every later day.
    """
    must_be_reviewed(by=by, review=review, code=module.code)
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
    seen = gate_look(
        minutes=module.minutes,
        sections=content["sections"],
        checks=content["checks"],
        asks=content["asks"],
        reason=module.reading_reason,
    )
    found = seen.problems if by else seen.broken
    if found:
        raise NotFit(f"{module.code} can't be published: {found}")
    content["reading_reason"] = module.reading_reason.strip() if seen.overridden else ""
    return _kept(module=module, content=content, overridden=seen.overridden, by=by, review=review)


def must_be_reviewed(*, by: User | None, review: Review | None, code: str) -> None:
    """Raise NotReviewed unless it is delivered content, or somebody other than its author approved it."""
    if by and (review is None or review.by == by):
        raise NotReviewed(f"{code} can't be published: nobody else has looked at it")


@transaction.atomic
def _kept(
    *,
    module: Module,
    content: dict[str, object],
    overridden: Sequence[rules.Problem],
    by: User | None,
    review: Review | None,
) -> ModuleVersion:
    Module.objects.select_for_update().get(pk=module.pk)  # two publishers must not take the same number
    newest = module.versions.order_by("-number").first()
    if newest and all(getattr(newest, name) == content[name] for name in KEPT):
        return newest
    number = newest.number + 1 if newest else 1
    version = ModuleVersion.objects.create(
        module=module,
        number=number,
        published_by=by,
        reviewed_by=review and review.by,
        reviewed_at=review and review.at,
        review_by=earliest_review(content["sections"]),
        overridden=[asdict(problem) for problem in overridden],
        **content,
    )
    detail = {"module": module.code, "number": number, "overridden": len(overridden)}
    record(by=by, verb="module.published", subject=version, **detail)
    return version
