"""A clinic takes a stance, its patients hear one voice, and what they have read does not change."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from clinic.models import AuditEvent
from education import actions, queries
from education.models import ClinicStance
from education.rules.claims import Freshness, earliest_review, evidence, freshness
from education.rules.stances import TOPICS, UnknownStance, defaults
from tests.factories import give_reading, make_clinic, make_member, make_module_version, make_patient
from tests.machinery.signed_in import client_with, session_of

pytestmark = pytest.mark.django_db

STANCE = {
    "kind": "stance", "key": "s1", "topic": "cause", "text": "Why does it hurt?", "seeds": [],
    "voices": [{"choice": "pressing", "text": "It is pressed."}, {"choice": "both", "text": "Two ideas."}],
    "sources": ["S1"], "grade": "mixed", "confidence": "medium", "review_by": "2027-05-31",
}  # fmt: skip
SOURCES = {"S1": {"key": "S1", "citation": "Somebody 2020", "read_as": "", "url": "", "is_opinion": False}}


@pytest.fixture
def version(db):
    return make_module_version(sections=[STANCE], sources=SOURCES)


@pytest.fixture
def admin(clinic):
    return make_member(clinic, "clinic_admin")


def choose(clinic, admin, **chosen: str):
    return actions.choose_stances(clinic=clinic, chosen=chosen, by=admin)


def shown(phone, reading) -> str:
    return phone.get(reverse("module", args=[reading.pk])).content.decode()


def test_a_clinic_that_says_nothing_speaks_with_the_defaults(clinic):
    assert queries.stances_of(clinic.pk) == defaults()


def test_patients_hear_the_voice_of_their_clinic(clinic, clinician, admin, patient, phone, version):
    choose(clinic, admin, cause="both")
    reading = actions.assign_module(patient=patient, version=version, by=clinician)

    main, _, panel = shown(phone, reading).partition('class="sources"')

    assert ("Two ideas." in main, "It is pressed." in main, "It is pressed." in panel) == (True, False, True)


def test_the_panel_says_what_studies_show_whatever_the_clinic_says(
    clinic, clinician, patient, phone, version
):
    reading = actions.assign_module(patient=patient, version=version, by=clinician)

    assert TOPICS["cause"].evidence in shown(phone, reading)


def test_what_nobody_has_opened_speaks_with_the_new_voice(clinic, clinician, admin, patient, phone, version):
    reading = actions.assign_module(patient=patient, version=version, by=clinician)

    choose(clinic, admin, cause="both")

    assert "Two ideas." in shown(phone, reading).partition('class="sources"')[0]


def test_what_was_opened_keeps_its_voice(clinic, clinician, admin, patient, phone, version):
    reading = actions.assign_module(patient=patient, version=version, by=clinician)
    phone.post(reverse("module_open", args=[reading.pk]))

    choose(clinic, admin, cause="both")

    assert "It is pressed." in shown(phone, reading).partition('class="sources"')[0]


def test_another_clinics_stance_changes_nothing_here(clinic, clinician, patient, phone, version):
    reading = actions.assign_module(patient=patient, version=version, by=clinician)
    other = make_clinic()

    choose(other, make_member(other, "clinic_admin"), cause="both")

    assert "It is pressed." in shown(phone, reading).partition('class="sources"')[0]


def test_reading_from_before_there_were_stances_has_a_voice_too(patient, phone, version):
    assert "It is pressed." in shown(phone, give_reading(patient, version))


def test_only_what_differs_is_kept_and_noted(clinic, admin):
    rows = choose(clinic, admin, **{**defaults(), "hills": "down_last"})
    again = choose(clinic, admin, **{**defaults(), "hills": "down_last"})

    assert ([(row.topic, row.choice) for row in rows], again) == ([("hills", "down_last")], [])
    assert AuditEvent.objects.filter(verb="stance.chosen", actor=admin).count() == 1


def test_a_choice_that_is_not_there_changes_nothing(clinic, admin):
    with pytest.raises(UnknownStance):
        choose(clinic, admin, hills="down_last", cause="magic")

    assert ClinicStance.objects.count() == 0


def test_an_admin_chooses_on_the_page(clinic, admin):
    client = client_with(session_of(admin))

    answer = client.post(reverse("manage_stances"), {**defaults(), "rolling": "brief"}, follow=True)

    assert queries.stances_of(clinic.pk) == {**defaults(), "rolling": "brief"}
    assert str(admin) in answer.content.decode()


def test_a_topic_left_open_is_asked_for_and_nothing_is_saved(clinic, admin):
    client = client_with(session_of(admin))

    answer = client.post(reverse("manage_stances"), {**defaults(), "rolling": ""})

    assert (answer.status_code, ClinicStance.objects.count()) == (400, 0)
    assert "Please choose one." in answer.content.decode()


@pytest.mark.parametrize("others", [0, 30])
def test_the_page_takes_a_fixed_number_of_queries(clinic, admin, others, django_assert_num_queries):
    for number in range(others):
        choose(clinic, admin, cause="both" if number % 2 == 0 else "pressing")
    client = client_with(session_of(admin))
    client.get(reverse("manage_stances"))

    with django_assert_num_queries(6):
        client.get(reverse("manage_stances"))


def test_staff_see_the_voice_of_their_own_clinic(clinic, clinician, admin, version):
    choose(clinic, admin, cause="both")

    page = client_with(session_of(clinician)).get(reverse("library_module", args=[version.pk]))

    assert "Two ideas." in page.content.decode().partition('class="sources"')[0]


DAY = date(2027, 5, 31)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (DAY - timedelta(days=61), Freshness.CURRENT),
        (DAY - timedelta(days=60), Freshness.DUE_SOON),
        (DAY, Freshness.DUE_SOON),
        (DAY + timedelta(days=1), Freshness.OVERDUE),
        (DAY + timedelta(days=180), Freshness.OVERDUE),
        (DAY + timedelta(days=181), Freshness.WITHDRAWN),
    ],
)
def test_a_claim_ages(on, expected):
    assert freshness(DAY, on=on) == expected


def test_what_has_no_date_never_ages():
    assert freshness(None, on=date(2050, 1, 1)) == Freshness.CURRENT


def test_the_earliest_claim_counts():
    parts = [STANCE, {**STANCE, "review_by": "2027-01-31"}, {"kind": "text"}]
    assert earliest_review(parts) == date(2027, 1, 31)


def test_evidence_counts_grades_and_lists_each_source_once_with_its_parts():
    found = evidence([STANCE, {"kind": "text"}, {**STANCE, "grade": "supported"}], SOURCES)

    assert (found.supported, found.mixed, found.clinic_view) == (1, 1, 0)
    assert [(one.source["key"], one.parts) for one in found.references] == [("S1", (1, 3))]


@pytest.mark.parametrize(("days", "offered"), [(180, True), (181, False)])
def test_a_module_nobody_looked_at_for_too_long_is_given_to_nobody_new(version, days, offered):
    old = make_module_version(review_by=DAY)
    old.module.live = True
    old.module.save()

    versions = queries.offered_versions(on=DAY + timedelta(days=days))

    assert (old in versions) is offered


def test_the_library_marks_what_is_overdue(clinician):
    old = make_module_version(review_by=date(2020, 1, 31))

    page = client_with(session_of(clinician)).get(reverse("library")).content.decode()

    assert (old.title in page, "Not offered: second look long overdue" in page) == (True, True)


def test_two_admins_choose_at_once_and_both_are_kept(clinic, admin):
    other = make_patient(clinic)  # somebody whose reading must be rewritten
    give_reading(other)
    choose(clinic, admin, cause="both")
    choose(clinic, make_member(clinic, "clinic_admin"), cause="pressing")

    assert [row.choice for row in queries.stance_history(clinic.pk)] == ["pressing", "both"]
