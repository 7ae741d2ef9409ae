"""Which easier exercise may take a planned one's place for a day, and which items a bad day asks for."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F

from clinic.models import Clinic
from programs.models import Exercise, ExerciseVersion, PlanItem
from programs.rules.bad_day import Option, short_version


def easier_ways(items: Sequence[PlanItem], clinic: Clinic) -> dict[UUID, tuple[ExerciseVersion, ...]]:
    """By item, the versions that its exercise names as easier; one query. Offer the first.

    Later ones are older versions: a page that was opened before an editor published may still send those.
    """
    codes = {code for item in items for code in item.exercise_version.content["easier"]}
    seen = ExerciseVersion.objects.filter(exercise__in=Exercise.objects.seen_in(clinic), code__in=codes)
    own_first = F("exercise__clinic_id").asc(nulls_last=True)
    rows = list(seen.order_by("-exercise__live", own_first, "-number"))
    return {item.pk: _named(item, rows) for item in items}


def short_items(items: Sequence[PlanItem]) -> tuple[PlanItem, ...]:
    """The items of the short version, in the plan's order; runs no query."""
    options = [
        Option(
            item_id=item.pk, family=item.exercise_version.content["family"],
            profile=item.exercise_version.content["profile"], dose=item.dose,
        )
        for item in items
    ]  # fmt: skip
    chosen = short_version(options)
    return tuple(item for item in items if item.pk in chosen)


def _named(item: PlanItem, rows: Sequence[ExerciseVersion]) -> tuple[ExerciseVersion, ...]:
    codes = item.exercise_version.content["easier"]
    return tuple(row for code in codes for row in rows if row.code == code)
