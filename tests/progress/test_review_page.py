"""The clinician's page of a proposal, the queue, and the one sentence for the patient."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import Patient, User
from education.rules.readability import reading
from programs.models import Plan, PlanItem
from programs.queries import newest_version
from progress.actions import reconsider, sign_off
from progress.models import Proposal
from progress.rules.progression.criteria import TESTS
from progress.rules.progression.decide import RULES
from progress.views.reasons import CRITERIA, HELD, REASONS, SAME, WAITS, sentence
from tests.factories import log_check_row, make_clinic, make_member, make_patient
from tests.machinery.signed_in import client_with, session_of
from tests.progress.calm import log_calm_weeks, log_whole_session

pytestmark = pytest.mark.django_db


def now() -> datetime:
    return timezone.now()


@pytest.fixture
def clinician() -> User:
    return make_member(make_clinic(), name="Dr A")


@pytest.fixture
def staff(clinician: User) -> Client:
    return client_with(session_of(clinician))


@pytest.fixture
def patient(clinician: User) -> Patient:
    return make_patient(clinician.memberships.get().clinic, in_care_of=clinician, name="Ana Lima")


@pytest.fixture
def plan(patient: Patient) -> Plan:
    plan = log_calm_weeks(patient, now().date())
    reconsider(now=now())
    return plan


def address(patient: Patient) -> str:
    return f"/patients/{patient.pk}/review/"


def decision(verdict: str, **said: object) -> dict[str, object]:
    row = Proposal.objects.get(closed_at=None)
    known = {"proposal": row.pk, "verdict": verdict, "from_on": now().date().isoformat(), "reason": ""}
    return {f"review-{name}": value for name, value in (known | said).items()}


def doses(plan: Plan) -> list[tuple[int, int]]:
    return list(
        PlanItem.objects.filter(phase__version=newest_version(plan)).values_list("sets_high", "amount_high")
    )


def test_the_page_says_what_why_and_what_would_change(staff: Client, patient: Patient, plan: Plan) -> None:
    page = staff.get(address(patient)).content.decode()

    assert page.count("Advance by one step") == 1
    assert page.count("Nothing holds: pain, mornings, effort and work are as they should be") == 1
    assert (
        "3 sets of 10 " in page or "3 sets of 10<" in page or "3 sets of 10 · " in page,
        page.count("3 sets of 10 to 12"),
    ) == (True, 1)
    assert page.count("Not known: night pain (not asked yet), planned length.") == 1


def test_approving_changes_the_plan_from_that_day(
    staff: Client, patient: Patient, plan: Plan, clinician: User
) -> None:
    response = staff.post(address(patient), decision("approved"))

    row = Proposal.objects.get(decided_by=clinician)
    assert (response.status_code, doses(plan), row.closing) == (302, [(3, 12)], "approved")


def test_a_clinician_may_change_the_dose_first(staff: Client, patient: Patient, plan: Plan) -> None:
    changed = {
        "move-0-take": "on",
        "move-0-sets": "3",
        "move-0-amount": "11",
        "move-0-load": "",
        "move-0-words": "",
    }

    staff.post(address(patient), decision("edited") | changed)

    assert (doses(plan), Proposal.objects.get(closing="edited").carried_out[0]["after"]["amount_high"]) == (
        [(3, 11)],
        11,
    )


@pytest.mark.parametrize(("reason", "status"), [("", 422), ("Race on Sunday", 302)])
def test_a_refusal_needs_a_reason(
    staff: Client, patient: Patient, plan: Plan, reason: str, status: int
) -> None:
    response = staff.post(address(patient), decision("refused", reason=reason))

    assert (response.status_code, doses(plan)) == (status, [(3, 10)])


def test_who_comes_second_is_told_who_and_what(staff: Client, patient: Patient, plan: Plan) -> None:
    posted = decision("refused", reason="No.")
    colleague = make_member(patient.clinic, name="Dr B")
    row = Proposal.objects.get(closed_at=None)
    sign_off(proposal=row, verdict="approved", from_on=now().date(), by=colleague, now=now())

    page = staff.post(address(patient), posted, follow=True).content.decode()

    assert page.count("Dr B decided first: approved. Nothing more was done.") == 1


def test_what_came_after_the_proposal_is_shown(staff: Client, patient: Patient, plan: Plan) -> None:
    log_check_row(patient, now().date() - timedelta(days=30), 6, received_at=now())

    page = staff.get(address(patient)).content.decode()

    assert page.count("morning pain 6") == 1


def test_the_queue_leads_to_the_page(staff: Client, patient: Patient, plan: Plan) -> None:
    page = staff.get("/caseload/proposals/").content.decode()

    assert page.count(address(patient)) == 1
    assert page.count("1 plan waits for a decision") == 1


@pytest.mark.parametrize("people", [1, 30, 200])
def test_the_queue_takes_as_many_queries_for_anyone(
    staff: Client, clinician: User, plan: Plan, people: int, django_assert_num_queries: Callable
) -> None:
    copy_for_others(Proposal.objects.get(), clinician, people - 1)
    staff.get("/caseload/proposals/")

    with django_assert_num_queries(6):
        page = staff.get("/caseload/proposals/")
    assert len(page.context["lines"]) == people


def copy_for_others(row: Proposal, clinician: User, people: int) -> None:
    for _n in range(people):
        other = make_patient(row.patient.clinic, in_care_of=clinician, with_account=False)
        plan = Plan.objects.create(
            patient=other, name="Program", started_on=row.plan.started_on, started_by=clinician
        )
        Proposal.objects.create(
            plan=plan, patient=other, plan_version=row.plan_version, outcome=row.outcome, reasons=row.reasons, answer=row.answer,
            evidence={}, policy={}, policy_version="1-x",
        )  # fmt: skip


@pytest.mark.parametrize("later", [1, 30])
def test_the_page_takes_as_many_queries_for_any_number(
    staff: Client, patient: Patient, plan: Plan, later: int, django_assert_num_queries: Callable
) -> None:
    for n in range(later):
        log_check_row(patient, now().date() - timedelta(days=40 + n), 2, received_at=now())
    staff.get(address(patient))

    with django_assert_num_queries(9):
        staff.get(address(patient))


def test_a_hold_tells_the_patient_why_on_today(patient: Patient, plan: Plan) -> None:
    log_whole_session(patient, now().date() - timedelta(days=1), pain_during=5)
    plan.watch.delete()
    reconsider(now=now())

    page = client_with(session_of(patient.user)).get("/today/").content.decode()

    assert page.count("Your plan stays the same for now. Held: pain got to 5 in the last sessions.") == 1


@pytest.mark.parametrize("outcome", ["advance", "step_back", "review", "urgent"])
def test_a_patient_is_never_told_what_a_clinician_has_not_decided(outcome: str) -> None:
    assert (
        sentence((outcome, ["all_met"], None)) == "Your plan stays the same until your clinician looks at it."
    )


def test_without_a_number_the_sentence_names_none() -> None:
    assert (sentence(("hold", ["recent_red"], None)), sentence(None)) == (
        "Your plan stays the same for now.",
        "",
    )


def test_every_reason_and_criterion_has_words() -> None:
    assert {rule.code for rule in RULES} | {"other_step_this_week", "no_step_left", "all_met"} == set(REASONS)
    assert {test.key for tests in TESTS.values() for test in tests} <= set(CRITERIA)


@pytest.mark.parametrize(
    "words", [WAITS, *(f"{SAME} {words}" for words in HELD.values())], ids=lambda words: str(words)[-24:]
)
def test_the_sentence_for_the_patient_is_plain(words: object) -> None:
    assert reading([str(words).replace("%(pain)s", "5")]).flesch_kincaid <= 6
