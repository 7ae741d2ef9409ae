"""Logging over the web: one address per session, kept once, kept whole, and kept to oneself."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from clinic.models import Patient
from programs.models import PlanItem, Session
from tests.clinic.people import signed_in
from tests.factories import make_exercise_version, make_patient, make_plan

EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
JSON = {"HTTP_ACCEPT": "application/json"}
BAD = json.loads((Path(__file__).parent.parent / "badinput" / "session.json").read_text())


@pytest.fixture
def item(patient: Patient) -> PlanItem:
    make_plan(patient, weekdays=EVERY_DAY)
    return PlanItem.objects.get(phase__version__plan__patient=patient)


def form_of(page: str) -> tuple[str, dict[str, str]]:
    """The address and the pre-filled fields of the form, as a browser would send them untouched."""
    address = re.search(r'<form method="post" action="(/log/sessions/[^"]+)"', page)[1]
    inputs = re.findall(r"<input[^>]*>", page.split('class="log"', 1)[1])
    sent = [tag for tag in inputs if not re.search(r'type="(radio|checkbox)"', tag) or " checked" in tag]
    chosen = [dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag)) for tag in sent]
    return address, {
        f["name"]: f.get("value", "on" if f["type"] == "checkbox" else "")
        for f in chosen
        if f["name"] != "csrfmiddlewaretoken"
    }


def said(item: PlanItem, **changes: str) -> dict[str, str]:
    """A session done as prescribed."""
    today = timezone.now().date().isoformat()
    fields = {"sets": "3", "amount": "10", "load": "", "pain": "2"}
    whole = {"version": str(item.phase.version_id), "outcome": "done", "pain_during": "", "pain_after": "1", "effort": "6",
             "note": "", "on": today, "performed_at": ""}  # fmt: skip
    entries = {f"item-{item.pk}-{name}": value for name, value in fields.items()}
    return {**whole, **entries, **{name.replace("ITEM", f"item-{item.pk}"): v for name, v in changes.items()}}


def address(key: UUID | None = None) -> str:
    return f"/log/sessions/{key or uuid4()}/"


def test_done_as_prescribed_is_one_choice_and_save(phone: Client, item: PlanItem) -> None:
    action, fields = form_of(phone.get("/log/session/").content.decode())

    response = phone.post(action, {**fields, "outcome": "done"}, follow=True)

    session = Session.objects.get()
    assert (session.outcome, session.plan_version, session.planned_on) == (
        "done", item.phase.version, timezone.now().date(),
    )  # fmt: skip
    assert session.items.values_list("sets_done", "amount_done", "pain_during").get() == (3, 10, None)
    assert (session.pain_during, session.pain_after, session.effort) == (None, None, None)
    assert (response.redirect_chain, "Saved" in response.content.decode()) == ([(action, 302)], True)


def test_what_was_different_is_stored(phone: Client, item: PlanItem) -> None:
    different = {
        "outcome": "partly",
        "reason": "time",
        "ITEM-sets": "2",
        "ITEM-load": "7,5",
        "ITEM-pain": "4",
    }

    phone.post(address(), said(item, **different))

    session, entry = Session.objects.get(), Session.objects.get().items.get()
    assert (session.outcome, session.reason, session.pain_during) == ("partly", "time", 4)
    assert (entry.sets_done, entry.load_kg, entry.pain_during) == (2, Decimal("7.5"), 4)


def test_the_worst_pain_said_anywhere_counts(phone: Client, item: PlanItem) -> None:
    phone.post(address(), said(item, pain_during="5", **{"ITEM-pain": "3"}))

    assert Session.objects.get().pain_during == 5


def test_a_session_not_done_claims_no_exercises(phone: Client, item: PlanItem) -> None:
    phone.post(address(), said(item, outcome="not_today", reason="sore"))

    session = Session.objects.get()
    assert (session.reason, session.pain_after, session.items.count()) == ("sore", None, 0)


def test_who_logged_today_already_is_told_before_logging_again(phone: Client, item: PlanItem) -> None:
    words = "You logged a session today already"
    before = phone.get("/log/session/").content.decode()
    where = address()
    phone.post(where, said(item))

    after = phone.get("/log/session/").content.decode()

    assert (words in before, words in after, where in after) == (False, True, True)


def test_an_exercise_left_out_is_none_done(phone: Client, item: PlanItem) -> None:
    phone.post(address(), said(item, **{"outcome": "partly", "ITEM-left_out": "on"}))

    assert Session.objects.get().items.values_list("sets_done", "amount_done", "pain_during").get() == (
        0,
        None,
        None,
    )


def test_exercises_that_the_page_did_not_show_are_not_claimed(phone: Client, item: PlanItem) -> None:
    without = {name: value for name, value in said(item).items() if not name.startswith("item-")}

    phone.post(address(), without)

    assert Session.objects.get().items.count() == 0


def test_a_script_gets_its_id_back(phone: Client, item: PlanItem) -> None:
    key = uuid7()

    answers = [phone.post(address(key), said(item, note=note), **JSON) for note in ("a", "a", "b")]

    assert [answer.status_code for answer in answers] == [201, 200, 409]
    assert [(a.json()["client_id"], a.json()["outcome"]) for a in answers] == [
        (str(key), "stored"), (str(key), "repeated"), (str(key), "conflict"),
    ]  # fmt: skip
    assert sorted(Session.objects.values_list("note", flat=True)) == ["a", "b"]


def test_a_conflict_says_that_both_are_kept(phone: Client, item: PlanItem) -> None:
    where = address()
    phone.post(where, said(item, note="first words"))

    page = phone.post(where, said(item, note="second words"), follow=True).content.decode()

    assert "We kept both" in page
    assert "first words" in page


@pytest.mark.django_db(transaction=True)
def test_twenty_retries_over_the_web_store_one_row(phone: Client, patient: Patient, item: PlanItem) -> None:
    where, body = address(), said(item)
    clients = [signed_in(patient.user) for _ in range(20)]

    def save(client: Client) -> int:
        try:
            return client.post(where, body, **JSON).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = sorted(pool.map(save, clients))

    assert (answers, Session.objects.count()) == ([200] * 19 + [201], 1)


@pytest.mark.parametrize("case", BAD, ids=[case["id"] for case in BAD])
def test_bad_input_is_named_and_nothing_is_lost(phone: Client, item: PlanItem, case: dict) -> None:
    field = case["field"].replace("ITEM", f"item-{item.pk}")
    body = said(item, **{"note": "My own words", **case["send"]})

    answer = phone.post(address(), body, **JSON)
    page = phone.post(address(), body)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
    assert (page.status_code, Session.objects.count()) == (422, 0)
    assert "Please check this" in page.content.decode()
    assert case["field"] == "note" or "My own words" in page.content.decode()


def test_a_note_may_be_long_and_lively_but_not_endless(phone: Client, item: PlanItem) -> None:
    fine, endless = "🏃‍♀️" + "é" * 1990, "x" * 10_000

    assert phone.post(address(), said(item, note=fine)).status_code == 302
    refused = phone.post(address(), said(item, note=endless))

    assert (refused.status_code, endless in refused.content.decode()) == (422, True)
    assert [session.note for session in Session.objects.all()] == [fine]


@pytest.mark.parametrize(("days", "status"), [(1, 422), (0, 302), (-14, 302), (-15, 422)])
def test_a_day_is_at_most_two_weeks_back_and_never_ahead(
    phone: Client, item: PlanItem, days: int, status: int
) -> None:
    on = timezone.now().date() + timedelta(days=days)

    assert phone.post(address(), said(item, on=on.isoformat())).status_code == status


def test_a_device_may_be_a_year_late(phone: Client, item: PlanItem) -> None:
    at = timezone.now() - timedelta(days=300)

    phone.post(address(), said(item, on=at.date().isoformat(), performed_at=at.isoformat()))

    session = Session.objects.get()
    assert (session.performed_at, session.time_suspect, session.is_late) == (at, False, True)


def test_a_clock_three_years_wrong_is_marked_and_not_believed(phone: Client, item: PlanItem) -> None:
    phone.post(address(), said(item, performed_at=datetime(2035, 1, 1, tzinfo=UTC).isoformat()))

    session = Session.objects.get()
    assert (session.time_suspect, session.performed_at) == (True, session.received_at)


def test_a_field_sent_twice_is_refused(phone: Client, item: PlanItem) -> None:
    answer = phone.post(address(), {**said(item), "pain_after": ["1", "9"]}, **JSON)

    assert (answer.status_code, Session.objects.count()) == (422, 0)


def test_a_huge_body_is_refused(phone: Client, item: PlanItem) -> None:
    assert phone.post(address(), said(item, note="x" * 2_000_000)).status_code in (400, 413)
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    "key", ["00000000-0000-0000-0000-000000000000", "11111111-1111-1111-1111-111111111111"]
)
def test_an_id_that_others_might_use_is_refused_and_replaced(phone: Client, item: PlanItem, key: str) -> None:
    refused = phone.post(f"/log/sessions/{key}/", said(item, note="My own words"))

    action, fields = form_of(refused.content.decode())
    assert (refused.status_code, key in action, Session.objects.count()) == (400, False, 0)
    assert "My own words" in refused.content.decode()
    assert phone.post(action, {**fields, "outcome": "done"}).status_code == 302


def test_an_id_that_is_none_is_not_found(phone: Client, item: PlanItem) -> None:
    assert [phone.post(f"/log/sessions/{key}/", said(item)).status_code for key in ("5", "abc", "%00")] == [
        404
    ] * 3


def test_someone_elses_exercise_is_not_stored(phone: Client, patient: Patient, item: PlanItem) -> None:
    make_plan(make_patient(patient.clinic))
    theirs = PlanItem.objects.exclude(pk=item.pk).get()

    phone.post(address(), {**said(item), f"item-{theirs.pk}-sets": "3"})

    assert list(Session.objects.get().items.values_list("plan_item", flat=True)) == [item.pk]


def test_someone_elses_plan_is_refused_and_the_words_kept(
    phone: Client, patient: Patient, item: PlanItem
) -> None:
    theirs = make_plan(make_patient(patient.clinic)).versions.get()

    refused = phone.post(address(), said(item, version=str(theirs.pk), note="My own words"))

    assert (refused.status_code, Session.objects.count()) == (422, 0)
    assert "Your plan has changed" in refused.content.decode()
    _action, fields = form_of(refused.content.decode())
    assert fields["version"] == str(item.phase.version_id)


def test_someone_elses_session_is_not_found_and_their_id_is_free(
    phone: Client, patient: Patient, item: PlanItem
) -> None:
    stranger = make_patient(patient.clinic)
    make_plan(stranger, weekdays=EVERY_DAY)
    theirs = PlanItem.objects.get(phase__version__plan__patient=stranger)
    where = address()
    signed_in(stranger.user).post(where, said(theirs, note="canary-of-the-stranger"))

    hidden = phone.get(where)
    mine = phone.post(where, said(item), **JSON)

    assert (hidden.status_code, "canary" in hidden.content.decode()) == (404, False)
    assert (mine.status_code, mine.json()["outcome"]) == (201, "stored")
    assert "canary" not in phone.get(where).content.decode()


def test_signed_out_scripts_get_401_and_lose_nothing(client: Client, item: PlanItem) -> None:
    assert client.post(address(), said(item), **JSON).status_code == 401
    assert Session.objects.count() == 0


def test_a_session_under_an_ended_plan_is_still_welcome(
    phone: Client, patient: Patient, item: PlanItem
) -> None:
    patient.plans.update(ended_at=timezone.now(), ended_by=patient.plans.get().started_by)

    phone.post(address(), said(item))

    assert Session.objects.get().plan_version == item.phase.version


def test_without_a_plan_there_is_nothing_to_log(phone: Client) -> None:
    assert "No plan to log yet" in phone.get("/log/session/").content.decode()
    assert phone.post(address(), {"outcome": "done"}).status_code == 422


def test_on_a_rest_day_the_next_session_is_offered(phone: Client, patient: Patient) -> None:
    tomorrow = timezone.now().date() + timedelta(days=1)
    make_plan(patient, weekdays=[tomorrow.isoweekday()])

    page = phone.get("/log/session/").content.decode()

    assert f"Nothing is planned for today. This is your session for {tomorrow:%A}" in page


@pytest.mark.parametrize(("pain", "words"), [("9", "in an emergency call"), ("6", "Over 5, or not settled")])
def test_high_pain_is_answered_at_once(phone: Client, item: PlanItem, pain: str, words: str) -> None:
    page = phone.post(address(), said(item, **{"ITEM-pain": pain}), follow=True).content.decode()

    assert words in page


@pytest.mark.parametrize("exercises", [1, 12])
def test_logging_takes_ten_queries(
    phone: Client, patient: Patient, exercises: int, django_assert_num_queries: Callable
) -> None:
    make_plan(patient, *[make_exercise_version() for _ in range(exercises)], weekdays=EVERY_DAY)
    action, fields = form_of(phone.get("/log/session/").content.decode())

    with django_assert_num_queries(10):
        phone.post(action, {**fields, "outcome": "done"})

    assert Session.objects.get().items.count() == exercises


@pytest.mark.parametrize("exercises", [1, 12])
def test_the_log_page_takes_seven_queries(
    phone: Client, patient: Patient, exercises: int, django_assert_num_queries: Callable
) -> None:
    make_plan(patient, *[make_exercise_version() for _ in range(exercises)], weekdays=EVERY_DAY)
    phone.get("/log/session/")

    with django_assert_num_queries(7):
        phone.get("/log/session/")
