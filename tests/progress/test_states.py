"""State rows: made from facts, stale when the facts or the day move on, and always rebuildable."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from clinic.audit import record
from clinic.models import Patient
from programs.actions import log_session
from programs.rules.sessions import SessionDraft
from progress.actions import mark_seen, refresh_states
from progress.models import DailyCheck, PatientState
from progress.rules.state import Attention
from tests.factories import (
    NOON,
    give_reading,
    log_check_row,
    log_session_row,
    make_clinic,
    make_member,
    make_patient,
    make_plan,
)

pytestmark = pytest.mark.django_db
TODAY = NOON.date()  # a Tuesday; make_plan asks for Monday, Wednesday and Friday


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def refreshed(patient: Patient, now: datetime = NOON) -> PatientState:
    refresh_states(now=now)
    return PatientState.objects.get(patient=patient)


def test_a_patient_without_anything_has_an_empty_row() -> None:
    state = refreshed(make_patient(make_clinic()))

    assert (state.as_of, state.sessions_planned, state.pain_mean_7d, state.last_contact_at) == (
        TODAY,
        0,
        None,
        None,
    )
    assert state.attention == Attention.NO_PLAN


def test_the_row_says_what_was_planned_and_what_was_said() -> None:
    patient = make_patient(make_clinic())
    make_plan(patient, started_on=ago(30))
    log_session_row(patient, ago(1), "done")
    log_session_row(patient, ago(4), "partly")
    log_session_row(patient, ago(6), "not_today", reason="time")

    state = refreshed(patient)

    assert (state.plan_name, state.phase_name, state.phase_position, state.phase_count) == (
        "Program",
        "Settle",
        1,
        1,
    )
    counts = (state.sessions_done, state.sessions_partly, state.sessions_skipped, state.sessions_unknown)
    assert (state.sessions_planned, *counts) == (6, 1, 1, 1, 3)


def test_pain_means_and_days_come_from_checks() -> None:
    patient = make_patient(make_clinic())
    for days, pain in [(0, 2), (1, 3), (2, 2), (5, 2), (8, 4)]:
        log_check_row(patient, ago(days), pain)

    state = refreshed(patient)

    assert (state.pain_mean_7d, state.pain_days_7d) == (Decimal("2.3"), 4)
    assert (state.pain_mean_before, state.pain_days_before) == (Decimal("4.0"), 1)


def test_a_correction_replaces_and_a_conflicting_copy_does_not_count() -> None:
    patient = make_patient(make_clinic())
    first = log_check_row(patient, TODAY, 9)
    log_check_row(patient, TODAY, 3, corrects=first)
    log_check_row(patient, TODAY, 6, client_id=first.client_id, content_hash="y", conflicts_with=first)

    assert refreshed(patient).pain_mean_7d == Decimal("3.0")


def test_a_worry_stays_open_when_the_patient_takes_it_back() -> None:
    patient = make_patient(make_clinic())
    first = log_check_row(patient, TODAY, 2, new_warning=True)
    log_check_row(patient, TODAY, 2, new_warning=False, corrects=first)

    state = refreshed(patient)

    assert (state.worry_open, state.unread_checks, state.attention) == (True, 2, Attention.WORRY)


def test_a_session_with_pain_of_eight_is_a_worry() -> None:
    patient = make_patient(make_clinic())
    log_session_row(patient, TODAY, "partly", pain_after=8)

    assert refreshed(patient).worry_open is True


def test_reading_up_to_a_moment_leaves_what_came_later_unread() -> None:
    patient = make_patient(make_clinic())
    first = log_check_row(patient, ago(1), 9)
    log_check_row(patient, TODAY, 2)

    mark_seen(patient=patient, up_to=first.received_at, by=make_member(patient.clinic))

    state = refreshed(patient)
    assert (state.unread_checks, state.worry_open) == (1, False)


def test_unread_modules_and_the_last_sign_of_life() -> None:
    patient = make_patient(make_clinic())
    give_reading(patient)
    give_reading(patient, opened_at=NOON - timedelta(hours=1))
    log_check_row(patient, ago(1))

    state = refreshed(patient)

    assert (state.modules_unread, state.last_contact_at) == (2, NOON - timedelta(hours=1))


def test_only_stale_rows_are_recomputed() -> None:
    clinic = make_clinic()
    patient, _other = make_patient(clinic), make_patient(clinic)
    assert refresh_states(now=NOON) == 2

    record(by=None, verb="test", patient=patient)

    assert refresh_states(now=NOON) == 1
    assert refresh_states(now=NOON) == 0


def test_a_row_is_about_the_day_where_the_patient_lives() -> None:
    clinic = make_clinic()
    samoa = make_patient(clinic, time_zone="Pacific/Apia")
    hawaii = make_patient(clinic, time_zone="Pacific/Honolulu")
    now = datetime(2026, 3, 10, 11, 30, tzinfo=UTC)

    refresh_states(now=now)

    assert PatientState.objects.get(patient=samoa).as_of == date(2026, 3, 11)
    assert PatientState.objects.get(patient=hawaii).as_of == date(2026, 3, 10)
    assert refresh_states(now=now + timedelta(minutes=29)) == 0
    assert refresh_states(now=now + timedelta(hours=25)) == 2


def test_wipe_and_rebuild_equals_kept() -> None:
    """Rows kept up to date day by day are the same as rows made at the end from nothing."""
    patient = make_patient(make_clinic())
    make_plan(patient, started_on=ago(30))
    give_reading(patient)
    for days in range(20, -1, -1):
        log_check_row(patient, ago(days), days % 7)
        if days % 3 == 0:
            log_session_row(patient, ago(days), "done")
        record(by=patient.user, verb="test", patient=patient)
        refresh_states(now=NOON - timedelta(days=days))
    kept = PatientState.objects.values().get(patient=patient)

    PatientState.objects.all().delete()
    refresh_states(now=NOON)

    assert PatientState.objects.values().get(patient=patient) == kept


@pytest.mark.parametrize("how_many", [1, 30])
def test_refreshing_takes_the_same_few_queries_for_any_number(how_many: int) -> None:
    clinic = make_clinic()
    by = make_member(clinic)
    for _ in range(how_many):
        make_plan(make_patient(clinic), by=by)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        refresh_states(now=NOON)

    assert len(queries) == 5


def test_a_session_logged_in_the_room_to_the_left_makes_the_row_stale() -> None:
    patient = make_patient(make_clinic())
    make_plan(patient, started_on=ago(30))
    before = refreshed(patient).sessions_done
    draft = SessionDraft(client_id=uuid4(), planned_on=ago(1), outcome="done")

    log_session(patient=patient, draft=draft, by=patient.user, now=NOON)

    assert (before, refreshed(patient).sessions_done) == (0, 1)


def test_two_first_checks_of_one_day_are_refused_by_the_database() -> None:
    patient = make_patient(make_clinic())
    log_check_row(patient, TODAY)

    with pytest.raises(IntegrityError, match="one_first_check_per_day"):
        log_check_row(patient, TODAY)


def test_two_corrections_of_one_check_are_refused_by_the_database() -> None:
    patient = make_patient(make_clinic())
    first = log_check_row(patient, TODAY)
    log_check_row(patient, TODAY, corrects=first)

    with pytest.raises(IntegrityError, match="one_correction_per_check"):
        log_check_row(patient, TODAY, corrects=first)


@pytest.mark.parametrize("change", [lambda row: row.save(), lambda row: row.delete()], ids=["edit", "delete"])
def test_a_check_can_not_be_changed_or_deleted(change: Callable[[DailyCheck], object]) -> None:
    row = log_check_row(make_patient(make_clinic()), TODAY)

    with pytest.raises(DatabaseError, match="append-only"):
        change(row)
