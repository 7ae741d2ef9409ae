"""The cast of the program tests: a clinician with a patient in their care, each signed in."""

import pytest
from django.test import Client

from clinic.models import Clinic, Patient, User
from tests.clinic.people import signed_in
from tests.factories import make_clinic, make_member, make_patient


@pytest.fixture
def clinic(db: None) -> Clinic:
    return make_clinic(name="Riverside")


@pytest.fixture
def clinician(clinic: Clinic) -> User:
    return make_member(clinic, name="Dr Lee")


@pytest.fixture
def patient(clinic: Clinic, clinician: User) -> Patient:
    return make_patient(clinic, in_care_of=clinician, name="Sam Okafor")


@pytest.fixture
def phone(patient: Patient) -> Client:
    """The patient, signed in."""
    return signed_in(patient.user)


@pytest.fixture
def desk(clinician: User) -> Client:
    """The clinician, signed in."""
    return signed_in(clinician)
