"""Reads of reminders: whether one is still wanted, what its mail says, what became of each, who looked."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clinic.models import AccessEvent, CareRelationship, OutgoingMail, Patient
from programs.queries import items_due, plan_on
from reminders.models import ReminderRule, ReminderSlot
from reminders.rules import Wish, is_paused, wants

Status = OutgoingMail.Status
WEEKDAYS = [
    (1, _("Mon")), (2, _("Tue")), (3, _("Wed")), (4, _("Thu")), (5, _("Fri")), (6, _("Sat")), (7, _("Sun")),
]  # fmt: skip
SIGNER = Signer(salt="reminders.unsubscribe")  # a token for this purpose opens nothing else


def wish_of(rule: ReminderRule, patient: Patient) -> Wish:
    return Wish(
        at=rule.at_local,
        weekdays=frozenset(rule.weekdays),
        zone=patient.time_zone,
        is_on=rule.is_on,
        paused_until=rule.paused_until,
    )


def rule_of(patient: Patient) -> ReminderRule:
    """The patient's rule, or the one they would get (not saved)."""
    return ReminderRule.objects.filter(patient=patient).first() or ReminderRule(patient=patient)


@dataclass(frozen=True)
class RuleInWords:
    """What a clinician sees of the patient's wish."""

    is_on: bool
    at: time
    days: str
    paused_until: date | None


def rule_in_words(patient: Patient, *, today: date) -> RuleInWords | None:
    """The wish as it stands, or None before the patient has one."""
    rule = ReminderRule.objects.filter(patient=patient).first()
    if rule is None:
        return None
    days = _("every day") if len(rule.weekdays) == len(WEEKDAYS) else ""
    paused_until = rule.paused_until if rule.paused_until and rule.paused_until > today else None
    chosen = days or ", ".join(str(name) for number, name in WEEKDAYS if number in rule.weekdays)
    return RuleInWords(is_on=rule.is_on, at=rule.at_local, days=chosen, paused_until=paused_until)


def next_reminder(patient: Patient, now: datetime) -> ReminderSlot | None:
    """The next one that is planned; whether it is still needed is asked when it is due."""
    waiting = ReminderSlot.objects.filter(patient=patient, mail__status=Status.PENDING, due_at__gt=now)
    return waiting.order_by("due_at").first()


def still_wanted(row: OutgoingMail, now: datetime) -> str:
    """ "" when this reminder should go now, else the reason why not, in order of what a person would say first."""
    slots = ReminderSlot.objects.select_related("patient__user", "patient__clinic", "patient__reminder_rule")
    slot = slots.get(mail=row)
    return _person_reason(slot.patient) or _rule_reason(slot) or _plan_reason(slot.patient, slot.local_on)


def _person_reason(patient: Patient) -> str:
    if patient.user is None or not patient.user.is_active:
        return "account closed"
    if patient.consented_version != patient.clinic.consent_version:
        return "no consent"
    if not CareRelationship.objects.current().filter(patient=patient).exists():
        return "not in care"
    return "closed" if patient.program_is_closed else ""


def _rule_reason(slot: ReminderSlot) -> str:
    wish = wish_of(slot.patient.reminder_rule, slot.patient)
    if not wish.is_on:
        return "off"
    if is_paused(wish, slot.local_on):
        return "paused"
    return "" if wants(wish, slot.local_on) else "day not chosen"


def _plan_reason(patient: Patient, on: date) -> str:
    standing = plan_on(patient, on)
    if standing is None or not items_due(standing.open_to(patient), on):
        return "nothing planned"
    return "logged" if patient.sessions.filter(planned_on=on).exists() else ""


def mail_words(row: OutgoingMail) -> dict[str, object]:
    """All that a reminder's mail may say: a first name, and links that show nothing without signing in."""
    return {
        "first_name": row.patient.first_name,
        "link": settings.SITE_URL + reverse("today"),
        "settings_url": settings.SITE_URL + reverse("settings"),
        "unsubscribe_url": settings.SITE_URL + reverse("unsubscribe", args=[unsubscribe_token(row.patient)]),
    }


def unsubscribe_token(patient: Patient) -> str:
    return SIGNER.sign(patient.pk.hex)


def patient_of_token(token: str) -> Patient | None:
    """Whose reminders this link may stop; None for a token that we did not make."""
    try:
        key = UUID(hex=SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Patient.objects.select_related("clinic").filter(pk=key).first()


@dataclass(frozen=True)
class Fate:
    """One reminder and what became of it, in words. `kind` is the badge's."""

    on: date
    due_at: datetime
    sent_at: datetime | None
    words: str
    kind: str


WHY_NOT = {
    "account closed": _("Not sent: the account is closed"),
    "no consent": _("Not sent: no agreement to the current terms"),
    "not in care": _("Not sent: not in anyone’s care"),
    "closed": _("Not sent: the program waits for your clinician to look"),
    "off": _("Not sent: reminders are off"),
    "paused": _("Not sent: paused"),
    "day not chosen": _("Not sent: this day is no longer chosen"),
    "nothing planned": _("Not sent: nothing planned for this day"),
    "logged": _("Not needed: the session was logged first"),
    "moved": _("Not sent: moved to a time that had passed"),
}
FATES = {
    Status.PENDING: (_("Planned"), "neutral"),
    Status.SUBMITTING: (_("On its way"), "info"),
    Status.SENT: (_("Sent"), "ok"),
    Status.FAILED: (_("Could not be delivered"), "bad"),
    Status.EXPIRED: (_("Not sent: we were too late for it to be useful"), "warn"),
    Status.IN_DOUBT: (_("Perhaps sent: the connection broke before we knew"), "unknown"),
}


def reminder_history(patient: Patient) -> QuerySet[ReminderSlot]:
    return ReminderSlot.objects.filter(patient=patient).select_related("mail").order_by("-local_on")


def fate_of(slot: ReminderSlot) -> Fate:
    words, kind = _in_words(slot.mail)
    return Fate(on=slot.local_on, due_at=slot.due_at, sent_at=slot.mail.sent_at, words=words, kind=kind)


def _in_words(mail: OutgoingMail) -> tuple[str, str]:
    if mail.status == Status.CANCELLED:
        return WHY_NOT.get(mail.outcome, _("Not sent: no longer wanted")), "neutral"
    if mail.status == Status.PENDING and mail.attempts:
        return _("The mail server did not take it yet; we keep trying"), "warn"
    return FATES[mail.status]


@dataclass(frozen=True)
class Look:
    """Somebody opened a page about the patient."""

    who: str
    what: str
    at: datetime


OPENED = {
    "patient": _("your record"),
    "patient_plan": _("your plan"),
    "patient_log": _("your log"),
    "patient_screens": _("your answers about warning signs"),
    "patient_reminders": _("your reminders"),
}


def who_looked(patient: Patient, *, newest: int = 50) -> list[Look]:
    events = AccessEvent.objects.filter(patient=patient).select_related("actor").order_by("-at")[:newest]
    return [Look(str(e.actor), OPENED.get(e.route, _("a page about you")), e.at) for e in events]
