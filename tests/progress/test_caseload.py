"""The caseload: only one's own patients, those who need a look first, the same few queries for any number."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clinic.audit import record
from clinic.models import Clinic, Invitation, Patient, User
from tests.factories import (
    give_care,
    log_check_row,
    log_session_row,
    make_clinic,
    make_member,
    make_patient,
    make_plan,
)
from tests.machinery.signed_in import client_with, session_of

pytestmark = pytest.mark.django_db
CALM, STALE = 7, 11  # queries when every state row is fresh, and when none is


def ago(days: int) -> date:
    return timezone.now().date() - timedelta(days=days)


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def clinician(clinic: Clinic) -> User:
    return make_member(clinic, name="Dr A")


@pytest.fixture
def staff(clinician: User) -> Client:
    return client_with(session_of(clinician))


def names(staff: Client, query: str = "") -> list[str]:
    return [line.name for line in staff.get(f"/caseload/{query}").context["lines"]]


def line_of(staff: Client, patient: Patient) -> object:
    return next(line for line in staff.get("/caseload/").context["lines"] if line.id == patient.pk)


def test_only_people_now_in_care_are_listed(staff: Client, clinic: Clinic, clinician: User) -> None:
    mine = make_patient(clinic, in_care_of=clinician)
    make_patient(clinic, in_care_of=make_member(clinic))
    make_patient(make_clinic(), in_care_of=clinician)
    past = make_patient(clinic, in_care_of=clinician)
    past.care.update(ended_at=timezone.now(), ended_by=clinician)

    assert names(staff) == [mine.name]


def test_an_empty_caseload_says_what_to_do(staff: Client) -> None:
    page = staff.get("/caseload/").content.decode()

    assert "Nobody in your care yet" in page
    assert page.count('href="/caseload/invite/"') == 2


def test_a_worry_comes_first_then_rising_pain_then_the_rest(
    staff: Client, clinic: Clinic, clinician: User
) -> None:
    people = {
        name: make_patient(clinic, in_care_of=clinician, name=name) for name in ("Ann", "Bea", "Cleo", "Dora")
    }
    for name in ("Ann", "Bea", "Cleo"):
        make_plan(people[name], by=clinician, started_on=ago(30))
        log_check_row(people[name], ago(0), 2)
    for days in range(1, 14):
        log_check_row(people["Bea"], ago(days), 2 if days > 6 else 6)
    log_check_row(people["Cleo"], ago(1), 2, new_warning=True)

    found = staff.get("/caseload/").context["lines"]

    assert [line.name for line in found] == ["Cleo", "Bea", "Dora", "Ann"]
    words = ["New worry", "Pain rising", "No plan yet", "New checks"]
    assert [word in line.reason for word, line in zip(words, found, strict=True)] == [True] * 4
    assert [line.is_worry for line in found] == [True, False, False, False]


def test_a_row_says_what_is_known_and_what_is_not(staff: Client, clinic: Clinic, clinician: User) -> None:
    patient = make_patient(clinic, in_care_of=clinician)
    make_plan(patient, by=clinician, started_on=ago(60), weekdays=[1, 2, 3, 4, 5, 6, 7])
    log_session_row(patient, ago(1), "done", received_at=timezone.now() - timedelta(days=1))
    log_session_row(patient, ago(2), "partly")
    log_session_row(patient, ago(3), "not_today", reason="time")
    for days in (1, 2, 3, 4):
        log_check_row(patient, ago(days), 2)

    line = line_of(staff, patient)

    assert line.phase == ("1 of 1 · Settle", "Program")
    assert line.sessions == ("1 of 13 done", "1 partly, 1 not today, 10 no word")
    assert line.pain == ("2.0 · too few days to compare", "4 of 7 days")
    assert (line.contact, line.unread) == ("yesterday", 4)


def test_nothing_logged_is_not_shown_as_zero(staff: Client, clinic: Clinic, clinician: User) -> None:
    patient = make_patient(clinic, in_care_of=clinician)
    make_plan(patient, by=clinician, started_on=ago(0))

    line = line_of(staff, patient)

    assert (line.pain, line.contact, line.unread) == (("–", "not logged"), "–", "")


@pytest.mark.parametrize(("days", "words"), [(3, "Invited"), (-1, "Invitation expired")])
def test_an_invitation_that_waits_is_shown(
    staff: Client, clinic: Clinic, clinician: User, days: int, words: str
) -> None:
    patient = make_patient(clinic, in_care_of=clinician, with_account=False)
    ends = timezone.now() + timedelta(days=days)
    Invitation.objects.create(patient=patient, email=patient.email, sent_by=clinician, expires_at=ends)

    assert words in line_of(staff, patient).reason


def test_search_finds_part_of_a_name_and_nobody_elses_patient(
    staff: Client, clinic: Clinic, clinician: User
) -> None:
    make_patient(clinic, in_care_of=clinician, name="Zoë Ångström")
    make_patient(clinic, in_care_of=clinician, name="Ben")
    make_patient(clinic, in_care_of=make_member(clinic), name="Zoë Other")

    assert names(staff, "?q=zoë") == ["Zoë Ångström"]
    assert names(staff, "?q=%25") == []


def test_sorting_up_and_down(staff: Client, clinic: Clinic, clinician: User) -> None:
    ann, bea, cleo = (
        make_patient(clinic, in_care_of=clinician, name=name) for name in ("Ann", "Bea", "Cleo")
    )
    log_check_row(ann, ago(0), 5)
    log_check_row(bea, ago(3), 1)
    log_check_row(bea, ago(2), 1)
    del cleo

    assert names(staff, "?sort=-name") == ["Cleo", "Bea", "Ann"]
    assert names(staff, "?sort=-pain") == ["Ann", "Bea", "Cleo"]
    assert names(staff, "?sort=pain") == ["Bea", "Ann", "Cleo"]
    assert names(staff, "?sort=contact") == ["Cleo", "Bea", "Ann"]
    assert names(staff, "?sort=-unread") == ["Bea", "Ann", "Cleo"]


@pytest.mark.parametrize(
    "query",
    [
        "?sort=nope",
        "?sort=",
        "?q=%00",
        "?q=(",
        "?q=" + "a" * 5000,
        "?page=0",
        "?page=-1",
        "?page=x",
        "?page=9999999999",
    ],
)
def test_an_odd_address_still_shows_a_list(staff: Client, query: str) -> None:
    assert staff.get(f"/caseload/{query}").status_code == 200


def test_patients_admins_and_editors_have_no_caseload(clinic: Clinic, clinician: User) -> None:
    others = [
        make_patient(clinic, in_care_of=clinician).user,
        make_member(clinic, role="clinic_admin"),
        make_member(clinic, role="editor"),
    ]

    assert [client_with(session_of(user)).get("/caseload/").status_code for user in others] == [404] * 3


@pytest.mark.parametrize("how_many", [1, 30, 200])
def test_the_caseload_takes_the_same_queries_for_any_number(
    staff: Client, clinic: Clinic, clinician: User, django_assert_num_queries, how_many: int
) -> None:
    patients = [make_patient(clinic, with_account=False) for _ in range(how_many)]
    for patient in patients:
        give_care(patient, clinician)
    make_plan(patients[0], by=clinician)
    staff.get("/caseload/")

    with django_assert_num_queries(CALM):
        assert len(staff.get("/caseload/").context["lines"]) == how_many

    for patient in patients:
        record(by=None, verb="test", patient=patient)
    with django_assert_num_queries(STALE):
        staff.get("/caseload/")


def test_more_than_a_page_of_people_has_a_second_page(
    staff: Client, clinic: Clinic, clinician: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("progress.queries.caseload.PER_PAGE", 2)
    for name in ("Ann", "Bea", "Cleo"):
        make_patient(clinic, in_care_of=clinician, name=name)

    found = [names(staff, f"?sort=name&page={page}") for page in (1, 2, 3)]

    assert found == [["Ann", "Bea"], ["Cleo"], ["Ann", "Bea"]]
    assert "3 people in your care" in staff.get("/caseload/?page=2").content.decode()
