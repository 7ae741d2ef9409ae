"""Measures: what is answered is kept once, what is left open stays open, corrections keep the original, changes get honest words."""

import threading
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from clinic.models import AuditEvent, Patient, User
from programs.models import Plan
from progress.actions import log_measures
from progress.models import Activity, ActivityRating, MeasureSheet
from progress.queries.progression import cases_for
from progress.rules.checks import Outcome
from progress.rules.measures import SheetDraft
from tests.factories import answer_screen, make_assessment, make_clinic, make_member, make_patient, make_plan
from tests.machinery.signed_in import client_with, session_of

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}
PAGE = "/log/measures/"


def ago(days: int) -> date:
    return timezone.now().date() - timedelta(days=days)


def answers(**said: object) -> dict[str, object]:
    return {"client_id": str(uuid4()), **said}


@pytest.fixture
def clinician() -> User:
    return make_member(make_clinic(), name="Dr A")


@pytest.fixture
def patient(clinician: User) -> Patient:
    """Fifteen days into a plan: everything but the leg as a whole is due."""
    patient = make_patient(clinician.memberships.get().clinic, in_care_of=clinician, name="Ana Lima")
    make_plan(patient, started_on=ago(15))
    return patient


@pytest.fixture
def own(client: Client, patient: Patient) -> Client:
    client.force_login(patient.user)
    return client


@pytest.fixture
def staff(clinician: User) -> Client:
    return client_with(session_of(clinician))


def named(patient: Patient, *words: str) -> list[Activity]:
    return [Activity.objects.create(patient=patient, words=word, named_by=patient.user) for word in words]


def sheet(patient: Patient, days_ago: int, *scores: int, **said: object) -> MeasureSheet:
    at = timezone.now() - timedelta(days=days_ago)
    row = MeasureSheet.objects.create(
        patient=patient,
        client_id=uuid4(),
        content_hash="x",
        on=ago(days_ago),
        performed_at=at,
        received_at=at,
        **said,
    )
    for activity, score in zip(patient.activities.order_by("words"), scores, strict=False):
        ActivityRating.objects.create(sheet=row, activity=activity, score=score)
    return row


def test_the_first_sheet_names_activities_and_rates_them(own: Client, patient: Patient) -> None:
    said = answers(
        name_1="Run 5 km",
        score_1="4",
        name_2="Stairs",
        score_2="6",
        name_3="Sitting",
        groc="-1",
        plan_done="most",
        reasons=["time", "pain"],
    )

    response = own.post(PAGE, said)

    row = patient.measure_sheets.get()
    assert (row.on, row.groc, row.sane, row.plan_done, row.reasons) == (
        ago(0),
        -1,
        None,
        "most",
        ["time", "pain"],
    )
    assert list(row.ratings.values_list("activity__words", "score")) == [("Run 5 km", 4), ("Stairs", 6)]
    assert (patient.activities.count(), response.url) == (3, "/today/")


def test_script_gets_json_that_repeats_the_id(own: Client, patient: Patient) -> None:
    said = answers(groc="2")

    first, again, other = (own.post(PAGE, data, **JSON) for data in (said, said, {**said, "groc": "3"}))

    assert [first.status_code, again.status_code, other.status_code] == [201, 200, 409]
    assert first.json() == {"client_id": said["client_id"], "outcome": "stored", "next": "/today/"}
    assert list(
        patient.measure_sheets.order_by("received_at").values_list("groc", "conflicts_with__groc")
    ) == [(2, None), (3, 2)]


def test_nothing_is_chosen_beforehand_and_only_what_is_due_is_asked(own: Client) -> None:
    page = own.get(PAGE).content.decode()

    assert (page.count(" checked"), 'name="sane"' in page, page.count('name="groc"')) == (0, False, 12)
    assert "It is not a tested scale." in page
    assert not any(name in page for name in ("LEFS", "KOOS", "UWRI", "EARS"))


def test_what_was_named_at_an_examination_is_a_start(own: Client, patient: Patient) -> None:
    make_assessment(patient, {"goal_1": {"whole": {"words": "Tennis", "score": 4}}})

    assert 'value="Tennis"' in own.get(PAGE).content.decode()


