"""Reminders are planned ahead, follow the patient's changes, and go only while they are wanted."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from clinic.actions.outbox import drain
from clinic.models import OutgoingMail, Patient
from reminders.actions import plan_reminders, set_rule, unsubscribe
from reminders.models import ReminderRule, ReminderSlot
from tests.factories import log_session_row, make_clinic, make_member, make_patient, make_plan

pytestmark = pytest.mark.django_db
Status = OutgoingMail.Status
MONDAY = datetime(2026, 3, 9, 5, 0, tzinfo=UTC)
EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


@pytest.fixture
def patient() -> Patient:
    """In care, with an open plan for every day, in Berlin."""
    clinic = make_clinic(mail_name="North")
    patient = make_patient(
        clinic, in_care_of=make_member(clinic), time_zone="Europe/Berlin", name="Ann Example"
    )
    make_plan(patient, weekdays=EVERY_DAY)
    return patient


def wish(patient: Patient, *, now: datetime = MONDAY, **fields: object) -> ReminderRule:
    defaults = {
        "at_local": time(8),
        "weekdays": EVERY_DAY,
        "is_on": True,
        "paused_until": None,
        "by": patient.user,
    }
    return set_rule(patient=patient, now=now, **{**defaults, **fields})


def slots(patient: Patient) -> list[tuple[int, str]]:
    """Local day of the month, and the UTC time it is due."""
    rows = ReminderSlot.objects.filter(patient=patient).order_by("local_on")
    return [(slot.local_on.day, f"{slot.due_at:%d %H:%M}") for slot in rows]


def fate(patient: Patient, day: int) -> tuple[str, str]:
    mail = ReminderSlot.objects.get(patient=patient, local_on=date(2026, 3, day)).mail
    return mail.status, mail.outcome


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_a_wish_is_planned_at_once_for_two_days_ahead(patient) -> None:
    wish(patient)

    assert slots(patient) == [(9, "09 07:00"), (10, "10 07:00"), (11, "11 07:00")]


def test_planning_again_changes_nothing(patient) -> None:
    wish(patient)

    assert plan_reminders(now=MONDAY) == 0
    assert plan_reminders(now=MONDAY + timedelta(hours=1)) == 0
    assert OutgoingMail.objects.count() == 3


def test_each_day_one_more_is_planned(patient) -> None:
    wish(patient)

    assert plan_reminders(now=MONDAY + timedelta(days=1)) == 1
    assert slots(patient)[-1] == (12, "12 07:00")


def test_who_agreed_and_got_a_plan_is_reminded_without_asking(patient) -> None:
    assert plan_reminders(now=MONDAY) == 3
    assert patient.reminder_rule.at_local == time(8)


@pytest.mark.parametrize("missing", ["account", "agreement", "care", "plan", "open account"])
def test_who_cannot_be_reminded_has_nothing_planned(patient, missing: str) -> None:
    plan, care, user = patient.plans.get(), patient.care.get(), patient.user
    if missing == "account":
        Patient.objects.update(user=None)
    if missing == "agreement":
        Patient.objects.update(consented_version=None)
    if missing == "care":
        care.ended_at, care.ended_by = MONDAY, user
        care.save()
    if missing == "plan":
        plan.ended_at, plan.ended_by = MONDAY, user
        plan.save()
    if missing == "open account":
        user.is_active = False
        user.save()

    assert plan_reminders(now=MONDAY) == 0


def test_a_reminder_arrives_at_its_time_and_once(patient, smtp_sink) -> None:
    wish(patient)

    drain(now=at(9, 6, 59))
    assert smtp_sink.messages == []
    drain(now=at(9, 7, 0))
    drain(now=at(9, 7, 1))

    assert [m["To"] for m in smtp_sink.messages] == [patient.email]
    assert fate(patient, 9) == (Status.SENT, "")


def test_a_new_hour_moves_what_is_planned(patient, smtp_sink) -> None:
    wish(patient)

    wish(patient, at_local=time(18, 30))

    assert slots(patient) == [(9, "09 17:30"), (10, "10 17:30"), (11, "11 17:30")]
    assert drain(now=at(9, 7, 0)) == 0
    assert drain(now=at(9, 17, 30)) == 1
    assert len(smtp_sink.messages) == 1


def test_a_new_time_zone_between_plan_and_send_still_means_one_a_day(patient, smtp_sink) -> None:
    wish(patient)

    wish(patient, time_zone="America/New_York", now=at(9, 6))

    assert slots(patient) == [(9, "09 12:00"), (10, "10 12:00"), (11, "11 12:00")]
    for hour in range(48):
        drain(now=at(9, 6) + timedelta(hours=hour))
    assert len(smtp_sink.messages) == 2


def test_a_time_zone_changed_by_the_clinic_is_followed_by_the_next_tick(patient) -> None:
    wish(patient)
    Patient.objects.update(time_zone="Asia/Kathmandu")

    plan_reminders(now=at(9, 1))

    assert slots(patient) == [(9, "09 02:15"), (10, "10 02:15"), (11, "11 02:15")]


def test_a_new_address_is_followed_by_the_next_tick(patient) -> None:
    wish(patient)
    patient.user.email = "new@example.org"
    patient.user.save()

    plan_reminders(now=MONDAY)

    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {"new@example.org"}


def test_an_hour_that_has_passed_today_means_tomorrow(patient, smtp_sink) -> None:
    wish(patient, at_local=time(18))

    wish(patient, at_local=time(8), now=at(9, 9))

    assert fate(patient, 9) == (Status.CANCELLED, "moved")
    assert drain(now=at(9, 9, 1)) == 0
    wish(patient, at_local=time(20), now=at(9, 9, 2))
    assert fate(patient, 9) == (Status.PENDING, "")
    assert drain(now=at(9, 19)) == 1


def test_a_reminder_that_was_sent_is_not_sent_again_for_a_later_hour(patient, smtp_sink) -> None:
    wish(patient)
    drain(now=at(9, 7))

    wish(patient, at_local=time(18), now=at(9, 8))
    drain(now=at(9, 20))

    assert len(smtp_sink.messages) == 1


def test_a_newly_chosen_weekday_is_planned_although_planning_had_passed_it(patient) -> None:
    wish(patient, weekdays=[1])
    assert [day for day, _due in slots(patient)] == [9]

    wish(patient, weekdays=[1, 2])

    assert [day for day, _due in slots(patient)] == [9, 10]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_on": False}, "off"),
        ({"paused_until": date(2026, 3, 12)}, "paused"),
        ({"weekdays": [2]}, "day not chosen"),
    ],
)
def test_a_change_of_mind_before_the_hour_is_obeyed(patient, smtp_sink, change: dict, reason: str) -> None:
    wish(patient)
    wish(patient, **change)

    drain(now=at(9, 7))

    assert fate(patient, 9) == (Status.CANCELLED, reason)
    assert smtp_sink.messages == []


def test_nothing_is_planned_for_paused_days(patient) -> None:
    wish(patient, paused_until=date(2026, 3, 11))

    assert [day for day, _due in slots(patient)] == [11]


@pytest.mark.parametrize("outcome", ["done", "partly", "not_today"])
def test_logging_the_session_makes_that_days_reminder_unneeded(patient, smtp_sink, outcome: str) -> None:
    wish(patient)
    log_session_row(patient, date(2026, 3, 9), outcome)

    drain(now=at(9, 7))
    drain(now=at(10, 7))

    assert fate(patient, 9) == (Status.CANCELLED, "logged")
    assert fate(patient, 10) == (Status.SENT, "")


def test_a_day_without_a_planned_session_has_no_reminder(smtp_sink) -> None:
    clinic = make_clinic()
    patient = make_patient(clinic, in_care_of=make_member(clinic), time_zone="Europe/Berlin")
    make_plan(patient, weekdays=[2])
    wish(patient)

    drain(now=at(9, 7))

    assert fate(patient, 9) == (Status.CANCELLED, "nothing planned")
    assert smtp_sink.messages == []


def test_a_discharged_patient_is_not_reminded(patient, smtp_sink) -> None:
    wish(patient)
    patient.care.update(ended_at=at(9, 6), ended_by=patient.user)

    drain(now=at(9, 7))

    assert fate(patient, 9) == (Status.CANCELLED, "not in care")
    assert smtp_sink.messages == []


def test_whose_program_is_closed_is_not_reminded_of_it(patient, smtp_sink) -> None:
    wish(patient)
    Patient.objects.filter(pk=patient.pk).update(closed="program")

    drain(now=at(9, 7))

    assert fate(patient, 9) == (Status.CANCELLED, "closed")
    assert smtp_sink.messages == []


def test_after_six_hours_without_mail_only_what_is_fresh_goes_out(patient, smtp_sink) -> None:
    late = make_patient(patient.clinic, in_care_of=make_member(patient.clinic), time_zone="Europe/Berlin")
    make_plan(late, weekdays=EVERY_DAY)
    wish(patient, at_local=time(8))
    wish(late, at_local=time(11))

    drain(now=at(9, 12))

    assert fate(patient, 9) == (Status.EXPIRED, "too late")
    assert fate(late, 9) == (Status.SENT, "")
    assert smtp_sink.recipients == [[late.email]]


def test_after_days_without_planner_or_mail_each_patient_gets_one_mail(patient, smtp_sink) -> None:
    wish(patient)
    back = at(14, 8)

    plan_reminders(now=back)
    while drain(now=back):
        pass

    assert len(smtp_sink.messages) == 1
    assert fate(patient, 14) == (Status.SENT, "")
    assert {fate(patient, day) for day in (9, 10, 11)} == {(Status.EXPIRED, "too late")}


def test_one_patients_stop_leaves_the_others_alone(patient, smtp_sink) -> None:
    other = make_patient(patient.clinic, in_care_of=make_member(patient.clinic), time_zone="Europe/Berlin")
    make_plan(other, weekdays=EVERY_DAY)
    wish(patient)
    wish(other)

    unsubscribe(patient=patient, by=None, now=MONDAY)
    drain(now=at(9, 7))

    assert smtp_sink.recipients == [[other.email]]


def test_hourly_rounds_around_the_change_of_clocks_send_one_reminder_a_day(patient, smtp_sink) -> None:
    start = datetime(2026, 3, 27, tzinfo=UTC)
    wish(patient, now=start)

    for hour in range(5 * 24):
        now = start + timedelta(hours=hour)
        if hour % 6 == 0:
            plan_reminders(now=now)
            plan_reminders(now=now)
        drain(now=now)

    sent = ReminderSlot.objects.filter(mail__status=Status.SENT).order_by("local_on")
    assert [f"{slot.local_on.day}: {slot.due_at:%H:%M}" for slot in sent] == [
        "27: 07:00",
        "28: 07:00",
        "29: 06:00",
        "30: 06:00",
        "31: 06:00",
    ]
    assert len(smtp_sink.messages) == 5


@pytest.mark.parametrize("people", [1, 3])
def test_planning_takes_the_same_number_of_queries_for_any_number(
    people: int, django_assert_num_queries
) -> None:
    clinic = make_clinic()
    practitioner = make_member(clinic)
    for _ in range(people):
        patient = make_patient(clinic, in_care_of=practitioner)
        make_plan(patient, by=practitioner)
        ReminderRule.objects.create(patient=patient, changed_at=MONDAY)

    with django_assert_num_queries(16):
        assert plan_reminders(now=MONDAY) == 3 * people
