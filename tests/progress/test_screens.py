"""Red-flag screens: kept as answered, the program closed behind a card, staff told, and only a clinician opens it again."""

import re
import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.mail import KINDS, compose
from clinic.models import OutgoingMail, Patient, User
from progress.actions import clear_screen, log_screen, note_opened, tell_again
from progress.actions.screens import AlreadyCleared, NoteNeeded
from progress.models import Screen, ScreenEvent
from progress.queries.screens import waiting_for
from progress.rules.checks import Outcome
from progress.rules.red_flags import ITEMS, ScreenDraft
from tests.education.whole import make_whole
from tests.factories import (
    give_reading,
    make_clinic,
    make_exercise_version,
    make_member,
    make_patient,
    make_plan,
)
from tests.machinery.signed_in import client_with, session_of
from tests.machinery.words import health_words
from tests.test_architecture import our_routes

pytestmark = pytest.mark.django_db
ALL_NO = {item.id: "no" for item in ITEMS}
TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)  # the factories' clinics are open nine to five, in UTC


@pytest.fixture
def clinician() -> User:
    return make_member(make_clinic(phone="+1 555 0100", emergency_number="911"))


@pytest.fixture
def patient(clinician: User) -> Patient:
    clinic = clinician.memberships.get().clinic
    patient = make_patient(clinic, in_care_of=clinician)
    clam = make_exercise_version(name="Clamshell", code="CLAM")
    hop = make_exercise_version(name="Pogo hops", code="POGO", profile="impact")
    make_plan(patient, clam, hop, by=clinician, weekdays=[1, 2, 3, 4, 5, 6, 7])
    return patient


@pytest.fixture
def own(patient: Patient) -> Client:
    return client_with(session_of(patient.user))


@pytest.fixture
def staff(clinician: User) -> Client:
    return client_with(session_of(clinician))


def sent(**said: str) -> dict[str, str]:
    return {"client_id": str(uuid4()), "wording": "1", **ALL_NO, **said}


def told(patient: Patient, now: datetime = TUESDAY, **said: str) -> Screen:
    draft = ScreenDraft(client_id=uuid4(), answers=ALL_NO | said)
    return log_screen(patient=patient, draft=draft, by=patient.user, now=now).row


def test_answers_are_kept_as_given_and_what_is_open_stays_open(own: Client, patient: Patient) -> None:
    response = own.post(
        "/log/screen/", {"client_id": str(uuid4()), "wording": "1", "E1": "no", "W3": "not_sure"}
    )

    row = patient.screens.get()
    assert (row.answers, row.level, row.closes, row.wording) == ({"E1": "no", "W3": "not_sure"}, "W", "", 1)
    assert (row.why, len(row.unanswered), response.url) == ("start", 16, "/card/")


def test_nothing_is_chosen_beforehand_and_an_empty_screen_is_asked_for_one_answer(own: Client) -> None:
    page = own.get("/log/screen/").content.decode()
    empty = own.post("/log/screen/", {"client_id": str(uuid4()), "wording": "1"})

    assert (len(re.findall("<input[^>]* checked", page)), page.count('type="radio"')) == (0, 18 * 3)
    assert empty.status_code == 422
    assert "Please answer at least one question." in empty.content.decode()


def test_the_urgent_cards_are_in_the_page_with_numbers_to_call(own: Client) -> None:
    page = own.get("/log/screen/").content.decode()

    assert [page.count(f'<template id="card-{card}">') for card in ("A", "crisis", "B", "C", "D")] == [
        1,
        1,
        1,
        1,
        0,
    ]
    assert 'href="tel:911"' in page
    assert 'href="tel:+15550100"' in page
    assert page.count("Nobody reads this at once.") == 4


def test_script_gets_a_receipt_and_a_retry_stores_nothing_new(own: Client, patient: Patient) -> None:
    answers = sent(E1="yes")
    accept = {"HTTP_ACCEPT": "application/json"}

    first, again, other = (
        own.post("/log/screen/", data, **accept) for data in (answers, answers, answers | {"E2": "yes"})
    )
    wrong = own.post("/log/screen/", answers | {"E1": "maybe"}, **accept)

    assert [r.status_code for r in (first, again, other, wrong)] == [201, 200, 409, 422]
    assert first.json() == {
        "client_id": answers["client_id"],
        "outcome": "stored",
        "cards": ["A"],
        "next": "/card/",
    }
    assert list(wrong.json()["errors"]) == ["E1"]
    assert patient.screens.count() == 2