def test_today_offers_it_until_it_is_answered(own: Client, patient: Patient) -> None:
    answer_screen(patient)
    named(patient, "a", "b", "c")
    before = PAGE in own.get("/today/").content.decode()
    sheet(patient, 0, 4, 6, 3, groc=1, plan_done="all")

    after = own.get("/today/")

    assert (before, PAGE in after.content.decode(), after.context["day"].measures) == (
        True,
        False,
        frozenset(),
    )


def test_a_correction_keeps_the_original_and_only_the_last_counts(own: Client, patient: Patient) -> None:
    named(patient, "a", "b", "c")
    first = sheet(patient, 1, 4, 6, 3, groc=5)
    page = own.get(f"{PAGE}?corrects={first.client_id}").content.decode()

    own.post(PAGE, answers(corrects=str(first.client_id), groc="-5"))
    again = own.post(PAGE, answers(corrects=str(first.client_id), groc="1"))

    assert page.count(" checked") == 4
    assert "Since your plan started" in own.get(PAGE).content.decode()
    assert (again.status_code, "can&#x27;t be changed any more" in again.content.decode()) == (422, True)
    assert list(patient.measure_sheets.order_by("received_at").values_list("groc", "corrects__groc")) == [
        (5, None),
        (-5, 5),
    ]


def test_after_two_days_answers_are_no_longer_changed(own: Client, patient: Patient) -> None:
    old = sheet(patient, 3, groc=1)

    assert own.post(PAGE, answers(corrects=str(old.client_id), groc="2")).status_code == 422
    assert patient.measure_sheets.count() == 1


def test_nothing_of_somebody_else_is_rated_or_corrected(own: Client, patient: Patient) -> None:
    stranger = make_patient(patient.clinic)
    [activity] = named(stranger, "Their run")
    theirs = sheet(stranger, 0, groc=1)

    found = [
        own.post(PAGE, answers(groc="1", **{f"psfs_{activity.pk}": "3"})),
        own.post(PAGE, answers(groc="1", corrects=str(theirs.client_id))),
        own.get(f"{PAGE}?corrects={theirs.client_id}"),
    ]

    assert [response.status_code for response in found] == [422, 422, 404]
    assert not any("Their run" in response.content.decode() for response in found)
    assert patient.measure_sheets.count() == 0


BAD = {
    "nothing": {"name_1": ""},
    "groc 6": {"groc": "6"},
    "groc full-width": {"groc": "３"},
    "sane 101": {"sane": "101"},
    "sane 1.5": {"sane": "1.5"},
    "sane nan": {"sane": "NaN"},
    "rating without a name": {"score_2": "4", "name_2": ""},
    "named twice": {"name_2": "KEEP ME"},
    "name too long": {"name_2": "a" * 81},
    "name with bidi": {"name_2": "a\u202eb"},
    "reason unknown": {"reasons": ["bored"]},
    "amount unknown": {"plan_done": "nearly"},
    "rating of no id": {"psfs_x": "3"},
    "nil id": {"client_id": "00000000-0000-0000-0000-000000000000"},
    "twice": {"groc": ["1", "2"]},
    "a moment that is none": {"performed_at": "yesterday"},
}  # fmt: skip


@pytest.mark.parametrize("said", BAD.values(), ids=BAD)
def test_bad_input_is_refused_and_what_was_typed_stays(own: Client, patient: Patient, said: dict) -> None:
    response = own.post(PAGE, answers(**{"name_1": "keep me", **said}))

    page = response.content.decode()
    assert (response.status_code, patient.measure_sheets.count(), patient.activities.count()) == (422, 0, 0)
    assert ("keep me" in page or not said.get("name_1", "x")) and "error" in page


@pytest.mark.parametrize(
    ("at", "is_suspect"),
    [("9999-12-31T23:59:59-12:00", True), ("0001-01-01T00:00:00+12:00", True), (None, False)],
)
def test_a_wrong_clock_is_marked_and_never_refused(
    own: Client, patient: Patient, at: str | None, is_suspect: bool
) -> None:
    own.post(PAGE, answers(groc="1", performed_at=at or timezone.now().isoformat()))

    row = patient.measure_sheets.get()
    assert (row.on, row.time_suspect) == (ago(0), is_suspect)


