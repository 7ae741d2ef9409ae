"""A correction is a new session that names the old one; both stay, and the last word counts."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from clinic.models import Patient
from programs.models import PlanItem, Session
from tests.clinic.people import signed_in
from tests.factories import log_session_row, make_exercise_version, make_patient, make_plan
from tests.programs.test_log_page import EVERY_DAY, JSON, address, form_of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(patient: Patient) -> PlanItem:
    make_plan(patient, weekdays=EVERY_DAY)
    return PlanItem.objects.get(phase__version__plan__patient=patient)


@pytest.fixture
def told(phone: Client, item: PlanItem) -> Session:
    """Logged just now, with a mistake in it."""
    changes = {"note": "My own words", "ITEM-sets": "2", "ITEM-load": "5", "ITEM-pain": "7"}
    phone.post(address(), said(item, outcome="partly", reason="time", **changes))
    return Session.objects.get()


def test_the_page_is_filled_in_with_what_was_said(phone: Client, item: PlanItem, told: Session) -> None:
    page = phone.get("/log/session/", {"corrects": told.client_id}).content.decode()

    _action, fields = form_of(page)
    expected = said(
        item, outcome="partly", reason="time", **{"ITEM-sets": "2", "ITEM-load": "5.0", "ITEM-pain": "7"}
    )
    expected |= {"corrects": str(told.client_id), "pain_during": "7"}
    del expected["note"], expected["performed_at"]
    assert ({**fields, "on": expected["on"]}, "My own words" in page) == (expected, True)


def test_a_correction_names_the_session_and_both_stay(phone: Client, item: PlanItem, told: Session) -> None:
    action, fields = form_of(phone.get("/log/session/", {"corrects": told.client_id}).content.decode())

    phone.post(action, {**fields, f"item-{item.pk}-pain": "1", "pain_during": ""})

    correction = Session.objects.get(corrects=told)
    assert (correction.pain_during, correction.conflicts_with, Session.objects.count()) == (1, None, 2)
    told.refresh_from_db()
    assert told.pain_during == 7


def test_a_retried_correction_is_stored_once(phone: Client, item: PlanItem, told: Session) -> None:
    where, body = address(), said(item, corrects=str(told.client_id))

    answers = [phone.post(where, body, **JSON).json()["outcome"] for _ in range(2)]

    assert (answers, Session.objects.count()) == (["stored", "repeated"], 2)


def test_a_second_correction_of_the_same_words_is_refused_and_kept_on_the_page(
    phone: Client, item: PlanItem, told: Session
) -> None:
    phone.post(address(), said(item, corrects=str(told.client_id)))

    refused = phone.post(address(), said(item, corrects=str(told.client_id), note="Other words"))

    assert (refused.status_code, Session.objects.count()) == (422, 2)
    assert "corrected already" in refused.content.decode()
    assert "Other words" in refused.content.decode()


def test_the_database_holds_one_line_of_corrections(patient: Patient, told: Session) -> None:
    log_session_row(patient, told.planned_on, corrects=told)

    with pytest.raises(IntegrityError, match="one_correction_per_session"), transaction.atomic():
        log_session_row(patient, told.planned_on, corrects=told)


def test_an_old_link_leads_to_the_last_correction(phone: Client, patient: Patient, told: Session) -> None:
    second = log_session_row(patient, told.planned_on, corrects=told)
    third = log_session_row(patient, told.planned_on, corrects=second)

    response = phone.get("/log/session/", {"corrects": told.client_id})

    assert response.url == f"/log/sessions/{third.client_id}/"


def test_an_exercise_that_was_not_shown_is_not_claimed_by_a_correction(
    phone: Client, patient: Patient
) -> None:
    make_plan(patient, make_exercise_version(), make_exercise_version(), weekdays=EVERY_DAY)
    first, _second = PlanItem.objects.order_by("position")
    phone.post(address(), said(first))

    action, fields = form_of(
        phone.get("/log/session/", {"corrects": Session.objects.get().client_id}).content.decode()
    )
    phone.post(action, fields)

    assert [e.plan_item for e in Session.objects.get(corrects__isnull=False).items.all()] == [first]


def test_someone_elses_session_cannot_be_corrected(patient: Patient, item: PlanItem, told: Session) -> None:
    stranger = make_patient(patient.clinic)
    make_plan(stranger, weekdays=EVERY_DAY)
    theirs = PlanItem.objects.get(phase__version__plan__patient=stranger)
    browser = signed_in(stranger.user)

    page = browser.get("/log/session/", {"corrects": told.client_id})
    saved = browser.post(address(), said(theirs, corrects=str(told.client_id)))

    assert (page.status_code, saved.status_code, Session.objects.count()) == (404, 422, 1)
    assert "My own words" not in saved.content.decode()


@pytest.mark.parametrize("key", ["x", "00000000-0000-0000-0000-000000000000", "a\x00b"])
def test_a_session_that_is_none_is_not_found(phone: Client, item: PlanItem, key: str) -> None:
    assert phone.get("/log/session/", {"corrects": key}).status_code == 404


def test_staff_see_both_with_their_marks(desk: Client, patient: Patient, told: Session) -> None:
    log_session_row(patient, told.planned_on, corrects=told)

    page = desk.get(f"/patients/{patient.pk}/log/").content.decode()

    assert [page.count(words) for words in ("Corrected later", "Corrects an earlier entry")] == [1, 1]
