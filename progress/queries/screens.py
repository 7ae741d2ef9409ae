"""Reads of red-flag screens: when one is due, what waits for a clinician, whom staff mails go to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from clinic.models import CareRelationship, Membership, OutgoingMail, Patient, User
from programs.models import Session
from programs.rules.days import local_day
from progress.models import DailyCheck, Screen, ScreenEvent
from progress.queries.evidence import LONG_AGO
from progress.rules.red_flags import LEVELS, Level, Standing, Why, due_at, told_again_at, why_due
from progress.rules.state import POLICY

Kind = ScreenEvent.Kind
CANNOT_WAIT = (Level.EMERGENCY, Level.SAME_DAY)


def with_standing(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    """Each with `asked_at`, `warned` and `hurt`: all that says whether the screen is due."""
    newest = Screen.objects.filter(patient=OuterRef("pk")).order_by().values("patient")
    since = {"patient": OuterRef("pk"), "received_at__gt": Coalesce(OuterRef("asked_at"), Value(LONG_AGO))}
    strong = Q(pain_during__gte=POLICY.worrying_pain) | Q(pain_after__gte=POLICY.worrying_pain)
    checks, sessions = DailyCheck.objects.filter(**since), Session.objects.filter(strong, **since)
    return patients.annotate(asked_at=Subquery(newest.annotate(at=Max("received_at")).values("at"))).annotate(
        warned=Exists(checks.filter(new_warning=True)),
        hurt=Exists(checks.filter(morning_pain__gte=POLICY.worrying_pain)) | Exists(sessions),
    )


def standing_of(row: Any, zone: str) -> Standing:
    """From a row of `with_standing`."""
    asked_on = local_day(row.asked_at, zone) if row.asked_at else None
    return Standing(asked_on=asked_on, warned_since=row.warned, hurt_since=row.hurt)


def screen_due(patient: Patient, today: date) -> Why | None:
    """Why this patient is to answer the screen now, or None; one query."""
    row = with_standing(Patient.objects.filter(pk=patient.pk)).only("pk").get()
    return why_due(standing_of(row, patient.time_zone), today)


def last_phone(patient: Patient) -> str:
    """The number they gave last."""
    known = patient.screens.exclude(phone="").order_by("-received_at").values_list("phone", flat=True)
    return known.first() or ""


def screen_receipt(patient: Patient, client_id: UUID) -> Screen | None:
    return patient.screens.filter(client_id=client_id, conflicts_with__isnull=True).first()


@dataclass(frozen=True)
class Waiting:
    """A screen on the urgent list. `due_at`: by when somebody should have opened it, or looked."""

    screen: Screen
    due_at: datetime
    opened: tuple[ScreenEvent, ...]
    called: ScreenEvent | None
    told_again: ScreenEvent | None
    phone: str
    is_overdue: bool


def waiting_for(user: User, *, now: datetime) -> list[Waiting]:
    """Everything flagged and not cleared in this practitioner's care: the gravest first, then the oldest. Two queries."""
    return _waiting(Screen.objects.filter(patient__in=Patient.objects.in_care_of(user)), now)


def waiting_of(patient: Patient, *, now: datetime) -> list[Waiting]:
    """The same for one patient."""
    return _waiting(patient.screens.all(), now)


def _waiting(screens: QuerySet[Screen], now: datetime) -> list[Waiting]:
    rows = with_events(screens.waiting()).order_by("received_at", "pk")
    return sorted((_one(row, now) for row in rows), key=lambda one: LEVELS.index(Level(one.screen.level)))


def with_events(screens: QuerySet[Screen]) -> QuerySet[Screen]:
    """Each with its patient, clinic, the newest number it can use, and everything that became of it."""
    phones = Screen.objects.filter(patient=OuterRef("patient")).exclude(phone="").order_by("-received_at")
    events = ScreenEvent.objects.select_related("by").order_by("at")
    joined = screens.select_related("patient__clinic", "conflicts_with")
    return joined.annotate(newest_phone=Subquery(phones.values("phone")[:1])).prefetch_related(
        Prefetch("events", events, to_attr="history")
    )


def _one(row: Screen, now: datetime) -> Waiting:
    by_kind = {event.kind: event for event in row.history}
    opened = tuple(event for event in row.history if event.kind == Kind.OPENED)
    due = due_at(row.level, row.received_at, row.patient.clinic.open_hours)
    is_answered = bool(opened) and row.level in CANNOT_WAIT
    return Waiting(
        screen=row, due_at=due, opened=opened, called=by_kind.get(Kind.CALLED),
        told_again=by_kind.get(Kind.TOLD_AGAIN), phone=row.phone or row.newest_phone or "",
        is_overdue=now > due and not is_answered,
    )  # fmt: skip


def open_cards(patient: Patient) -> list[Screen]:
    """What the patient is shown a card for, newest first; one query."""
    return list(patient.screens.waiting().order_by("-received_at"))


def has_called(screens: Iterable[Screen]) -> bool:
    """Whether they said of every one of these that they have called; one query."""
    ids = {screen.pk for screen in screens}
    called = ScreenEvent.objects.filter(screen__in=ids, kind=Kind.CALLED)
    return set(called.values_list("screen", flat=True)) == ids


def unopened(now: datetime) -> list[Screen]:
    """E and U that nobody has opened in time, and of which staff were not told again yet."""
    events = ScreenEvent.objects.filter(screen=OuterRef("pk"), kind__in=[Kind.OPENED, Kind.TOLD_AGAIN])
    rows = Screen.objects.waiting().filter(~Exists(events), level__in=CANNOT_WAIT)
    return [row for row in rows.select_related("patient__clinic") if _is_late(row, now)]


def _is_late(row: Screen, now: datetime) -> bool:
    at = told_again_at(row.level, row.received_at, row.patient.clinic.open_hours)
    return at is not None and at <= now


def care_team(patient: Patient) -> QuerySet[User]:
    """Practitioners who may open this patient's record now."""
    care = CareRelationship.objects.current().filter(patient=patient, practitioner=OuterRef("pk"))
    practicing = _members(patient, Membership.Role.PRACTITIONER)
    return User.objects.filter(Exists(care), Exists(practicing), is_active=True).order_by("pk")


def admins_of(patient: Patient) -> QuerySet[User]:
    admins = _members(patient, Membership.Role.ADMIN)
    return User.objects.filter(Exists(admins), is_active=True).order_by("pk")


def _members(patient: Patient, role: str) -> QuerySet[Membership]:
    return Membership.objects.current().filter(clinic=patient.clinic_id, role=role, user=OuterRef("pk"))


def notice_still_wanted(row: OutgoingMail, now: datetime) -> str:
    """ "" while somebody has to look and this person still may, else why not any more."""
    screen = Screen.objects.select_related("patient").get(pk=row.context["screen"])
    kinds = set(screen.events.values_list("kind", flat=True))
    if Kind.CLEARED in kinds:
        return "cleared"
    if row.context["step"] == Kind.TOLD_AGAIN and Kind.OPENED in kinds:
        return "opened"
    people = care_team(screen.patient) if row.kind == "look_now" else admins_of(screen.patient)
    return "" if people.filter(pk=row.context["user"]).exists() else "no longer theirs"


def notice_mail(row: OutgoingMail) -> dict[str, object]:
    """Where to look, and nothing about whom or what. An admin sees there who is in whose care."""
    page = "caseload" if row.kind == "look_now" else "manage_patients"
    return {"link": settings.SITE_URL + reverse(page)}