def test_answering_is_audited_without_a_word_about_health(own: Client, patient: Patient) -> None:
    own.post(PAGE, answers(name_1="Run", score_1="4"))

    events = AuditEvent.objects.filter(patient=patient).order_by("at")
    assert [(event.verb, event.actor, event.detail) for event in events] == [
        ("activity.named", patient.user, {}), ("measures.answered", patient.user, {})
    ]  # fmt: skip


@pytest.mark.parametrize("values", [{"groc": 6}, {"sane": 101}, {"plan_done": "odd"}])
def test_the_database_refuses_nonsense(patient: Patient, values: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        sheet(patient, 0, **values)


def test_the_clinician_reads_what_a_change_is_worth(staff: Client, patient: Patient) -> None:
    named(patient, "a", "b", "c")
    sheet(patient, 14, 4, 6, 3, sane=60)
    sheet(patient, 1, 7, 7, 5, groc=1, sane=70)

    lines = {line.name: line for line in staff.get(f"/patients/{patient.pk}/").context["measures"]}

    told = [(line.first, line.last, line.points, line.verdict, line.missing) for line in lines.values()]
    assert told == [
        ("", "", "", "not enough answers", "15 of 15"),
        ("4.33", "6.33", "+2", "better, likely real", "0 of 2"),
        ("", "+1", "", "within what can be chance", "0 of 1"),
        ("60", "70", "+10", "within what can be chance", "0 of 1"),
        ("", "", "", "not enough answers", "1 of 1"),
    ]


def test_the_clinician_adds_and_ends_activities_and_what_was_rated_stays(
    staff: Client, patient: Patient
) -> None:
    page = f"/patients/{patient.pk}/measures/"
    run, *_others = named(patient, "Run", "b", "c", "d")
    sheet(patient, 0, 4, 4, 4)

    statuses = [staff.post(page, {"words": words}).status_code for words in ("run", "Swim", "Row", "")]
    staff.post(f"{page}{run.pk}/end/")
    staff.post(f"{page}{run.pk}/end/")

    assert statuses == [422, 302, 422, 422]
    assert sorted(activity.words for activity in patient.activities.open()) == ["Swim", "b", "c", "d"]
    assert (run.ratings.count(), AuditEvent.objects.filter(verb="activity.ended").count()) == (1, 1)


def test_staff_see_why_some_measures_are_not_embedded(staff: Client, patient: Patient) -> None:
    page = staff.get(f"/patients/{patient.pk}/measures/").content.decode()

    assert all(
        name in page for name in ("LEFS", "UWRI", "KOOS", "EARS", "Stratford 1995", "not a validated scale")
    )


@pytest.mark.parametrize("rows", [1, 30])
def test_the_pages_take_the_same_queries_however_much_was_answered(
    staff: Client, own: Client, patient: Patient, rows: int, django_assert_num_queries
) -> None:
    named(patient, "a", "b", "c")
    for n in range(rows):
        sheet(patient, n % 15, 4, 6, 3, groc=1)
    pages = ((own, PAGE, 9), (staff, f"/patients/{patient.pk}/measures/", 14))
    for client, page, _n in pages:
        client.get(page)

    for client, page, queries in pages:
        with django_assert_num_queries(queries):
            client.get(page)


def test_the_measures_are_evidence_for_a_proposal(patient: Patient) -> None:
    named(patient, "a", "b", "c")
    sheet(patient, 15, 4, 6, 3)
    sheet(patient, 1, 7, 7, 5, groc=3)

    [case] = cases_for(Plan.objects.filter(patient=patient), clinic=patient.clinic, now=timezone.now())

    assert (case.evidence.psfs_start, case.evidence.psfs_now, case.evidence.groc) == (4.33, 6.33, 3)


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_store_each_sheet_once_and_name_each_activity_once() -> None:
    patient = make_patient(make_clinic())
    keys = [UUID(int=uuid4().int) for _ in range(2)]
    outcomes: list[Outcome] = []

    def send(key: UUID) -> None:
        draft = SheetDraft(client_id=key, on=ago(0), named=(("Run", 4), ("run", 5)))
        outcomes.append(
            log_measures(patient=patient, draft=draft, by=patient.user, now=timezone.now()).outcome
        )
        connection.close()

    threads = [threading.Thread(target=send, args=(key,)) for key in keys * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["repeated"] * 6 + ["stored"] * 2
    assert (patient.activities.count(), patient.measure_sheets.count()) == (1, 2)