def test_having_called_is_noted_once_and_is_no_other_answer(own: Client, patient: Patient) -> None:
    answers = sent(E1="yes")

    own.post("/log/screen/", answers)
    own.post("/log/screen/", answers | {"called": "on"})
    page = own.post("/card/called/", follow=True).content.decode()

    row = patient.screens.get()
    assert row.events.filter(kind="called", by=patient.user).count() == 1
    assert "You told us that you have called." in page


def closed_pages(patient: Patient) -> list[str]:
    """Every page of the program, whatever its address is about."""
    routes = [r for r in our_routes() if getattr(r.callback, "is_program", False)]
    about = {"key": "medius", "client_id": uuid4(), "assignment_id": give_reading(patient).pk}
    return [reverse(r.name, kwargs={k: about[k] for k in r.pattern.converters}) for r in routes]


def test_every_page_of_the_programs_room_is_behind_the_programs_door() -> None:
    own = [
        r for r in our_routes() if r.callback.door == "own" and r.callback.__module__.startswith("programs.")
    ]

    assert [r.name for r in own if not getattr(r.callback, "is_program", False)] == []
    assert len(own) >= 6


@pytest.mark.parametrize("said", ["yes", "not_sure"])
@pytest.mark.parametrize("key", [item.id for item in ITEMS if item.id[0] in "EU"])
def test_behind_an_answer_that_cannot_wait_there_is_no_program_until_a_clinician_clears_it(
    own: Client, patient: Patient, clinician: User, key: str, said: str
) -> None:
    screen = told(patient, **{key: said})
    exercise = make_exercise_version(code="CLAM2").pk

    pages = [own.get(path) for path in closed_pages(patient)]
    motion = own.get(f"/exercises/{exercise}/motion/").status_code
    script = own.get("/plan/", HTTP_ACCEPT="application/json")

    assert {(page.status_code, page.templates[0].name) for page in pages} == {(200, "progress/cards.html")}
    assert [page for page in pages if "Clamshell" in page.content.decode()] == []
    assert (motion, script.status_code, own.get("/today/").context["day"].next) == (404, 423, "card")

    clear_screen(screen=screen, note="Seen at the clinic.", by=clinician, now=TUESDAY)
    assert "Clamshell" in own.get("/plan/").content.decode()


@pytest.mark.parametrize("key", [item.id for item in ITEMS if item.id[0] == "W"])
def test_an_answer_of_the_week_leaves_the_program_open_and_one_of_them_without_impact(
    own: Client, patient: Patient, key: str
) -> None:
    told(patient, **{key: "yes"})

    plan, log = (own.get(path).content.decode() for path in ("/plan/", "/log/session/"))
    today = own.get("/today/")

    has_impact = key != "W6"
    assert ("Clamshell" in plan, "Clamshell" in log) == (True, True)
    assert ("Put away for now" not in plan, "Pogo hops" in log, today.context["day"].exercises == 2) == (
        has_impact,
    ) * 3
    assert [card.key for card in today.context["cards"]] == ["crisis" if key == "W7" else "D"]


def test_a_session_done_before_is_kept_behind_the_card_and_shows_nothing_of_the_program(
    own: Client, patient: Patient
) -> None:
    page = own.get("/log/session/")
    posted = {name: value for name, value in page.context["form"].initial.items() if value} | {
        "outcome": "done"
    }
    posted |= {"version": str(patient.plans.get().versions.get().pk), "on": timezone.now().date().isoformat()}
    told(patient, E1="yes")
    address = f"/log/sessions/{uuid4()}/"

    receipt = own.post(address, posted, HTTP_ACCEPT="application/json")
    refused = own.post(f"/log/sessions/{uuid4()}/", {"outcome": "nonsense"})

    assert (receipt.status_code, patient.sessions.count()) == (201, 1)
    assert own.get(address).templates[0].name == "progress/cards.html"
    assert (refused.status_code, "Clamshell" in refused.content.decode()) == (422, False)


def test_reading_goes_on_behind_a_card_without_what_it_asks_them_to_do(own: Client, patient: Patient) -> None:
    address = reverse("module", args=[give_reading(patient, make_whole()).pk]) + "?all=1"
    before = own.get(address).content.decode()

    told(patient, U3="yes")

    after = own.get(address).content.decode()
    asked = ["Clamshell", "Stand on one leg and feel"]
    assert [[words in page for words in asked] for page in (before, after)] == [[True, True], [False, False]]
    assert "A strap, not a muscle" in after


