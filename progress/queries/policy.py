"""The numbers that count: the usual ones, with a clinic's and a patient's laid over them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from clinic.models import Clinic, Patient
from progress.models import PolicyChoice
from progress.rules.progression.policy import DEFAULT, Policy, overridden

Layers = dict[UUID | None, dict[str, float]]


def layers_of(clinic: Clinic, patients: Iterable[UUID] = ()) -> Layers:
    """What was chosen for the clinic (under None) and for each of these patients; one query."""
    choices = PolicyChoice.objects.filter(clinic=clinic)
    of_these = choices.filter(patient__in=list(patients)) | choices.filter(patient__isnull=True)
    newest = of_these.order_by("patient_id", "name", "-chosen_at", "-pk").distinct("patient_id", "name")
    layers: Layers = defaultdict(dict)
    for patient_id, name, value in newest.values_list("patient_id", "name", "value"):
        if value is not None:
            layers[patient_id][name] = value
    return layers


def policy_from(layers: Mapping[UUID | None, Mapping[str, float]], patient_id: UUID | None) -> Policy:
    return overridden(layers.get(None, {}), layers.get(patient_id, {}) if patient_id else {}, base=DEFAULT)


def policy_for(patient: Patient) -> Policy:
    """The numbers for one patient; one query."""
    return policy_from(layers_of(patient.clinic, [patient.pk]), patient.pk)
