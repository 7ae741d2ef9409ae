"""The assessment over the web: nothing typed is lost, nothing unsaid is stored, nothing is overwritten."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from clinic.models import AuditEvent, Patient
from programs.actions import assess, decide_findings
from programs.models import Assessment, Verdict
from tests.factories import make_assessment, make_patient

pytestmark = pytest.mark.django_db
WEAK = {"hip_abduction": {"left": "3", "right": "5"}, "stance_drop": {"left": "2", "right": "0"}}


def where(patient: Patient) -> str:
    return f"/patients/{patient.pk}/assess/"


def sent(**changes: object) -> dict[str, object]:
    on = timezone.now().date().isoformat()
    return {"client_id": str(uuid4()), "on": on, "mode": "quick", "act": "save", **changes}


def test_only_what_was_examined_is_stored(desk: Client, patient: Patient) -> None:
    typed = sent(**{
        "worst_pain-whole": "4", "hip_abduction-left": "3", "hip_abduction-right": "", "kit-whole": ["none-of-these"],
        "goal_1-whole": "Run 5 km", "goal_1-whole-score": "3", "goal_2-whole-score": "5",
    })  # fmt: skip

    response = desk.post(where(patient), typed)

    row = Assessment.objects.get()
    assert response.url == f"{where(patient)}{row.pk}/"
    assert row.answers == {
        "worst_pain": {"whole": 4}, "hip_abduction": {"left": "3"}, "kit": {"whole": []},
        "goal_1": {"whole": {"words": "Run 5 km", "score": 3}},
    }  # fmt: skip


def test_a_form_sent_twice_is_stored_once(desk: Client, patient: Patient) -> None:
    typed = sent(**{"worst_pain-whole": "4"})

    answers = [desk.post(where(patient), typed).url for _ in range(2)]

    assert (len(set(answers)), Assessment.objects.count()) == (1, 1)
    assert AuditEvent.objects.filter(verb="assessment.made").count() == 1


def test_an_error_loses_nothing_and_says_where(desk: Client, patient: Patient) -> None:
    typed = sent(**{"worst_pain-whole": "eleven", "hip_abduction-left": "3", "goal_1-whole": "Stairs"})

    response = desk.post(where(patient), typed)

    page = response.content.decode()
    assert (response.status_code, Assessment.objects.count()) == (422, 0)
    assert re.search(r'name="hip_abduction-left" value="3" id="\w+-left_3" checked', page)
    assert all(word in page for word in ('value="eleven"', 'value="Stairs"', 'href="#id_worst_pain-whole"'))


def test_nothing_filled_in_is_not_an_assessment(desk: Client, patient: Patient) -> None:
    response = desk.post(where(patient), sent())

    assert (response.status_code, "Nothing is filled in yet." in response.content.decode()) == (422, True)


def test_asking_everything_keeps_what_is_filled_in(desk: Client, patient: Patient) -> None:
    typed = sent(act="full", **{"worst_pain-whole": "eleven", "hip_abduction-left": "3"})

    page = desk.post(where(patient), typed).content.decode()

    assert ('name="squat_lean-left"' in page, 'value="eleven"' in page, "whole number" in page) == (
        True,
        True,
        False,
    )
    assert 'name="hip_abduction-left" value="3" id="id_hip_abduction-left_3" checked' in page
    assert Assessment.objects.count() == 0


def test_a_re_test_is_a_new_row_beside_the_first(desk: Client, patient: Patient) -> None:
    first = timezone.now().date() - timedelta(days=40)
    old = make_assessment(patient, {"knee_to_wall": {"left": 6, "right": 10}}, assessed_on=first)

    form = desk.get(where(patient)).content.decode()
    page = desk.post(
        where(patient), sent(**{"knee_to_wall-left": "9", "knee_to_wall-right": "10"}), follow=True
    )

    assert ("first: 6 cm" in form, Assessment.objects.count()) == (True, 2)
    row = re.search(r"Knee to wall, Left.*?</tr>", page.content.decode(), re.DOTALL)[0]
    assert [word in row for word in ("9 cm", "6 cm", "+3", "better", "90 %")] == [True] * 5
    old.refresh_from_db()
    assert old.answers == {"knee_to_wall": {"left": 6, "right": 10}}


def test_a_correction_names_the_old_row_which_stays(desk: Client, patient: Patient) -> None:
    old = make_assessment(patient, WEAK, assessed_on=timezone.now().date())

    form = desk.get(where(patient), {"corrects": old.pk}).content.decode()
    desk.post(where(patient), sent(corrects=old.pk, **{"hip_abduction-left": "4"}))

    new = Assessment.objects.get(corrects=old)
    assert 'name="hip_abduction-left" value="3" id="id_hip_abduction-left_3" checked' in form
    assert (new.answers, list(Assessment.objects.standing())) == ({"hip_abduction": {"left": "4"}}, [new])
    assert desk.get(f"{where(patient)}{old.pk}/").url == f"{where(patient)}{new.pk}/"


def test_of_two_corrections_the_second_is_told_and_kept(desk: Client, patient: Patient) -> None:
    old = make_assessment(patient, WEAK)
    make_assessment(patient, WEAK, corrects=old)

    response = desk.post(where(patient), sent(corrects=old.pk, **{"worst_pain-whole": "7"}))

    assert (response.status_code, Assessment.objects.count()) == (409, 2)
    assert "Somebody corrected this assessment before" in response.content.decode()


def test_findings_are_confirmed_or_rejected_and_a_change_is_a_new_row(desk: Client, patient: Patient) -> None:
    row = make_assessment(patient, WEAK)
    page = f"{where(patient)}{row.pk}/"

    desk.post(page, {"finding-hip_strength": "confirmed", "finding-technique": ""})
    desk.post(page, {"finding-hip_strength": "confirmed", "finding-technique": "rejected"})
    desk.post(page, {"finding-hip_strength": "rejected"})

    said = list(Verdict.objects.values_list("contributor", "answer"))
    assert said == [("hip_strength", "confirmed"), ("technique", "rejected"), ("hip_strength", "rejected")]


def test_an_unknown_verdict_changes_nothing(desk: Client, patient: Patient) -> None:
    row = make_assessment(patient, WEAK)

    response = desk.post(f"{where(patient)}{row.pk}/", {"finding-hip_strength": "perhaps"})

    assert (response.status_code, Verdict.objects.count()) == (422, 0)


def test_the_page_shows_evidence_gaps_and_what_is_not_known(desk: Client, patient: Patient) -> None:
    row = make_assessment(patient, {**WEAK, "tfl_touch": {"left": "3"}})

    page = desk.get(f"{where(patient)}{row.pk}/").content.decode()

    assert "Side-lying abduction, gluteus medius: left 3 weak" in page
    assert ("Knee: not examined" in page, "Nothing known about:" in page, "Clinic view" in page) == (
        True,
        True,
        True,
    )


def test_somebody_elses_assessment_is_not_found(desk: Client, patient: Patient) -> None:
    theirs = make_assessment(make_patient(patient.clinic, name="Other"), WEAK)

    assert desk.get(f"{where(patient)}{theirs.pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_pages_take_a_fixed_number_of_queries(
    desk: Client, patient: Patient, clinician: object, rows: int, django_assert_num_queries: Callable
) -> None:
    for number in range(rows):
        row = make_assessment(patient, WEAK, by=clinician, assessed_on=f"2026-01-{number + 1:02}")
        decide_findings(assessment=row, answers={"hip_strength": "confirmed"}, by=clinician)

    with django_assert_num_queries(8):
        desk.get(where(patient), {"mode": "full"})
    with django_assert_num_queries(8):
        desk.get(f"{where(patient)}{row.pk}/")


def test_the_database_refuses_an_empty_assessment_and_a_second_correction(
    patient: Patient, clinician: object
) -> None:
    with pytest.raises(IntegrityError, match="assessment_says_something"), transaction.atomic():
        make_assessment(patient, {}, by=clinician)
    old = make_assessment(patient, WEAK, by=clinician)
    make_assessment(patient, WEAK, by=clinician, corrects=old)
    with pytest.raises(IntegrityError, match="corrects"), transaction.atomic():
        make_assessment(patient, WEAK, by=clinician, corrects=old)


def test_answers_outside_the_catalogue_are_refused_by_the_action(patient: Patient, clinician: object) -> None:
    with pytest.raises(ValueError, match="nothing"):
        assess(
            patient=patient, client_id=uuid4(), mode="quick", answers={"nothing": {"whole": 1}},
            assessed_on=timezone.now().date(), by=clinician,
        )  # fmt: skip
