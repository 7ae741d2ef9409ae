"""Proposals: made from what was logged, replaced when the answer changes, decided once, and able to be decided again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from clinic.models import AuditEvent, Patient, User
from programs.actions import PlanMovedOn, end_plan, revise_plan
from programs.models import Plan, PlanItem
from programs.queries import newest_version, phases_with_items
from programs.rules.plans import ItemDraft, PhaseDraft
from progress.actions import AlreadyDecided, ReasonNeeded, clear_screen, decided_again, reconsider, sign_off
from progress.models import DailyCheck, Proposal
from progress.queries.progression import cases_for
from progress.queries.proposals import open_proposal, queue_of
from progress.rules.progression.codec import from_json, to_json
from progress.rules.progression.proposing import Proposed
from tests.factories import (
    answer_screen,
    log_check_row,
    log_session_row,
    make_clinic,
    make_exercise_version,
    make_member,
    make_patient,
)
from tests.progress.calm import DOSE, log_calm_weeks, log_whole_session

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
START = TODAY - timedelta(days=20)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def clinician() -> User:
    return make_member(make_clinic())


@pytest.fixture
def patient(clinician: User) -> Patient:
    return make_patient(clinician.memberships.get().clinic, in_care_of=clinician)


@pytest.fixture
def plan(patient: Patient) -> Plan:
    return log_calm_weeks(patient)


def proposed(plan: Plan, now: datetime = NOW) -> Proposal:
    """The open proposal after another look at whatever is known."""
    plan.watch.delete() if hasattr(plan, "watch") else None
    reconsider(now=now)
    return Proposal.objects.get(plan=plan, closed_at=None)


def signed(proposal: Proposal, by: User, verdict: str = "approved", **said: object) -> Proposal:
    return sign_off(proposal=proposal, verdict=verdict, from_on=TODAY, by=by, now=NOW, **said)


def doses(plan: Plan) -> list[tuple[int, int, int]]:
    items = PlanItem.objects.filter(phase__version=newest_version(plan))
    return [(item.sets_high, item.amount_low, item.amount_high) for item in items]


def test_a_calm_log_proposes_one_step_and_changes_nothing(plan: Plan) -> None:
    row = proposed(plan)

    assert (row.outcome, row.reasons, row.policy_version[:2]) == ("advance", ["all_met"], "1-")
    assert [(m["variable"], m["after"]["amount_high"]) for m in row.answer["moves"]] == [("amount", 12)]
    assert (plan.versions.count(), doses(plan)) == (1, [(3, 10, 10)])


@pytest.mark.parametrize(
    ("said", "expected"),
    [({"E3": "yes"}, "urgent"), ({"U4": "not_sure"}, "urgent"), ({"W3": "yes"}, "review")],
)
def test_an_answer_asks_a_clinician_until_it_is_cleared(
    plan: Plan, patient: Patient, clinician: User, said: dict, expected: str
) -> None:
    screen = answer_screen(patient, NOW - timedelta(days=2), **said)
    before = proposed(plan).outcome

    clear_screen(screen=screen, note="Seen.", by=clinician, now=NOW - timedelta(days=1))

    assert (before, proposed(plan).outcome) == (expected, "advance")


def test_the_same_answer_is_not_proposed_twice(plan: Plan) -> None:
    first = proposed(plan)

    assert (proposed(plan), Proposal.objects.count()) == (first, 1)


def test_only_plans_with_something_new_are_considered(plan: Plan) -> None:
    found = [reconsider(now=NOW) for _n in range(3)]

    # The second look is about the first one's own audit row.
    assert found == [1, 1, 0]


def test_the_next_morning_brings_another_look_also_for_the_silent(plan: Plan) -> None:
    proposed(plan)
    for _n in range(2):
        reconsider(now=NOW)

    assert reconsider(now=NOW + timedelta(days=1)) == 1


def test_a_corrected_check_changes_the_next_proposal(plan: Plan, patient: Patient) -> None:
    first = proposed(plan)
    today = patient.checks.get(on=TODAY)
    log_check_row(patient, TODAY, 6, new_warning=False, places=["outer_knee"], corrects=today)

    second = proposed(plan)

    first.refresh_from_db()
    assert (second.outcome, second.reasons) == ("step_back", ["last_session_red"])
    assert (first.closing, first.decided_at) == ("replaced", None)


def test_a_yes_that_was_corrected_stays_urgent_until_a_clinician_decides(
    plan: Plan, patient: Patient, clinician: User
) -> None:
    checks = [patient.checks.get(on=TODAY)]
    for warning in (True, False):
        at = datetime.combine(TODAY, time(7, 30 + warning), tzinfo=UTC)
        row = log_check_row(
            patient, TODAY, 2, new_warning=warning, places=["outer_knee"], corrects=checks[-1], received_at=at
        )
        checks.append(row)
    urgent = proposed(plan)

    signed(urgent, clinician, reason="Called: an old bruise.")

    assert (urgent.outcome, proposed(plan).outcome) == ("urgent", "advance")


def test_two_copies_of_one_session_count_with_the_worse_pain(plan: Plan, patient: Patient) -> None:
    last = patient.sessions.order_by("-planned_on").first()
    log_session_row(
        patient,
        last.planned_on,
        client_id=last.client_id,
        content_hash="other",
        pain_during=7,
        conflicts_with=last,
    )

    assert proposed(plan).reasons == ["last_session_red"]


def test_stopping_because_it_was_sore_is_read_from_what_got_in_the_way(plan: Plan, patient: Patient) -> None:
    log_whole_session(patient, ago(1), outcome="partly", reason="sore")

    assert proposed(plan).reasons == ["last_session_red"]


def test_approval_makes_the_next_version_and_only_that(plan: Plan, clinician: User) -> None:
    row = signed(proposed(plan), clinician)

    assert (doses(plan), plan.versions.count(), row.new_version) == ([(3, 10, 12)], 2, newest_version(plan))
    assert (row.closing, row.decided_by, row.decided_at) == ("approved", clinician, NOW)
    assert AuditEvent.objects.filter(verb="proposal.approved").get().detail["version"] == 2


def test_after_approval_the_new_level_holds_for_lack_of_sessions(plan: Plan, clinician: User) -> None:
    signed(proposed(plan), clinician)

    assert proposed(plan).reasons == ["dose_not_complete", "too_few_sessions", "too_few_days"]


def test_an_edited_proposal_keeps_what_the_clinician_made_of_it(plan: Plan, clinician: User) -> None:
    row = proposed(plan)
    move = from_json(Proposed, row.answer).moves[0]
    gentler = to_json(move) | {"after": to_json(move.after) | {"amount_high": 11}}

    row = signed(row, clinician, "edited", moves=[from_json(type(move), gentler)])

    assert (doses(plan), row.carried_out[0]["after"]["amount_high"]) == ([(3, 10, 11)], 11)
    assert row.answer["moves"][0]["after"]["amount_high"] == 12


def test_a_refusal_needs_a_reason_and_leaves_the_plan(plan: Plan, clinician: User) -> None:
    row = proposed(plan)
    with pytest.raises(ReasonNeeded):
        signed(row, clinician, "refused")

    signed(row, clinician, "refused", reason="Race on Sunday.")

    assert (doses(plan), plan.versions.count()) == ([(3, 10, 10)], 1)


def test_who_has_just_refused_is_not_asked_the_same_again_for_a_week(
    plan: Plan, clinician: User, patient: Patient
) -> None:
    signed(proposed(plan), clinician, "refused", reason="Race on Sunday.")
    plan.refresh_from_db()

    plan.watch.delete()
    reconsider(now=NOW + timedelta(hours=1))

    assert open_proposal(patient) is None


def test_an_exercise_gives_its_place_to_a_harder_one_and_keeps_side_and_days(
    patient: Patient, clinician: User
) -> None:
    harder = make_exercise_version(code="HARD", dose=DOSE | {"side": "one", "amount_low": 6})
    harder.exercise.live = True
    harder.exercise.save()
    plan = log_calm_weeks(patient)
    item = PlanItem.objects.get(phase__version__plan=plan)
    row = proposed(plan)
    move = from_json(Proposed, row.answer).moves[0]
    along = to_json(move) | {"to_version": str(harder.pk), "after": harder.content["dose"]}

    signed(row, clinician, "edited", moves=[from_json(type(move), along)])

    new = PlanItem.objects.get(phase__version=newest_version(plan))
    assert (new.exercise_version, new.side, new.weekdays) == (harder, item.side, item.weekdays)


def test_a_plan_that_moved_on_is_not_changed_by_an_older_proposal(plan: Plan, clinician: User) -> None:
    row = proposed(plan)
    phases = [
        PhaseDraft(name=p.name, items=tuple(
            ItemDraft(exercise_version_id=i.exercise_version_id, dose=i.dose, weekdays=tuple(i.weekdays)) for i in p.items.all()
        ))
        for p in phases_with_items(newest_version(plan))
    ]  # fmt: skip
    revise_plan(
        plan=plan, seen_version=1, phases=phases, phase_position=1, from_on=TODAY, note="", by=clinician
    )

    with pytest.raises(PlanMovedOn):
        signed(row, clinician)

    row.refresh_from_db()
    assert (row.is_open, proposed(plan).plan_version.number) == (True, 2)


def test_a_decided_proposal_is_decided_once_and_says_by_whom(plan: Plan, clinician: User) -> None:
    row = signed(proposed(plan), clinician)
    colleague = make_member(clinician.memberships.get().clinic)

    with pytest.raises(AlreadyDecided) as refused:
        signed(row, colleague, "refused", reason="No.")

    assert (refused.value.proposal.decided_by, refused.value.proposal.closing) == (clinician, "approved")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told() -> None:
    clinicians = [make_member(clinic) for clinic in [make_clinic()] * 2]
    plan = log_calm_weeks(make_patient(clinicians[0].memberships.get().clinic))
    row = proposed(plan)

    answers = at_once(lambda by: signed(row, by), clinicians)

    told = [answer.proposal.decided_by for answer in answers if isinstance(answer, AlreadyDecided)]
    won = [answer.decided_by for answer in answers if isinstance(answer, Proposal)]
    assert (len(won), told, plan.versions.count()) == (1, won, 2)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_open_proposal() -> None:
    plan = log_calm_weeks(make_patient(make_clinic()))

    at_once(lambda now: reconsider(now=now), [NOW] * 4)

    assert plan.proposals.filter(closed_at=None).count() == plan.proposals.count() == 1


def at_once(work: Callable[[object], object], arguments: list[object]) -> list[object]:
    def run(argument: object) -> object:
        try:
            return work(argument)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))


def test_the_database_itself_refuses_a_second_open_proposal(plan: Plan) -> None:
    row = proposed(plan)
    row.pk = None

    with pytest.raises(IntegrityError, match="one_open_proposal_per_plan"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("change", [{"outcome": "hold"}, {"evidence": {}}, {"policy_version": "x"}])
def test_what_was_proposed_cannot_be_rewritten(plan: Plan, change: dict[str, object]) -> None:
    row = proposed(plan)

    with pytest.raises(IntegrityError, match="kept as it was made"), transaction.atomic():
        Proposal.objects.filter(pk=row.pk).update(**change)


def test_a_closed_proposal_cannot_be_reopened_or_deleted(plan: Plan, clinician: User) -> None:
    rows = Proposal.objects.filter(pk=signed(proposed(plan), clinician).pk)

    for change in (
        lambda: rows.update(closed_at=None, closing="", decided_at=None, decided_by=None),
        lambda: rows._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="kept as it was made"), transaction.atomic():
            change()


def test_a_stored_proposal_decided_again_says_the_same(plan: Plan, patient: Patient) -> None:
    row = proposed(plan)
    DailyCheck.objects.create(
        patient=patient, client_id=row.pk, content_hash="y", on=TODAY - timedelta(days=30), morning_pain=9
    )

    assert to_json(decided_again(proposal=Proposal.objects.get(pk=row.pk))) == row.answer


def test_the_replay_command_names_what_comes_out_otherwise(plan: Plan, capsys) -> None:
    row = proposed(plan)
    call_command("replay_proposals")
    assert capsys.readouterr().out == "1 proposals come out the same.\n"

    worse = row.answer | {"outcome": "hold"}
    Proposal.objects.create(
        plan=plan, patient=row.patient, plan_version=row.plan_version, outcome="hold", reasons=[], answer=worse,
        evidence=row.evidence, policy=row.policy, policy_version=row.policy_version, made_at=NOW, closed_at=NOW, closing="replaced",
    )  # fmt: skip
    with pytest.raises(CommandError, match="1 of 2 proposals"):
        call_command("replay_proposals")


def test_an_ended_plan_waits_for_nobody(plan: Plan, clinician: User, patient: Patient) -> None:
    proposed(plan)
    end_plan(plan=plan, by=clinician)

    assert (list(queue_of(clinician)), open_proposal(patient)) == ([], None)


def test_the_queue_has_the_careful_ones_first_and_no_holds(clinician: User) -> None:
    clinic = clinician.memberships.get().clinic
    calm, sore, held = (make_patient(clinic, in_care_of=clinician) for _n in range(3))
    for one in (calm, sore, held):
        log_calm_weeks(one)
    log_whole_session(sore, TODAY, pain_during=7)
    log_whole_session(held, TODAY, effort=9)
    log_calm_weeks(make_patient(clinic))  # in nobody's care

    reconsider(now=NOW)

    assert [(row.patient, row.outcome) for row in queue_of(clinician)] == [
        (sore, "step_back"),
        (calm, "advance"),
    ]


@pytest.mark.parametrize("people", [1, 10])
def test_evidence_takes_as_many_queries_for_anyone(people: int, django_assert_num_queries: Callable) -> None:
    clinic = make_clinic()
    for _n in range(people):
        log_calm_weeks(make_patient(clinic))

    with django_assert_num_queries(17):
        assert len(cases_for(Plan.objects.all(), clinic=clinic, now=NOW)) == people