def test_each_screen_waits_for_its_own_clearing_and_a_later_no_closes_nothing(
    patient: Patient, clinician: User
) -> None:
    first, second = told(patient, U1="yes"), told(patient, W6="yes")
    told(patient)

    clear_screen(screen=first, note="Seen.", by=clinician, now=TUESDAY)
    patient.refresh_from_db()
    left = [one.screen for one in waiting_for(clinician, now=TUESDAY)]

    assert (patient.closed, left) == ("impact", [second])


def test_clearing_takes_a_note_and_happens_once(staff: Client, patient: Patient, clinician: User) -> None:
    screen = told(patient, U1="yes")
    address = f"/patients/{patient.pk}/screens/{screen.pk}/clear/"

    empty = staff.post(address, {"note": "  "})
    staff.post(address, {"note": "Seen by Dr. Osei."})

    assert (empty.status_code, "it is kept with the screen" in empty.content.decode()) == (422, True)
    event = screen.events.get(kind="cleared")
    assert (event.by, event.note) == (clinician, "Seen by Dr. Osei.")
    with pytest.raises(AlreadyCleared):
        clear_screen(screen=screen, note="Again.", by=clinician, now=TUESDAY)
    with pytest.raises(NoteNeeded):
        clear_screen(screen=screen, note=" ", by=clinician, now=TUESDAY)


@pytest.mark.parametrize(
    "change",
    [
        lambda screen: Screen.objects.filter(pk=screen.pk).update(answers={}),
        lambda screen: Screen.objects.filter(pk=screen.pk)._raw_delete("default"),
        lambda screen: screen.events.update(at=TUESDAY + timedelta(days=1)),
        lambda screen: ScreenEvent.objects.create(screen=screen, kind="cleared", by=screen.patient.user),
        lambda screen: ScreenEvent.objects.create(screen=screen, kind="cleared", note="By nobody."),
        lambda screen: ScreenEvent.objects.create(screen=screen, kind="told"),
        lambda screen: Screen.objects.create(
            patient=screen.patient, client_id=uuid4(), wording=1, answers={}, level="E"
        ),
    ],
    ids=["answers", "delete", "events", "no note", "by nobody", "told twice", "level that closes nothing"],
)
def test_the_database_refuses(patient: Patient, change) -> None:
    screen = told(patient, E1="yes")

    with pytest.raises(IntegrityError), transaction.atomic():
        change(screen)


def test_the_urgent_list_has_who_what_since_when_and_a_number(
    staff: Client, patient: Patient, clinician: User
) -> None:
    own = client_with(session_of(patient.user))
    own.post("/log/screen/", sent(E4="not_sure", phone="+1 555 0123"))
    before = staff.get("/caseload/").content.decode()

    page = staff.get(f"/patients/{patient.pk}/").content.decode()
    after = staff.get("/caseload/")

    for words in (
        "Chest pain, trouble breathing",
        "<strong>not sure</strong>",
        'href="tel:+15550123"',
        "Nobody has opened it.",
    ):
        assert words in before
    assert "Leg suddenly cold" in page  # every answer, not only the flagged one
    assert f"Opened by {clinician}." in after.content.decode()
    assert after.context["lines"][0].is_worry


def test_only_who_is_in_care_sees_or_clears(patient: Patient, clinician: User) -> None:
    screen = told(patient, E1="yes")
    clinic = clinician.memberships.get().clinic
    for other in (make_member(clinic), make_member(clinic, "clinic_admin"), make_member(make_clinic())):
        client = client_with(session_of(other))
        codes = (
            client.get(f"/patients/{patient.pk}/screens/").status_code,
            client.post(f"/patients/{patient.pk}/screens/{screen.pk}/clear/", {"note": "x"}).status_code,
        )
        assert codes == (404, 404)
    assert waiting_for(make_member(clinic), now=TUESDAY) == []


@pytest.mark.parametrize(
    ("key", "minutes", "told_again"),
    [("E1", 29, 0), ("E1", 30, 1), ("U1", 239, 0), ("U1", 240, 1), ("W7", 9999, 0)],
)
def test_staff_are_told_at_once_and_once_more_when_nobody_opens_it(
    patient: Patient, clinician: User, key: str, minutes: int, told_again: int
) -> None:
    admin = make_member(clinician.memberships.get().clinic, "clinic_admin")
    told(patient, **{key: "yes"})

    found = [tell_again(now=TUESDAY + timedelta(minutes=minutes)) for _ in range(2)]

    to = sorted(OutgoingMail.objects.values_list("kind", "to"))
    once_more = [("look_now", clinician.email), ("nobody_opened", admin.email)] if told_again else []
    assert found == [told_again, 0]
    assert to == sorted([("look_now", clinician.email), *once_more])


