"""The patient page: for clinicians in care only, complete, honest about gaps, in few queries."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import AccessEvent, AuditEvent, Clinic, Invitation, Patient, User
from education.models import CheckAttempt
from progress.models import SeenMark
from tests.factories import (
    give_reading,
    log_check_row,
    log_session_row,
    make_clinic,
    make_exercise_version,
    make_member,
    make_patient,
    make_plan,
)
from tests.machinery.signed_in import client_with, session_of

pytestmark = pytest.mark.django_db


def ago(days: int) -> date:
    return timezone.now().date() - timedelta(days=days)


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def clinician(clinic: Clinic) -> User:
    return make_member(clinic, name="Dr A")


@pytest.fixture
def patient(clinic: Clinic, clinician: User) -> Patient:
    return make_patient(clinic, in_care_of=clinician, name="Ana Lima")


@pytest.fixture
def staff(clinician: User) -> Client:
    return client_with(session_of(clinician))


def page_of(staff: Client, patient: Patient) -> str:
    return staff.get(f"/patients/{patient.pk}/").content.decode()


def test_opening_the_page_is_noted(staff: Client, patient: Patient, clinician: User) -> None:
    page_of(staff, patient)

    assert AccessEvent.objects.values_list("actor", "patient", "route").get() == (
        clinician.pk,
        patient.pk,
        "patient",
    )


def test_nobody_else_gets_in(clinic: Clinic, patient: Patient) -> None:
    log_check_row(patient, ago(0), 9)
    elsewhere = make_clinic()
    others = [
        patient.user,
        make_patient(clinic).user,
        make_member(clinic),
        make_member(clinic, role="clinic_admin"),
        make_member(elsewhere),
    ]
    clients = [client_with(session_of(user)) for user in others]

    opened = [c.get(f"/patients/{patient.pk}/").status_code for c in clients]
    marked = [c.post(f"/patients/{patient.pk}/seen/", {"up_to": "x"}).status_code for c in clients]

    assert (opened, marked) == ([404] * 5, [404] * 5)
    assert SeenMark.objects.count() == 0


def test_an_unknown_patient_is_not_found(staff: Client) -> None:
    assert staff.get(f"/patients/{uuid4()}/").status_code == 404


def test_a_patient_without_anything_shows_what_to_do(staff: Client, patient: Patient) -> None:
    page = page_of(staff, patient)

    assert page.count("Assign a plan") == 2
    assert "No modules assigned." in page
    assert "Needs a look" not in page


def test_a_worry_is_shown_with_its_words_until_read(staff: Client, patient: Patient) -> None:
    row = log_check_row(patient, ago(0), 2, new_warning=True, warning_note="<b>swollen</b> calf")
    before = page_of(staff, patient)

    staff.post(f"/patients/{patient.pk}/seen/", {"patient": patient.pk, "up_to": row.received_at.isoformat()})

    after = page_of(staff, patient)
    assert ("Needs a look" in before, "Needs a look" in after) == (True, False)
    assert "“&lt;b&gt;swollen&lt;/b&gt; calf”" in before


def test_marking_as_read_leaves_what_came_later(staff: Client, patient: Patient, clinician: User) -> None:
    first = log_check_row(patient, ago(1), 9)
    log_check_row(patient, ago(0), 8)

    staff.post(
        f"/patients/{patient.pk}/seen/", {"patient": patient.pk, "up_to": first.received_at.isoformat()}
    )

    assert SeenMark.objects.values_list("up_to", "seen_by").get() == (first.received_at, clinician.pk)
    assert AuditEvent.objects.filter(verb="patient.seen", patient=patient).count() == 1
    assert page_of(staff, patient).count("received") == 1


def test_nobody_reads_ahead_of_the_clock(staff: Client, patient: Patient) -> None:
    staff.post(f"/patients/{patient.pk}/seen/", {"patient": patient.pk, "up_to": "2099-01-01T00:00:00+00:00"})

    assert SeenMark.objects.get().up_to <= timezone.now()


@pytest.mark.parametrize("up_to", ["", "yesterday", "2026-03-10", "2026-03-10T12:00:00", "\x00", "9" * 9000])
def test_an_odd_moment_marks_nothing(staff: Client, patient: Patient, up_to: str) -> None:
    response = staff.post(f"/patients/{patient.pk}/seen/", {"patient": patient.pk, "up_to": up_to})

    assert (response.status_code, SeenMark.objects.count()) == (302, 0)


def test_a_page_about_somebody_else_marks_nothing(staff: Client, patient: Patient, clinician: User) -> None:
    other = make_patient(patient.clinic, in_care_of=clinician)

    staff.post(f"/patients/{patient.pk}/seen/", {"patient": other.pk, "up_to": timezone.now().isoformat()})

    assert SeenMark.objects.count() == 0


def test_corrected_and_conflicting_checks_are_shown_as_such(staff: Client, patient: Patient) -> None:
    first = log_check_row(patient, ago(0), 4)
    log_check_row(patient, ago(0), 3, corrects=first)
    log_check_row(patient, ago(0), 5, client_id=first.client_id, content_hash="y", conflicts_with=first)

    page = page_of(staff, patient)

    found = [page.count(words) for words in ("corrected since", ">correction<", "other answers, same check")]
    assert found == [1, 1, 1]


def test_days_without_a_word_are_open_not_missed(staff: Client, patient: Patient) -> None:
    make_plan(patient, weekdays=[1, 2, 3, 4, 5, 6, 7], started_on=ago(60))
    log_session_row(patient, ago(2), "done")

    days = staff.get(f"/patients/{patient.pk}/").context["record"].fortnight

    assert [day.state for day in days] == ["missing"] * 11 + ["done", "missing", "today"]


def test_reading_shows_what_was_mistaken(staff: Client, patient: Patient) -> None:
    reading = give_reading(patient, opened_at=timezone.now())
    CheckAttempt.objects.create(
        assignment=reading, check_key="q1", option=0, is_right=False, misconception="band-is-muscle"
    )

    assert "band is muscle" in page_of(staff, patient)


@pytest.mark.parametrize(("days", "words"), [(3, "The link works until"), (-1, "ran out on")])
def test_the_invitation_is_shown_until_it_is_accepted(
    staff: Client, clinic: Clinic, clinician: User, days: int, words: str
) -> None:
    invited = make_patient(clinic, in_care_of=clinician, with_account=False)
    ends = timezone.now() + timedelta(days=days)
    Invitation.objects.create(patient=invited, email=invited.email, sent_by=clinician, expires_at=ends)

    page = page_of(staff, invited)

    assert words in page
    assert "Send a new link" in page


def test_the_page_knows_age_and_local_time(staff: Client, patient: Patient) -> None:
    Patient.objects.filter(pk=patient.pk).update(birth_date=ago(-1).replace(year=ago(0).year - 30))

    assert staff.get(f"/patients/{patient.pk}/").context["header"]["age"] == 29


@pytest.mark.parametrize("how_many", [0, 1, 30])
def test_the_patient_page_takes_few_queries_for_any_number(
    staff: Client, patient: Patient, django_assert_num_queries, how_many: int
) -> None:
    if how_many:
        make_plan(patient, *[make_exercise_version() for _ in range(how_many)], started_on=ago(60))
    for n in range(how_many):
        log_check_row(patient, ago(n), 3, new_warning=n == 0)
        log_session_row(patient, ago(n))
        reading = give_reading(patient)
        CheckAttempt.objects.create(assignment=reading, check_key="q1", option=0, is_right=False)
    staff.get(f"/patients/{patient.pk}/")

    with django_assert_num_queries(19 if how_many else 17):
        staff.get(f"/patients/{patient.pk}/")
