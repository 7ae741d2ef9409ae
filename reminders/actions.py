"""Writes of reminders: a patient's wish, and the slots planned from all wishes. Their mail goes through the outbox."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from clinic import audit
from clinic.models import CareRelationship, OutgoingMail, Patient, User
from programs.models import Plan
from reminders.models import ReminderRule, ReminderSlot
from reminders.queries import wish_of
from reminders.rules import KIND, Due, last_day_to_plan, moved, to_plan

BATCH = 1000
Status = OutgoingMail.Status


@transaction.atomic
def set_rule(
    *,
    patient: Patient,
    at_local: time,
    weekdays: list[int],
    is_on: bool,
    paused_until: date | None,
    by: User | None,
    now: datetime | None = None,
    time_zone: str = "",
) -> ReminderRule:
    """Store the patient's wish, and have what is already planned follow it. No time zone: it stays as it is."""
    if time_zone and time_zone != patient.time_zone:
        patient.time_zone = time_zone
        patient.save(update_fields=["time_zone"])
    wish = {"at_local": at_local, "weekdays": sorted(weekdays), "is_on": is_on, "paused_until": paused_until}
    return _change(patient, wish, verb="reminder.set", by=by, now=now or timezone.now())


@transaction.atomic
def unsubscribe(*, patient: Patient, by: User | None, now: datetime) -> ReminderRule:
    """Stop the patient's reminders. Nobody need be signed in: whoever has the mail may stop the mail."""
    return _change(patient, {"is_on": False}, verb="reminder.unsubscribed", by=by, now=now)


def _change(
    patient: Patient, wish: dict[str, object], *, verb: str, by: User | None, now: datetime
) -> ReminderRule:
    rule, _created = ReminderRule.objects.update_or_create(
        patient=patient, defaults={**wish, "changed_at": now, "planned_to": None}
    )
    rule.patient = patient
    _move(ReminderSlot.objects.filter(patient=patient), now=now)
    if _eligible().filter(pk=rule.pk).exists():
        _place([rule], now=now)
    audit.record(by=by, verb=verb, patient=patient, subject=rule, is_on=rule.is_on)
    return rule


def plan_reminders(*, now: datetime) -> int:
    """Plan what is due in the next two days, for everyone; return how many reminders are new. Twice does no harm."""
    _give_first_rules(now=now)
    _follow_people(now=now)
    planned, new = True, 0
    while planned:
        with transaction.atomic():
            rules = _rules_to_plan(now)
            new += _place(rules, now=now)
            planned = bool(rules)
    return new


def _eligible() -> QuerySet[ReminderRule]:
    """Rules of people who can be reminded: account, agreement, somebody's care, and a plan to be reminded of."""
    care = CareRelationship.objects.current().filter(patient=OuterRef("patient_id"))
    plan = Plan.objects.current().filter(patient=OuterRef("patient_id"))
    agreed = Q(patient__consented_version=F("patient__clinic__consent_version"))
    return ReminderRule.objects.filter(
        agreed, Exists(care), Exists(plan), is_on=True, patient__user__is_active=True
    )


def _give_first_rules(*, now: datetime) -> None:
    """Who has agreed and got a plan is reminded in the morning, until they choose otherwise."""
    patients = Patient.objects.filter(
        Exists(Plan.objects.current().filter(patient=OuterRef("pk"))),
        reminder_rule__isnull=True,
        user__isnull=False,
        consented_version=F("clinic__consent_version"),
    )
    rules = [ReminderRule(patient_id=key, changed_at=now) for key in patients.values_list("pk", flat=True)]
    ReminderRule.objects.bulk_create(rules, ignore_conflicts=True, batch_size=BATCH)


def _rules_to_plan(now: datetime) -> list[ReminderRule]:
    """The next rules whose planning does not reach the horizon of their own zone, locked; another planner skips them."""
    zones = Patient.objects.filter(reminder_rule__is_on=True).values_list("time_zone", flat=True)
    by_horizon: dict[date, list[str]] = defaultdict(list)
    for zone in zones.order_by().distinct():
        by_horizon[last_day_to_plan(now, zone)].append(zone)
    behind = Q(pk__in=[])
    for horizon, names in by_horizon.items():
        short = Q(planned_to__isnull=True) | Q(planned_to__lt=horizon)
        behind |= Q(patient__time_zone__in=names) & short
    rules = _eligible().filter(behind).select_related("patient__user").order_by("pk")
    return list(rules.select_for_update(skip_locked=True, of=("self",))[:BATCH])