@pytest.mark.parametrize(
    ("key", "hours", "is_overdue"), [("W2", 54, False), ("W2", 56, True), ("E1", 1, True)]
)
def test_what_nobody_looked_at_in_time_says_so(
    patient: Patient, clinician: User, key: str, hours: int, is_overdue: bool
) -> None:
    """Tuesday at ten: a W is due on Thursday at five, an E after half an hour."""
    told(patient, **{key: "yes"})

    (waiting,) = waiting_for(clinician, now=TUESDAY + timedelta(hours=hours))

    assert waiting.is_overdue is is_overdue


def test_who_has_opened_or_cleared_it_is_not_told_again(patient: Patient, clinician: User) -> None:
    opened, cleared = told(patient, E1="yes"), told(patient, E2="yes")
    note_opened(screens=[opened], by=clinician, now=TUESDAY)
    clear_screen(screen=cleared, note="Seen.", by=clinician, now=TUESDAY)

    assert tell_again(now=TUESDAY + timedelta(days=1)) == 0


def test_where_nobody_is_in_care_the_admins_are_told_at_once(clinician: User) -> None:
    clinic = clinician.memberships.get().clinic
    admin = make_member(clinic, "clinic_admin")

    told(make_patient(clinic), U2="yes")

    assert list(OutgoingMail.objects.values_list("kind", "to")) == [("nobody_opened", admin.email)]


def test_the_mails_name_neither_patient_nor_answer_and_are_dropped_once_it_is_cleared(
    patient: Patient, clinician: User
) -> None:
    make_member(clinician.memberships.get().clinic, "clinic_admin")
    screen = told(patient, E1="yes")
    tell_again(now=TUESDAY + timedelta(days=1))
    rows = list(OutgoingMail.objects.all())

    texts = [str(part) for row in rows for part in (compose(row).subject, compose(row).body)]
    assert [text for text in texts if health_words(text) or patient.name in text] == []
    assert [KINDS[row.kind].still_wanted(row, TUESDAY) for row in rows] == ["", "", ""]
    clear_screen(screen=screen, note="Seen.", by=clinician, now=TUESDAY)
    assert {KINDS[row.kind].still_wanted(row, TUESDAY) for row in rows} == {"cleared"}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_again_once(patient: Patient) -> None:
    told(patient, E1="yes")
    meet, done = threading.Barrier(2), []

    def work() -> None:
        meet.wait()
        done.append(tell_again(now=TUESDAY + timedelta(hours=1)))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == [0, 1]
    assert OutgoingMail.objects.filter(key__contains=":told_again:").count() == 1


@pytest.mark.parametrize(("how_many", "queries"), [(1, 10), (30, 10)])
def test_the_list_of_screens_takes_the_same_queries_for_any_number(
    staff: Client, patient: Patient, django_assert_num_queries, how_many: int, queries: int
) -> None:
    for _ in range(how_many):
        told(patient, W1="yes")
    staff.get(f"/patients/{patient.pk}/screens/")

    with django_assert_num_queries(queries):
        staff.get(f"/patients/{patient.pk}/screens/")


def test_a_conflicting_copy_with_a_worse_answer_closes_the_program_too(patient: Patient) -> None:
    key = uuid4()
    drafts = [ScreenDraft(client_id=key, answers=ALL_NO | said) for said in ({}, {"E1": "yes"})]

    found = [log_screen(patient=patient, draft=draft, by=patient.user, now=TUESDAY) for draft in drafts]

    patient.refresh_from_db()
    assert [one.outcome for one in found] == [Outcome.STORED, Outcome.CONFLICT]
    assert patient.program_is_closed


@pytest.mark.parametrize("how_many", [1, 30])
def test_the_urgent_list_takes_the_same_queries_for_any_number(
    staff: Client, patient: Patient, django_assert_num_queries, how_many: int
) -> None:
    for _ in range(how_many):
        told(patient, W1="yes")
    staff.get("/caseload/")

    with django_assert_num_queries(8):
        assert len(staff.get("/caseload/").context["urgent"]) == how_many
