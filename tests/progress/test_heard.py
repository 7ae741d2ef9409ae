"""What patients told and asked while reading: before the visit, in the caseload, and once more on Today."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import Patient, User
from education.actions import ask_about, tell_in_own_words
from education.models import BeliefRating, OwnWords, PassageQuestion, ReadingAssignment
from progress.actions import mark_seen
from tests.education.whole import make_whole
from tests.factories import give_reading, make_clinic, make_member, make_patient
from tests.machinery.signed_in import client_with, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinician() -> User:
    return make_member(make_clinic(), name="Dr A")


@pytest.fixture
def patient(clinician: User) -> Patient:
    return make_patient(clinician.memberships.get().clinic, in_care_of=clinician, name="Ana Lima")


@pytest.fixture
def reading(patient: Patient, clinician: User) -> ReadingAssignment:
    at = timezone.now() - timedelta(days=20)
    return give_reading(
        patient, make_whole(), assigned_by=clinician, sections_seen=9, opened_at=at, read_at=at
    )


@pytest.fixture
def staff(clinician: User) -> Client:
    return client_with(session_of(clinician))


def words_of(client: Client, address: str) -> str:
    page = client.get(address).content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def rate(reading: ReadingAssignment, moment: str, value: int | None, *, days_ago: int) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    BeliefRating.objects.create(assignment=reading, ask_key="b1", moment=moment, value=value, rated_at=at)


def ask(reading: ReadingAssignment) -> PassageQuestion:
    return ask_about(
        assignment=reading, key="f1", text="Is mine too firm?", by=reading.patient.user, now=timezone.now()
    )


def test_beliefs_show_how_they_moved(staff, patient, reading):
    rate(reading, "before", 8, days_ago=20)
    rate(reading, "after", None, days_ago=20)

    told = words_of(staff, f"/patients/{patient.pk}/")

    assert "“Rolling makes the IT band longer.”: 8 → left open → not asked yet" in told


def test_a_question_and_own_words_are_on_top_until_they_are_marked_as_read(
    staff, patient, reading, clinician
):
    ask(reading)
    tell_in_own_words(assignment=reading, key="w1", text="Firm is fine.", by=patient.user, now=timezone.now())
    before = words_of(staff, f"/patients/{patient.pk}/").partition("Reading ")[0]
    mark_seen(patient=patient, up_to=timezone.now(), by=clinician)
    after = words_of(staff, f"/patients/{patient.pk}/")

    for words in ("“Is mine too firm?”", "A firm band is normal.", "“Firm is fine.”", "Hips do the work."):
        assert words in before
    assert ("New since you last read" in after, "“Is mine too firm?”" in after) == (False, True)


def test_a_question_about_a_withdrawn_module_is_still_new(staff, patient, reading, clinician):
    ask(reading)
    ReadingAssignment.objects.update(withdrawn_at=timezone.now(), withdrawn_by=clinician)
    assert "“Is mine too firm?”" in words_of(staff, f"/patients/{patient.pk}/")


def test_the_caseload_says_that_there_is_a_question(staff, patient, reading, clinician):
    ask(reading)
    new = words_of(staff, "/caseload/?sort=-unread")
    mark_seen(patient=patient, up_to=timezone.now(), by=clinician)

    unread = list(Patient.objects.values_list("state__unread_questions", flat=True))
    words_of(staff, "/caseload/")
    read = list(Patient.objects.values_list("state__unread_questions", flat=True))
    assert ("Ana Lima" in new, unread, read) == (True, [1], [0])


@pytest.mark.parametrize(("days_ago", "shown"), [(13, False), (15, True)])
def test_today_and_learn_ask_once_more_after_two_weeks(patient, reading, days_ago, shown):
    rate(reading, "after", 3, days_ago=days_ago)
    own = client_with(session_of(patient.user))

    pages = [own.get(address).content.decode() for address in ("/today/", "/modules/")]

    assert [f"/modules/{reading.pk}/#beliefs-later" in page for page in pages] == [shown, shown]


def test_what_was_skipped_is_not_asked_again(patient, reading):
    rate(reading, "after", 3, days_ago=15)
    rate(reading, "later", None, days_ago=1)

    own = client_with(session_of(patient.user))

    assert "#beliefs-later" not in own.get("/today/").content.decode()


@pytest.mark.parametrize("how_many", [1, 30])
def test_the_patient_page_takes_the_same_queries_however_much_was_said(
    staff, patient, reading, django_assert_num_queries, how_many
):
    for n in range(how_many):
        OwnWords.objects.create(assignment=reading, ask_key="w1", prompt="What?", text=f"{n}")
        PassageQuestion.objects.create(
            patient=patient, assignment=reading, version=reading.version, section_key="f1", text=f"{n}"
        )
    staff.get(f"/patients/{patient.pk}/")

    with django_assert_num_queries(17):
        staff.get(f"/patients/{patient.pk}/")
