"""An easier version, a bad day and what was left out: stored as they were done, shown to both sides."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from clinic.models import Patient
from programs.models import ExerciseVersion, PlanItem, Session
from tests.factories import log_session_row, make_exercise_version, make_plan
from tests.programs.test_log_page import EVERY_DAY, JSON, address, form_of, said

HOLD = {"sets_low": 4, "sets_high": 5, "amount_low": 20, "amount_high": 30, "unit": "seconds", "side": "one"}


@pytest.fixture
def press() -> ExerciseVersion:
    return make_exercise_version(name="Wall press", code="PRESS", dose=HOLD)


@pytest.fixture
def item(patient: Patient, press: ExerciseVersion) -> PlanItem:
    make_plan(patient, make_exercise_version(name="Clamshell", easier=["PRESS"]), weekdays=EVERY_DAY)
    return PlanItem.objects.get(phase__version__plan__patient=patient)


def easier(version: ExerciseVersion) -> dict[str, str]:
    return {"ITEM-easier": "on", "ITEM-easier_version": str(version.pk)}


def test_the_easier_version_is_one_tap_and_is_stored_as_the_version_done(
    phone: Client, desk: Client, patient: Patient, item: PlanItem, press: ExerciseVersion
) -> None:
    action, fields = form_of(phone.get("/log/session/").content.decode())

    page = phone.post(action, {**fields, "outcome": "done", f"item-{item.pk}-easier": "on"}, follow=True)

    entry = Session.objects.get().items.get()
    assert (entry.plan_item, entry.done_as, entry.amount_done, entry.dose.unit) == (
        item,
        press,
        20,
        "seconds",
    )
    for seen in (page, desk.get(f"/patients/{patient.pk}/log/")):
        assert "easier than Clamshell" in seen.content.decode()
        assert "20 seconds" in seen.content.decode()


def test_a_page_opened_before_the_easier_one_was_published_again_still_saves(
    phone: Client, item: PlanItem, press: ExerciseVersion
) -> None:
    ExerciseVersion.objects.create(
        exercise=press.exercise, number=2, code="PRESS", name="Wall press", content=press.content
    )

    phone.post(address(), said(item, **easier(press)))

    assert Session.objects.get().items.get().done_as == press


def test_an_exercise_that_is_not_its_easier_one_is_refused(phone: Client, item: PlanItem) -> None:
    answer = phone.post(address(), said(item, **easier(item.exercise_version)), **JSON)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [f"item-{item.pk}-easier"])


def test_what_was_left_out_has_its_reason(phone: Client, item: PlanItem) -> None:
    page = phone.post(
        address(), said(item, outcome="partly", **{"ITEM-left_out": "on", "ITEM-reason": "equipment"}), follow=True
    ).content.decode()  # fmt: skip

    assert Session.objects.get().items.values_list("sets_done", "reason").get() == (0, "equipment")
    assert "left out: Missing equipment" in page


def test_a_reason_for_what_was_done_after_all_is_dropped(phone: Client, item: PlanItem) -> None:
    phone.post(address(), said(item, **{"ITEM-reason": "sore"}))

    assert Session.objects.get().items.get().reason == ""


def test_a_correction_is_filled_in_with_the_easier_one_and_keeps_it(
    phone: Client, item: PlanItem, press: ExerciseVersion
) -> None:
    phone.post(address(), said(item, **easier(press)))
    first = Session.objects.get()

    action, fields = form_of(phone.get("/log/session/", {"corrects": first.client_id}).content.decode())
    phone.post(action, {**fields, "note": "Only the note"})

    second = Session.objects.get(corrects=first)
    assert (second.items.get().done_as, second.effort, second.note) == (press, 6, "Only the note")


def test_a_bad_day_asks_for_the_calmest_and_counts_as_kept(
    phone: Client, desk: Client, patient: Patient
) -> None:
    exercises = [make_exercise_version(name=name) for name in ("Clamshell", "Bridge", "Plank")]
    make_plan(patient, *exercises, weekdays=EVERY_DAY)

    page = phone.get("/log/session/", {"short": "1"}).content.decode()
    action, fields = form_of(page)
    receipt = phone.post(action, {**fields, "outcome": "done"}, follow=True).content.decode()

    session = Session.objects.get()
    assert ("It counts as kept" in page, "the short version" in receipt) == (True, True)
    assert (session.is_short, session.outcome, session.items.count()) == (True, "done", 2)
    assert "Short version" in desk.get(f"/patients/{patient.pk}/log/").content.decode()
    assert "Sessions this week" in phone.get("/today/").content.decode()
    assert f"{timezone.now():%a}: done" in phone.get("/today/").content.decode()


def test_of_one_exercise_there_is_no_short_version(phone: Client, item: PlanItem) -> None:
    assert "A bad day?" not in phone.get("/log/session/").content.decode()
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [({"outcome": "not_today", "is_short": True}, "short_version_was_done")],
)
def test_a_short_version_that_was_not_done_is_refused(
    patient: Patient, fields: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        log_session_row(patient, timezone.now().date(), **fields)


@pytest.mark.parametrize(("fields", "constraint"), [
    ({"sets_done": 3, "reason": "sore"}, "reason_is_for_left_out"), ({"sets_done": 0}, "easier_one_was_done"),
])  # fmt: skip
def test_entries_that_contradict_themselves_are_refused(
    patient: Patient, item: PlanItem, press: ExerciseVersion, fields: dict[str, object], constraint: str
) -> None:
    session = log_session_row(patient, timezone.now().date())
    done_as = None if "reason" in fields else press

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        session.items.create(plan_item=item, done_as=done_as, **fields)


@pytest.mark.parametrize(
    ("pain", "words"), [("0", "This much pain is fine"), ("4", "All right, if it settles")]
)
def test_pain_is_answered_in_plain_words(phone: Client, item: PlanItem, pain: str, words: str) -> None:
    page = phone.post(
        address(), said(item, pain_after=pain, **{"ITEM-pain": ""}), follow=True
    ).content.decode()

    assert words in page


@pytest.mark.parametrize("exercises", [1, 30])
def test_easier_versions_cost_one_query(
    phone: Client,
    patient: Patient,
    press: ExerciseVersion,
    exercises: int,
    django_assert_num_queries: Callable,
) -> None:
    make_plan(
        patient, *[make_exercise_version(easier=["PRESS"]) for _ in range(exercises)], weekdays=EVERY_DAY
    )
    action, fields = form_of(phone.get("/log/session/").content.decode())

    with django_assert_num_queries(8):
        phone.get("/log/session/")
    with django_assert_num_queries(11):
        phone.post(action, {**fields, "outcome": "done"})
    with django_assert_num_queries(5):
        phone.get(action)
