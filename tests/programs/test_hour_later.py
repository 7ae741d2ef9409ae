"""Today asks how it was an hour after a session, once; the answer stays beside the session and speaks to the rules."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from clinic.models import Clinic, Patient
from programs.actions import log_session, tell_hour_later
from programs.models import HourLater, Plan, PlanItem, Session
from programs.rules.sessions import may_tell_hour_later
from progress.queries.progression import cases_for
from tests.clinic.people import signed_in
from tests.factories import log_session_row, make_patient, make_plan
from tests.programs.drafts import session_draft

pytestmark = pytest.mark.django_db
DONE_AT = timezone.now() - timedelta(hours=2)
ASKED = "How was it an hour after?"


@pytest.fixture
def item(patient: Patient) -> PlanItem:
    make_plan(patient)
    return PlanItem.objects.get(phase__version__plan__patient=patient)


@pytest.fixture
def session(patient: Patient, item: PlanItem) -> Session:
    return done(patient, item, DONE_AT)


def done(patient: Patient, item: PlanItem, at: datetime) -> Session:
    """Told right after it was done."""
    draft = session_draft(item, planned_on=at.date(), performed_at=at, pain_after=1)
    return log_session(patient=patient, draft=draft, by=patient.user, now=at).session


def tell(session: Session, pain: int, **changes: object) -> HourLater:
    patient = session.patient
    known = {"client_id": uuid4(), "by": patient.user, "now": timezone.now()}
    return tell_hour_later(patient=patient, session=session, pain=pain, **known | changes)


@pytest.mark.parametrize(
    ("minutes", "may"), [(0, False), (59, False), (60, True), (48 * 60, True), (48 * 60 + 1, False)]
)
def test_the_hour_is_told_from_one_hour_to_two_days_after(minutes: int, may: bool) -> None:
    assert may_tell_hour_later(performed_at=DONE_AT, now=DONE_AT + timedelta(minutes=minutes)) is may


@pytest.mark.parametrize(("minutes", "asked"), [(58, False), (61, True), (23 * 60, True), (25 * 60, False)])
def test_today_asks_when_the_hour_is_over(
    phone: Client, patient: Patient, item: PlanItem, minutes: int, asked: bool
) -> None:
    done(patient, item, timezone.now() - timedelta(minutes=minutes))

    assert (ASKED in phone.get("/today/").content.decode()) is asked


def test_who_told_of_the_session_later_is_not_asked_again(phone: Client, patient: Patient) -> None:
    told_at = DONE_AT + timedelta(minutes=61)
    log_session_row(patient, DONE_AT.date(), performed_at=DONE_AT, received_at=told_at)

    assert ASKED not in phone.get("/today/").content.decode()


def test_one_tap_on_today_stores_it_and_today_asks_no_more(phone: Client, session: Session) -> None:
    where, body = f"/log/sessions/{session.client_id}/later/", {"key": str(uuid4()), "pain": "6"}

    receipt = phone.post(where, body, follow=True).content.decode()
    phone.post(where, body)

    assert list(HourLater.objects.values_list("session", "pain")) == [(session.pk, 6)]
    assert "more than we aim for" in receipt
    assert ASKED not in phone.get("/today/").content.decode()


@pytest.mark.parametrize(
    "body", [{"pain": "11"}, {"pain": ""}, {"pain": "3", "key": "x"}, {"pain": "3", "key": "11111111-1111-1111-1111-111111111111"}]
)  # fmt: skip
def test_what_cannot_be_stored_is_asked_again(phone: Client, session: Session, body: dict[str, str]) -> None:
    answer = phone.post(f"/log/sessions/{session.client_id}/later/", {"key": str(uuid4()), **body})

    assert (answer.status_code, HourLater.objects.count()) == (422, 0)
    assert "Worst pain in the hour after" in answer.content.decode()


def test_a_change_of_mind_keeps_the_first_word_and_staff_see_both(
    desk: Client, patient: Patient, session: Session
) -> None:
    first = tell(session, 2)
    second = tell(session, 4)

    page = desk.get(f"/patients/{patient.pk}/log/").content.decode()
    assert (second.corrects, HourLater.objects.count()) == (first, 2)
    assert ("4 of 10" in page, "amended" in page) == (True, True)


def test_correcting_the_session_keeps_the_answer(patient: Patient, item: PlanItem, session: Session) -> None:
    tell(session, 5)
    draft = session_draft(item, planned_on=session.planned_on, note="Other words", corrects_id=session.pk)
    later = log_session(
        patient=patient, draft=draft, by=patient.user, now=DONE_AT + timedelta(hours=3)
    ).session

    again = tell(later, 3)

    assert (later.first, again.session) == (session, session)


def test_the_rules_read_the_worse_of_both(clinic: Clinic, patient: Patient, session: Session) -> None:
    tell(session, 4)

    [case] = cases_for(Plan.objects.all(), clinic=clinic, now=timezone.now())

    assert [logged.after for logged in case.evidence.sessions] == [4]


def test_someone_elses_session_is_not_found(patient: Patient, session: Session) -> None:
    stranger = signed_in(make_patient(patient.clinic).user)

    answer = stranger.post(f"/log/sessions/{session.client_id}/later/", {"key": str(uuid4()), "pain": "1"})

    assert (answer.status_code, HourLater.objects.count()) == (404, 0)


def test_the_database_keeps_what_was_told(session: Session) -> None:
    told = tell(session, 2)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        told.save()
    with pytest.raises(IntegrityError, match="hour_later_pain_in_range"), transaction.atomic():
        tell_hour_later(
            patient=session.patient, session=session, client_id=uuid4(), pain=11, by=session.patient.user, now=DONE_AT
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="one_first_hour_later"), transaction.atomic():
        HourLater.objects.create(patient=session.patient, session=session, client_id=uuid4(), pain=1)
