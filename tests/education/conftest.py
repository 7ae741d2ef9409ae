"""The cast of the reading tests."""

import pytest
from django.test import Client

from tests.factories import give_reading, make_clinic, make_member, make_patient


@pytest.fixture
def clinic(db):
    return make_clinic()


@pytest.fixture
def clinician(clinic):
    return make_member(clinic)


@pytest.fixture
def patient(clinic, clinician):
    return make_patient(clinic, in_care_of=clinician)


@pytest.fixture
def reading(patient, clinician):
    return give_reading(patient, assigned_by=clinician)


@pytest.fixture
def phone(patient) -> Client:
    """The patient, signed in."""
    client = Client()
    client.force_login(patient.user, backend="django.contrib.auth.backends.ModelBackend")
    return client
