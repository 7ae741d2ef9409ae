"""The daily check: what is said is kept, what is not said stays empty, and nothing is stored twice."""

import threading
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from clinic.models import AuditEvent, Patient
from progress.actions import log_check
from progress.models import DailyCheck
from progress.rules.checks import CheckDraft, Outcome
from tests.factories import make_clinic, make_patient

JSON = {"HTTP_ACCEPT": "application/json"}


def today() -> date:
    return timezone.now().date()


def answers(**said: object) -> dict[str, object]:
    return {"client_id": str(uuid4()), "on": today().isoformat(), "morning_pain": "3", **said}


@pytest.fixture
def patient(db) -> Patient:
    return make_patient(make_clinic())


@pytest.fixture
def own(client: Client, patient: Patient) -> Client:
    client.force_login(patient.user)
    return client


def test_everything_said_is_stored(own: Client, patient: Patient) -> None:
    said = answers(stiffness="1-10", sleep="4", places=["outer_knee", "calf"], side="left", new_warning="no")

    response = own.post("/log/check/", said)

    row = patient.checks.get()
    kept = (row.on, row.morning_pain, row.stiffness, row.sleep, row.places, row.side, row.new_warning)
    assert kept == (today(), 3, "1-10", 4, ["outer_knee", "calf"], "left", False)
    assert response.url == "/today/"


def test_what_is_left_open_is_not_said(own: Client, patient: Patient) -> None:
    own.post("/log/check/", answers(morning_pain="", sleep="2"))

    row = patient.checks.get()
    assert (row.morning_pain, row.stiffness, row.places, row.new_warning) == (None, "", [], None)


def test_nothing_is_chosen_beforehand(own: Client) -> None:
    page = own.get("/log/check/").content.decode()

    assert page.count(" checked") == 1  # the day
    assert 'name="on" value="' + today().isoformat() in page


def test_an_empty_check_is_asked_for_one_answer(own: Client) -> None:
    response = own.post("/log/check/", answers(morning_pain=""))

    assert response.status_code == 422
    assert "Please answer at least one question." in response.content.decode()


def test_yesterday_can_be_added_and_the_day_before_cannot(own: Client, patient: Patient) -> None:
    found = [
        own.post("/log/check/", answers(on=(today() - timedelta(days=n)).isoformat())).status_code
        for n in (1, 2, -1)
    ]

    assert found == [302, 422, 422]
    assert patient.checks.get().on == today() - timedelta(days=1)


@pytest.mark.parametrize(
    "said", [{"new_warning": "yes", "morning_pain": "0"}, {"morning_pain": "8"}, {"morning_pain": "10"}]
)
def test_a_worry_asks_for_the_warning_signs_at_once(own: Client, said: dict) -> None:
    assert own.post("/log/check/", answers(**said)).url == "/log/screen/"


def test_script_gets_json_that_repeats_the_id(own: Client, patient: Patient) -> None:
    said = answers(morning_pain="9")

    first, again, other = (
        own.post("/log/check/", data, **JSON) for data in (said, said, {**said, "sleep": "1"})
    )

    assert [first.status_code, again.status_code, other.status_code] == [201, 200, 409]
    stored = {"client_id": said["client_id"], "outcome": "stored", "safety": True, "next": "/log/screen/"}
    assert first.json() == stored
    assert patient.checks.count() == 2


def test_the_same_answers_in_another_order_are_the_same(own: Client, patient: Patient) -> None:
    said = answers()
    own.post("/log/check/", {**said, "places": ["calf", "groin"]})

    again = own.post("/log/check/", {**said, "places": ["groin", "calf"]}, **JSON)

    assert (again.status_code, patient.checks.count()) == (200, 1)


def test_a_second_check_of_a_day_corrects_the_first_and_both_stay(own: Client, patient: Patient) -> None:
    for pain in ("3", "5", "4"):
        own.post("/log/check/", answers(morning_pain=pain))

    first, second, third = patient.checks.order_by("received_at")
    assert [first.corrects, second.corrects, third.corrects] == [None, first, second]


def test_another_patients_id_is_new_for_this_patient(own: Client, patient: Patient) -> None:
    stranger = make_patient(patient.clinic)
    said = answers()
    draft = CheckDraft(client_id=UUID(said["client_id"]), on=today(), morning_pain=7)
    log_check(patient=stranger, draft=draft, by=stranger.user, now=timezone.now())

    response = own.post("/log/check/", said, **JSON)

    assert response.status_code == 201
    assert (patient.checks.get().morning_pain, stranger.checks.get().morning_pain) == (3, 7)