def _place(rules: Sequence[ReminderRule], *, now: datetime) -> int:
    """Insert the missing slots of these rules with their mail; what another planner inserted first is left alone."""
    wanted = [(rule.patient, due) for rule in rules for due in _due_of(rule, now)]
    mails = [_mail_for(patient, due) for patient, due in wanted]
    OutgoingMail.objects.bulk_create(mails, ignore_conflicts=True)
    stored = dict(OutgoingMail.objects.filter(key__in=[mail.key for mail in mails]).values_list("key", "pk"))
    slots = [
        ReminderSlot(
            patient=patient, kind=KIND, local_on=due.on, due_at=due.at, zone=patient.time_zone,
            mail_id=stored[mail.key],
        )
        for (patient, due), mail in zip(wanted, mails, strict=True)
    ]  # fmt: skip
    ReminderSlot.objects.bulk_create(slots, ignore_conflicts=True)
    for rule in rules:
        rule.planned_to = last_day_to_plan(now, rule.patient.time_zone)
    ReminderRule.objects.bulk_update(rules, ["planned_to"])
    return sum(stored[mail.key] == mail.pk for mail in mails)


def _due_of(rule: ReminderRule, now: datetime) -> list[Due]:
    wish = wish_of(rule, rule.patient)
    return list(to_plan(wish, planned_to=rule.planned_to, changed_at=rule.changed_at, now=now))


def _mail_for(patient: Patient, due: Due) -> OutgoingMail:
    return OutgoingMail(
        key=f"reminder:{patient.pk}:{due.on}", kind="reminder", mail_class=OutgoingMail.Class.REMINDER,
        clinic_id=patient.clinic_id, patient=patient, to=patient.user.email,
        due_at=due.at, next_attempt_at=due.at, not_after=due.not_after,
    )  # fmt: skip


def _follow_people(*, now: datetime) -> None:
    """Move what is planned for people who changed their time zone or address by another way than their settings."""
    changed = ~Q(zone=F("patient__time_zone")) | ~Q(mail__to=F("patient__user__email"))
    with transaction.atomic():
        _move(ReminderSlot.objects.filter(changed, local_on__gte=now.date()), now=now)


def _move(slots: QuerySet[ReminderSlot], *, now: datetime) -> None:
    """Give slots that were not tried yet the time and address they now belong to, under the same key.

    The lock waits for a sender that is just claiming the mail, and then leaves that mail alone.
    """
    untried = Q(mail__status=Status.PENDING, mail__attempts=0) | Q(
        mail__status=Status.CANCELLED, mail__outcome="moved"
    )
    rows = slots.filter(untried).select_related("mail", "patient__reminder_rule", "patient__user")
    rows = [slot for slot in rows.select_for_update(of=("self", "mail")) if _place_anew(slot, now)]
    ReminderSlot.objects.bulk_update(rows, ["due_at", "zone"])
    fields = ["to", "due_at", "next_attempt_at", "not_after", "status", "outcome"]
    OutgoingMail.objects.bulk_update([slot.mail for slot in rows], fields)


def _place_anew(slot: ReminderSlot, now: datetime) -> bool:
    """Set the fields of a slot and its mail; False when it stands where it should."""
    patient, mail = slot.patient, slot.mail
    due = moved(wish_of(patient.reminder_rule, patient), slot.local_on, now=now)
    address = patient.user.email if patient.user else mail.to
    if due is None and slot.zone == patient.time_zone and slot.due_at <= now:
        return False  # due already and only waiting for its turn
    if due is None:
        mail.status, mail.outcome = Status.CANCELLED, "moved"
    else:
        slot.due_at = mail.due_at = mail.next_attempt_at = due.at
        mail.status, mail.outcome, mail.not_after, mail.to = Status.PENDING, "", due.not_after, address
    slot.zone = patient.time_zone
    return True
