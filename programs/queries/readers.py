"""Who reads which version of a module now, as numbers: editors see no patients."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from clinic.models import Membership, User
from education.models import Module, ModuleVersion
from education.queries import current_versions
from education.rules.claims import POLICY


@dataclass(frozen=True, kw_only=True)
class Readers:
    """One version, and how far those got who have it in the editor's clinics."""

    version: ModuleVersion
    given: int
    opened: int
    read: int
    understood: int


def readers(module: Module, editor: User) -> list[Readers]:
    """Newest version first; one query. Counts only assignments that are open now, in clinics where this person edits."""
    editing = Membership.objects.current().filter(user=editor, role=Membership.Role.EDITOR)
    theirs = Q(
        assignments__withdrawn_at__isnull=True,
        assignments__patient__clinic__in=editing.values("clinic"),
    )
    counts = {
        "given": Count("assignments", filter=theirs),
        **{
            state: Count("assignments", filter=theirs & Q(**{f"assignments__{state}_at__isnull": False}))
            for state in ("opened", "read", "understood")
        },
    }
    rows = (
        module.versions.select_related("reviewed_by")
        .defer("sections", "checks", "sources")
        .annotate(**counts)
    )
    return [
        Readers(version=row, given=row.given, opened=row.opened, read=row.read, understood=row.understood)
        for row in rows.order_by("-number")
    ]


def second_looks(*, on: date) -> list[ModuleVersion]:
    """Public versions whose claims must be looked at again soon, or should have been; the most urgent first."""
    soon = on + timedelta(days=POLICY.soon_days)
    return list(current_versions().filter(review_by__lte=soon).order_by("review_by"))


def with_second_look(modules: QuerySet[Module]) -> QuerySet[Module]:
    """With the `review_by` of each module's newest version."""
    newest = ModuleVersion.objects.filter(module=OuterRef("pk")).order_by("-number").values("review_by")[:1]
    return modules.annotate(review_by=Subquery(newest))
