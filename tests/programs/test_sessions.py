"""A session is stored once, whatever the network does; other words under the same id are kept as well."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from clinic.models import AuditEvent, Patient
from programs.actions import Outcome, log_session
from programs.models import PlanItem, Session
from tests.factories import make_clinic, make_patient, make_plan
from tests.programs.drafts import session_draft

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)


@pytest.fixture
def patient() -> Patient:
    return make_patient(make_clinic())


@pytest.fixture
def item(patient: Patient) -> PlanItem:
    make_plan(patient)
    return PlanItem.objects.get(phase__version__plan__patient=patient)


def log(patient: Patient, draft: object, now: datetime = NOW) -> object:
    return log_session(patient=patient, draft=draft, by=patient.user, now=now)


def test_a_session_is_stored_as_told(patient: Patient, item: PlanItem) -> None:
    logged = log(patient, session_draft(item, pain_after=1, effort=6, note="Good 💪"))

    session = Session.objects.get()
    assert (logged.outcome, logged.session) == (Outcome.STORED, session)
    assert (session.plan_version, session.phase_position) == (item.phase.version, 1)
    assert (session.pain_during, session.pain_after, session.effort, session.note) == (2, 1, 6, "Good 💪")
    assert (session.performed_at, session.received_at, session.time_suspect) == (NOW, NOW, False)
    assert list(session.items.values_list("plan_item", "sets_done", "amount_done", "pain_during")) == [
        (item.pk, 3, 10, 2)
    ]


def test_logging_is_audited_once_and_makes_derived_rows_stale(patient: Patient, item: PlanItem) -> None:
    draft = session_draft(item)

    log(patient, draft)
    log(patient, draft)

    patient.refresh_from_db()
    assert (AuditEvent.objects.filter(verb="session.logged").count(), patient.facts_version) == (1, 1)


def test_a_retried_session_is_stored_once(patient: Patient, item: PlanItem) -> None:
    draft = session_draft(item)
    first = log(patient, draft)

    again = log(patient, draft, now=NOW + timedelta(hours=5))

    assert (again.outcome, again.session) == (Outcome.REPEATED, first.session)
    assert Session.objects.count() == 1


def test_other_words_under_the_same_id_are_both_kept(patient: Patient, item: PlanItem) -> None:
    draft = session_draft(item)
    first = log(patient, draft)

    other = log(patient, replace(draft, note="Changed my mind"))

    assert (other.outcome, other.session.conflicts_with) == (Outcome.CONFLICT, first.session)
    assert sorted(Session.objects.values_list("note", flat=True)) == ["", "Changed my mind"]


def test_a_retried_conflict_adds_no_third_row(patient: Patient, item: PlanItem) -> None:
    draft = session_draft(item)
    log(patient, draft)
    conflict = log(patient, replace(draft, note="Other"))

    again = log(patient, replace(draft, note="Other"))

    assert (again.outcome, again.session, Session.objects.count()) == (Outcome.CONFLICT, conflict.session, 2)


def test_another_patients_id_is_new_for_this_patient(patient: Patient, item: PlanItem) -> None:
    stranger = make_patient(patient.clinic)
    draft = session_draft(item)
    log(stranger, session_draft(client_id=draft.client_id, note="canary"))

    logged = log(patient, draft)

    assert (logged.outcome, logged.session.note) == (Outcome.STORED, "")


@pytest.mark.django_db(transaction=True)
def test_twenty_retries_at_once_store_one_row(patient: Patient, item: PlanItem) -> None:
    draft = session_draft(item)

    outcomes = in_threads(patient, [draft] * 20)

    assert sorted(outcomes) == ["repeated"] * 19 + ["stored"]
    assert (Session.objects.count(), Session.objects.get().items.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_twenty_that_disagree_at_once_keep_each_word_once(patient: Patient, item: PlanItem) -> None:
    draft = session_draft(item)
    drafts = [replace(draft, note=f"text {number % 4}") for number in range(20)]

    outcomes = in_threads(patient, drafts)

    assert (outcomes.count("stored"), Session.objects.count()) == (1, 4)
    assert Session.objects.filter(conflicts_with__isnull=True).count() == 1


def in_threads(patient: Patient, drafts: list[object]) -> list[str]:
    def run(draft: object) -> str:
        try:
            return str(log(patient, draft).outcome)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        return list(pool.map(run, drafts))


def test_a_clock_out_of_bounds_is_marked_and_ours_is_used(patient: Patient, item: PlanItem) -> None:
    logged = log(patient, session_draft(item, performed_at=NOW + timedelta(days=1000)))

    assert (logged.session.performed_at, logged.session.time_suspect) == (NOW, True)


def test_nonsense_that_slips_through_is_refused_by_the_database(patient: Patient, item: PlanItem) -> None:
    with pytest.raises(IntegrityError, match="session_pain_after_in_range"), transaction.atomic():
        log(patient, session_draft(item, pain_after=11))

    assert not Session.objects.exists()


def test_what_was_logged_cannot_be_rewritten(patient: Patient, item: PlanItem) -> None:
    session = log(patient, session_draft(item)).session

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        session.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        session.items.all().delete()