def test_logging_is_audited_without_a_word_about_health(own: Client, patient: Patient) -> None:
    own.post("/log/check/", answers(new_warning="yes", warning_note="my calf"))

    event = AuditEvent.objects.get(patient=patient)
    assert (event.actor, event.verb, event.detail) == (patient.user, "check.logged", {"worrying": True})


BAD = {
    "pain 11": {"morning_pain": "11"},
    "pain -1": {"morning_pain": "-1"},
    "pain full-width": {"morning_pain": "３"},
    "pain arabic": {"morning_pain": "٣"},
    "pain 1_0": {"morning_pain": "1_0"},
    "pain 1.5": {"morning_pain": "1.5"},
    "pain huge": {"morning_pain": "9" * 400},
    "pain twice": {"morning_pain": ["3", "4"]},
    "sleep 6": {"sleep": "6"},
    "sleep nan": {"sleep": "NaN"},
    "stiffness unknown": {"stiffness": "a lot"},
    "place unknown": {"places": ["outer_knee", "elbow"]},
    "side unknown": {"side": "up"},
    "worry unknown": {"new_warning": "maybe"},
    "tomorrow": {"on": (date.today() + timedelta(days=2)).isoformat()},  # noqa: DTZ011
    "long ago": {"on": "0001-01-01"},
    "no such day": {"on": "2026-02-30"},
    "no day": {"on": ""},
    "full-width day": {"on": "２０２６-03-10"},
    "nil id": {"client_id": "00000000-0000-0000-0000-000000000000"},
    "no id": {"client_id": ""},
    "odd id": {"client_id": "5"},
    "note too long": {"warning_note": "a" * 10_000},
    "note with NUL": {"warning_note": "a\x00b"},
    "note with bidi": {"warning_note": "a\u202eb"},
    "note with control": {"warning_note": "a\x1bb"},
}


@pytest.mark.parametrize("said", BAD.values(), ids=BAD)
def test_bad_input_is_refused_and_what_was_typed_stays(own: Client, patient: Patient, said: dict) -> None:
    response = own.post("/log/check/", answers(**{"warning_note": "keep me", **said}))

    page = response.content.decode()
    assert (response.status_code, patient.checks.count()) == (422, 0)
    assert "keep me" in page or "warning_note" in said
    assert "error" in page


@pytest.mark.parametrize(
    "note", ["🙂 family 👩‍👩‍👧", "<script>alert(1)</script>", "{{ 7|add:1 }}", "%s ' OR 1=1", "ß İ ǆ"]
)
def test_odd_but_honest_words_are_kept_as_they_are(own: Client, patient: Patient, note: str) -> None:
    own.post("/log/check/", answers(warning_note=note))

    assert patient.checks.get().warning_note == note


def test_a_body_of_two_megabytes_is_refused(own: Client, patient: Patient) -> None:
    body = "warning_note=" + "a" * 2_000_000

    response = own.post("/log/check/", body, content_type="application/x-www-form-urlencoded")

    assert (response.status_code, patient.checks.count()) in [(400, 0), (413, 0)]


def test_errors_come_as_json_to_script(own: Client) -> None:
    response = own.post("/log/check/", answers(morning_pain="11"), **JSON)

    assert (response.status_code, list(response.json()["errors"])) == (422, ["morning_pain"])


def test_signed_out_script_gets_401(client: Client, db) -> None:
    assert client.post("/log/check/", answers(), **JSON).status_code == 401


def test_logging_a_check_takes_ten_queries(own: Client, django_assert_num_queries) -> None:
    own.get("/today/")

    with django_assert_num_queries(10):
        own.post("/log/check/", answers())


@pytest.mark.django_db(transaction=True)
def test_twenty_retries_at_once_store_one_row() -> None:
    patient = make_patient(make_clinic())
    draft = CheckDraft(client_id=uuid4(), on=today(), morning_pain=4)
    outcomes: list[Outcome] = []

    def retry() -> None:
        logged = log_check(patient=patient, draft=draft, by=patient.user, now=timezone.now())
        outcomes.append(logged.outcome)
        connection.close()

    threads = [threading.Thread(target=retry) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["repeated"] * 19 + ["stored"]
    assert DailyCheck.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_different_checks_of_one_day_at_once_make_one_line_of_corrections() -> None:
    patient = make_patient(make_clinic())

    def send(pain: int) -> None:
        draft = CheckDraft(client_id=uuid4(), on=today(), morning_pain=pain)
        log_check(patient=patient, draft=draft, by=patient.user, now=timezone.now())
        connection.close()

    threads = [threading.Thread(target=send, args=(pain,)) for pain in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert patient.checks.count() == 10
    assert patient.checks.filter(corrects__isnull=True).count() == 1
