"""Plans start, change and end; one is open; nothing that was asked is overwritten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from clinic.models import AuditEvent, Patient, User
from programs import queries
from programs.actions import (
    PlanAlreadyEnded,
    PlanAlreadyOpen,
    PlanMovedOn,
    PlanNotUsable,
    end_plan,
    revise_plan,
    start_plan,
)
from programs.models import Plan, PlanItem, PlanVersion
from programs.rules.plans import ModuleChoice
from tests.factories import (
    log_session_row,
    make_clinic,
    make_exercise_version,
    make_member,
    make_module_version,
    make_patient,
    make_plan,
    make_template_version,
)
from tests.programs.drafts import TUESDAY, item_draft, phase_draft

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


@pytest.fixture
def clinician() -> User:
    return make_member(make_clinic(), name="Dr Lee")


@pytest.fixture
def patient(clinician: User) -> Patient:
    return make_patient(clinician.memberships.get().clinic, in_care_of=clinician)


def start(patient: Patient, by: User, **changes: object) -> Plan:
    return start_plan(
        **{"patient": patient, "template_version": None, "name": "Calm", "phases": [phase_draft()],
           "started_on": MARCH, "modules": [], "by": by, **changes}
    )  # fmt: skip


def revise(plan: Plan, by: User, **changes: object) -> PlanVersion:
    return revise_plan(
        **{"plan": plan, "seen_version": 1, "phases": [phase_draft(name="Build")], "phase_position": 1,
           "from_on": TUESDAY, "note": "", "by": by, **changes}
    )  # fmt: skip


def test_a_started_plan_holds_what_was_drafted(patient: Patient, clinician: User) -> None:
    exercise = make_exercise_version()
    template = make_template_version(exercise)
    phases = [
        phase_draft(item_draft(exercise, why="Your left hip"), item_draft(exercise)),
        phase_draft(name="Build"),
    ]

    start(patient, clinician, phases=phases, template_version=template, phase_position=2, note="Well begun")

    shown = queries.plan_on(patient, MARCH)
    assert (shown.plan.template_version, shown.version.number, shown.version.note) == (
        template,
        1,
        "Well begun",
    )
    assert [phase.name for phase in shown.phases] == ["Settle", "Build"]
    assert shown.phase.name == "Build"
    first = PlanItem.objects.get(phase=shown.phases[0], position=1)
    assert (first.why, first.side, first.amount_high, first.weekdays) == (
        "Your left hip",
        "left",
        12,
        [1, 3, 5],
    )


def test_modules_are_given_with_the_plan(patient: Patient, clinician: User) -> None:
    first, second = make_module_version(), make_module_version()

    start(
        patient,
        clinician,
        modules=[ModuleChoice(version_id=second.pk, why="x"), ModuleChoice(version_id=first.pk)],
    )

    assert [(row.version, row.why) for row in patient.reading.all()] == [(second, "x"), (first, "")]


def test_starting_is_audited_once_and_makes_derived_rows_stale(patient: Patient, clinician: User) -> None:
    start(patient, clinician)

    patient.refresh_from_db()
    event = AuditEvent.objects.get(verb="plan.started")
    assert (event.actor, event.patient, patient.facts_version) == (clinician, patient, 1)


def test_a_second_plan_is_refused_and_says_who_and_when(patient: Patient, clinician: User) -> None:
    first = start(patient, clinician)

    with pytest.raises(PlanAlreadyOpen) as refused:
        start(
            patient, make_member(patient.clinic), modules=[ModuleChoice(version_id=make_module_version().pk)]
        )

    assert (refused.value.plan, refused.value.plan.started_by) == (first, clinician)
    assert (patient.plans.count(), patient.reading.count()) == (1, 0)


def test_the_database_itself_refuses_a_second_open_plan(patient: Patient, clinician: User) -> None:
    start(patient, clinician)

    with pytest.raises(IntegrityError, match="one_open_plan_per_patient"), transaction.atomic():
        Plan.objects.create(patient=patient, name="Other", started_on=MARCH, started_by=clinician)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_assign_at_once_one_wins() -> None:
    clinic = make_clinic()
    patient, people = make_patient(clinic), [make_member(clinic) for _ in range(8)]
    phases = [phase_draft()]

    results = at_once(lambda by: start(patient, by, phases=phases), people)

    assert sorted(type(result).__name__ for result in results) == ["Plan"] + ["PlanAlreadyOpen"] * 7
    assert patient.plans.current().count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_at_once_one_wins() -> None:
    clinic = make_clinic()
    plan, people = make_plan(make_patient(clinic)), [make_member(clinic) for _ in range(8)]
    phases = [phase_draft()]

    results = at_once(lambda by: revise(plan, by, phases=phases), people)

    assert sorted(type(result).__name__ for result in results) == ["PlanMovedOn"] * 7 + ["PlanVersion"]
    assert plan.versions.count() == 2


def at_once(work: Callable[[User], object], people: list[User]) -> list[object]:
    def run(person: User) -> object:
        try:
            return work(person)
        except (PlanAlreadyOpen, PlanMovedOn) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(run, people))


def test_nonsense_is_refused_before_it_is_stored(patient: Patient, clinician: User) -> None:
    with pytest.raises(PlanNotUsable):
        start(patient, clinician, phases=[phase_draft(item_draft(weekdays=()))])

    assert not patient.plans.exists()


def test_a_change_is_a_new_version_from_a_day(patient: Patient, clinician: User) -> None:
    plan = start(patient, clinician)

    version = revise(plan, clinician, note="Next step")

    assert (version.number, version.from_on, version.note, version.created_by) == (
        2,
        TUESDAY,
        "Next step",
        clinician,
    )
    assert queries.plan_on(patient, date(2026, 3, 9)).phase.name == "Settle"
    assert queries.plan_on(patient, TUESDAY).phase.name == "Build"


def test_a_later_change_from_an_earlier_day_stands(patient: Patient, clinician: User) -> None:
    plan = start(patient, clinician)
    revise(plan, clinician, from_on=date(2026, 3, 20))

    revise(plan, clinician, seen_version=2, from_on=TUESDAY, phases=[phase_draft(name="Other")])

    assert [queries.plan_on(patient, date(2026, 3, day)).phase.name for day in (9, 10, 25)] == [
        "Settle", "Other", "Other",
    ]  # fmt: skip


def test_a_session_stays_tied_to_the_version_it_was_done_under(patient: Patient, clinician: User) -> None:
    plan = start(patient, clinician)
    session = log_session_row(patient, MARCH, plan_version=plan.versions.get())

    revise(plan, clinician)

    session.refresh_from_db()
    assert session.plan_version.number == 1


def test_a_change_of_what_has_moved_on_is_refused_and_says_by_whom(patient: Patient, clinician: User) -> None:
    plan, colleague = start(patient, clinician), make_member(patient.clinic, name="Dr Bo")
    revise(plan, colleague)

    with pytest.raises(PlanMovedOn) as refused:
        revise(plan, clinician, seen_version=1)

    assert (refused.value.newest.number, refused.value.newest.created_by) == (2, colleague)
    assert plan.versions.count() == 2


def test_an_ended_plan_keeps_everything_and_cannot_be_changed(patient: Patient, clinician: User) -> None:
    plan = start(patient, clinician)
    end_plan(plan=plan, by=clinician)

    with pytest.raises(PlanAlreadyEnded):
        revise(plan, clinician)
    with pytest.raises(PlanAlreadyEnded):
        end_plan(plan=plan, by=clinician)

    assert (plan.ended_by, plan.versions.count(), queries.plan_on(patient, TUESDAY)) == (clinician, 1, None)


def test_after_an_end_another_plan_may_start(patient: Patient, clinician: User) -> None:
    end_plan(plan=start(patient, clinician), by=clinician)

    start(patient, clinician, name="Build")

    assert [plan.name for plan in patient.plans.all()] == ["Build", "Calm"]


@pytest.mark.parametrize("rows", ["versions", "phases", "items"])
def test_what_was_asked_cannot_be_rewritten(patient: Patient, clinician: User, rows: str) -> None:
    version = start(patient, clinician).versions.get()
    row = {"versions": version, "phases": version.phases.get(), "items": version.phases.get().items.get()}[
        rows
    ]

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.save()


def test_nothing_is_planned_before_the_first_day(patient: Patient) -> None:
    make_plan(patient, started_on=TUESDAY)

    assert queries.plan_on(patient, date(2026, 3, 9)) is None


def test_someone_elses_plan_is_not_shown(patient: Patient) -> None:
    make_plan(make_patient(patient.clinic))

    assert queries.plan_on(patient, TUESDAY) is None


@pytest.mark.parametrize("exercises", [1, 30])
def test_a_plan_is_read_in_three_queries(
    patient: Patient, exercises: int, django_assert_num_queries: Callable
) -> None:
    make_plan(patient, *[make_exercise_version() for _ in range(exercises)])

    with django_assert_num_queries(3):
        shown = queries.plan_on(patient, TUESDAY)
        names = [item.exercise_version.name for item in shown.items]

    assert len(names) == exercises


def test_only_items_of_the_weekday_are_due(patient: Patient) -> None:
    make_plan(patient, weekdays=[2])
    shown = queries.plan_on(patient, TUESDAY)

    assert [len(queries.items_due(shown, date(2026, 3, day))) for day in (9, 10, 11)] == [0, 1, 0]
    assert queries.next_due_on(shown, date(2026, 3, 11)) == date(2026, 3, 17)


def test_planned_days_follow_the_version_in_force(patient: Patient, clinician: User) -> None:
    plan = make_plan(patient, started_on=date(2026, 3, 2))  # Monday, Wednesday, Friday
    revise(plan, clinician, from_on=date(2026, 3, 10), phases=[phase_draft(item_draft(weekdays=(2,)))])

    planned = queries.planned_days([patient], MARCH, date(2026, 3, 17))

    assert planned == {patient.pk: {date(2026, 3, day) for day in (2, 4, 6, 9, 10, 17)}}


def test_planned_days_stop_when_a_plan_ends_in_the_patients_own_zone(clinician: User) -> None:
    patient = make_patient(make_clinic(), time_zone="Asia/Tokyo")
    plan = make_plan(patient, weekdays=[1, 2, 3, 4, 5, 6, 7], started_on=date(2026, 3, 1))
    Plan.objects.filter(pk=plan.pk).update(
        ended_at=datetime(2026, 3, 3, 20, tzinfo=UTC), ended_by=clinician
    )  # already the 4th in Tokyo

    planned = queries.planned_days([patient], MARCH, date(2026, 3, 17))

    assert planned == {patient.pk: {date(2026, 3, day) for day in (1, 2, 3)}}


@pytest.mark.parametrize("people", [1, 30])
def test_planned_days_take_two_queries_for_anyone(people: int, django_assert_num_queries: Callable) -> None:
    clinic = make_clinic()
    patients = [make_patient(clinic) for _ in range(people)]
    for patient in patients:
        make_plan(patient)

    with django_assert_num_queries(2):
        planned = queries.planned_days(patients, MARCH, TUESDAY)

    assert {frozenset(days) for days in planned.values()} == {
        frozenset(date(2026, 3, d) for d in (2, 4, 6, 9))
    }
    assert len(planned) == people
