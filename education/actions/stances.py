"""A clinic's stance where the sources disagree."""

from collections.abc import Mapping

from django.db import transaction

from clinic.audit import record
from clinic.models import Clinic, User
from education.models import ClinicStance, ReadingAssignment
from education.queries import stances_of
from education.rules.stances import checked


@transaction.atomic
def choose_stances(*, clinic: Clinic, chosen: Mapping[str, str], by: User) -> list[ClinicStance]:
    """Keep what differs from today's stances. Raises UnknownStance.

    Reading that nobody has opened yet speaks with the new voice; what was opened keeps the one it was read in.
    """
    Clinic.objects.select_for_update().get(pk=clinic.pk)  # of two admins at once, the second sees the first's
    now = stances_of(clinic.pk)
    rows = [
        ClinicStance.objects.create(
            clinic=clinic, topic=topic, choice=checked(topic=topic, choice=key).key, chosen_by=by
        )
        for topic, key in chosen.items()
        if now.get(topic) != key
    ]
    for row in rows:
        record(by=by, verb="stance.chosen", subject=row, topic=row.topic, choice=row.choice)
    if rows:
        unopened = ReadingAssignment.objects.filter(patient__clinic=clinic, opened_at__isnull=True)
        unopened.update(stances=stances_of(clinic.pk))
    return rows
