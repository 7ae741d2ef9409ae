"""A clinic's, or a patient's, own numbers of the policy. Appended; who, when, old and new stay readable."""

from collections.abc import Mapping

from django.db import transaction

from clinic import audit
from clinic.models import Clinic, Patient, User
from progress.models import PolicyChoice
from progress.queries.policy import layers_of
from progress.rules.progression.policy import TERMS, BadOverride, overridden


@transaction.atomic
def choose_policy(
    *,
    clinic: Clinic,
    values: Mapping[str, float | None],
    reason: str,
    by: User,
    patient: Patient | None = None,
) -> list[PolicyChoice]:
    """Keep what differs from what is chosen now; None goes back to the layer below. Raises BadOverride."""
    Clinic.objects.select_for_update().get(pk=clinic.pk)  # of two at once, the second sees the first's
    unknown = set(values) - set(TERMS)
    if unknown:
        raise BadOverride(dict.fromkeys(sorted(unknown), "is not a number of the policy"))
    layers = layers_of(clinic, [patient.pk] if patient else [])
    key = patient.pk if patient else None
    now = dict(layers.get(key, {}))
    changed = {name: value for name, value in values.items() if now.get(name) != value}
    after = {name: value for name, value in (now | changed).items() if value is not None}
    overridden(after if patient is None else layers.get(None, {}) | after)
    return [_keep(clinic, patient, name, now.get(name), value, reason, by) for name, value in changed.items()]


def _keep(
    clinic: Clinic,
    patient: Patient | None,
    name: str,
    old: float | None,
    new: float | None,
    reason: str,
    by: User,
) -> PolicyChoice:
    row = PolicyChoice.objects.create(
        clinic=clinic, patient=patient, name=name, value=new, reason=reason, chosen_by=by
    )
    audit.record(
        by=by, verb="policy.chosen", patient=patient, subject=row, clinic=str(clinic.pk), name=name,
        old="" if old is None else f"{old:g}", new="" if new is None else f"{new:g}",
    )  # fmt: skip
    return row
