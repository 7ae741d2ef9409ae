"""A clinic's and a patient's own numbers: kept with who, when, old and new, and counted from the next look on."""

import pytest
from django.db import IntegrityError, transaction

from clinic.models import AuditEvent
from progress.actions import choose_policy
from progress.models import PolicyChoice
from progress.queries.policy import policy_for
from progress.rules.progression.policy import DEFAULT, BadOverride
from tests.factories import make_clinic, make_member, make_patient

pytestmark = pytest.mark.django_db


def test_a_patients_number_stands_over_the_clinics_and_only_for_them() -> None:
    clinic = make_clinic()
    by, one, other = make_member(clinic), make_patient(clinic), make_patient(clinic)
    choose_policy(clinic=clinic, values={"strength_days": 10, "strength_sessions": 4}, reason="", by=by)
    choose_policy(clinic=clinic, patient=one, values={"strength_days": 14}, reason="Slow to settle", by=by)

    found = [(p.strength_days, p.strength_sessions) for p in (policy_for(one), policy_for(other))]

    assert found == [(14, 4), (10, 4)]
    assert policy_for(make_patient(make_clinic())) == DEFAULT


def test_old_and_new_are_audited_and_nothing_is_noted_twice() -> None:
    clinic = make_clinic()
    by = make_member(clinic)
    for days in (10, 10, 12):
        choose_policy(clinic=clinic, values={"strength_days": days}, reason="", by=by)

    changes = [
        (e.detail["old"], e.detail["new"])
        for e in AuditEvent.objects.filter(verb="policy.chosen").order_by("at")
    ]

    assert changes == [("", "10"), ("10", "12")]


def test_an_empty_value_goes_back_to_the_layer_below() -> None:
    clinic = make_clinic()
    by, patient = make_member(clinic), make_patient(clinic)
    choose_policy(clinic=clinic, values={"strength_days": 10}, reason="", by=by)
    choose_policy(clinic=clinic, patient=patient, values={"strength_days": 14}, reason="", by=by)

    choose_policy(clinic=clinic, patient=patient, values={"strength_days": None}, reason="", by=by)

    assert policy_for(patient).strength_days == 10


def test_what_is_out_of_range_is_not_kept() -> None:
    clinic = make_clinic()

    with pytest.raises(BadOverride, match="strength_pain_amber"):
        choose_policy(clinic=clinic, values={"strength_pain_amber": 9}, reason="", by=make_member(clinic))

    assert PolicyChoice.objects.count() == 0


def test_a_choice_is_never_rewritten() -> None:
    clinic = make_clinic()
    choose_policy(clinic=clinic, values={"strength_days": 10}, reason="", by=make_member(clinic))

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PolicyChoice.objects.update(value=1)
