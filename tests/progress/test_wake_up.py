"""Logging something has the plan looked at, soon and without waiting for it."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from clinic import tasks
from clinic.models import Patient
from progress.models import Proposal
from progress.tasks import reconsider, reconsider_stale
from tests.factories import make_clinic, make_patient, make_plan

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.now().date()


@pytest.fixture
def patient() -> Patient:
    return make_patient(make_clinic())


@pytest.fixture
def woken(monkeypatch) -> list[tuple[str, tuple[str, ...]]]:
    calls: list[tuple[str, tuple[str, ...]]] = []
    monkeypatch.setattr(tasks, "_publish_soon", lambda task, ids: calls.append((task, ids)))
    return calls


def check() -> dict[str, str]:
    return {"client_id": str(uuid4()), "on": today().isoformat(), "morning_pain": "3"}


def test_a_check_wakes_it(
    client: Client, patient: Patient, woken: list, django_capture_on_commit_callbacks: Callable
) -> None:
    client.force_login(patient.user)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/log/check/", check())

    assert woken == [(reconsider.name, (str(patient.pk),))]


def test_a_session_wakes_it(
    client: Client, patient: Patient, woken: list, django_capture_on_commit_callbacks: Callable
) -> None:
    client.force_login(patient.user)
    said = {
        "outcome": "not_today",
        "on": today().isoformat(),
        "version": make_plan(patient).versions.get().pk,
    }
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/log/sessions/{uuid4()}/", said)

    assert woken == [(reconsider.name, (str(patient.pk),))]


def test_the_task_looks_at_this_patients_plan_only(patient: Patient) -> None:
    plans = [make_plan(one, started_on=today()) for one in (patient, make_patient(patient.clinic))]

    reconsider(str(patient.pk))

    assert [row.plan for row in Proposal.objects.all()] == plans[:1]


def test_the_sweep_looks_at_everyones() -> None:
    clinics = [make_clinic(), make_clinic()]
    plans = {make_plan(make_patient(clinic), started_on=today()) for clinic in clinics}

    reconsider_stale()

    assert {row.plan for row in Proposal.objects.all()} == plans
