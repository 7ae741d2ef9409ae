"""What a clinic's admin sees: staff, names, care, mail and the log; nothing about anybody's health."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from django.db.models import CharField, F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf, Replace
from django.utils.translation import gettext_lazy as _

from clinic.models import (
    AccessEvent,
    AuditEvent,
    CareRelationship,
    Clinic,
    Heartbeat,
    Membership,
    OutgoingMail,
    Patient,
    User,
)

Status = OutgoingMail.Status
JOBS = {"beat": _("the clock"), "drain": _("sending mail")}
SPOKEN = Replace("verb", Value("."), Value(" "))
NAMED = Coalesce(NullIf("actor__name", Value("")), "actor__email", output_field=CharField())


@dataclass(frozen=True)
class Health:
    """The background at work. An empty time means: never yet."""

    heartbeats: list[tuple[str, datetime]]
    oldest_waiting: datetime | None
    waiting: int
    troubled: int


def clinics_by_slug() -> dict[str, Clinic]:
    return {clinic.slug: clinic for clinic in Clinic.objects.order_by("slug")}


def staff_of(clinic: Clinic) -> QuerySet[Membership]:
    people = Membership.objects.current().filter(clinic=clinic).select_related("user", "clinic")
    return people.order_by("user__name", "user__email", "role")


def patients_of(admin: User, clinic: Clinic) -> QuerySet[Patient]:
    """Names and addresses, with who looks after each now."""
    care = CareRelationship.objects.current().select_related("practitioner").order_by("started_at")
    patients = Patient.objects.administered_by(admin).filter(clinic=clinic).select_related("user")
    return patients.prefetch_related(Prefetch("care", care, to_attr="open_care")).order_by("name", "pk")


def care_of(patient: Patient) -> QuerySet[CareRelationship]:
    return patient.care.current().select_related("practitioner", "patient").order_by("started_at")


def practitioners_without(patient: Patient) -> QuerySet[User]:
    """The clinic's practitioners who do not look after this patient yet."""
    role = Membership.Role.PRACTITIONER
    here = Membership.objects.current().filter(clinic=patient.clinic_id, role=role)
    users = User.objects.filter(pk__in=here.values("user"))
    return users.exclude(pk__in=care_of(patient).values("practitioner")).order_by("name", "email")


def health_of(clinic: Clinic) -> Health:
    waiting = OutgoingMail.objects.filter(clinic=clinic, status__in=[Status.PENDING, Status.SUBMITTING])
    return Health(
        heartbeats=[(JOBS.get(beat.name, beat.name), beat.at) for beat in Heartbeat.objects.order_by("name")],
        oldest_waiting=waiting.order_by("due_at").values_list("due_at", flat=True).first(),
        waiting=waiting.count(),
        troubled=troubled_mail_of(clinic).count(),
    )


def troubled_mail_of(clinic: Clinic) -> QuerySet[OutgoingMail]:
    """Mail of this clinic that did not arrive, or perhaps did not: somebody has to look."""
    troubled = OutgoingMail.objects.filter(clinic=clinic, status__in=[Status.FAILED, Status.IN_DOUBT])
    return troubled.order_by("-due_at")


def audit_of(clinic: Clinic) -> QuerySet:
    """What was done about the clinic's patients and staff, and who opened whose record, newest first."""
    columns = ("id", "at", "who", "what", "whom", "about")
    done = AuditEvent.objects.filter(Q(patient__clinic=clinic) | Q(detail__clinic=clinic.pk))
    done = done.annotate(what=SPOKEN, about=F("subject"))
    opened = AccessEvent.objects.filter(patient__clinic=clinic)
    opened = opened.annotate(what=Value("record opened"), about=Cast("route", CharField()))
    named = {"who": NAMED, "whom": F("patient__name")}
    both = done.annotate(**named).values(*columns).union(opened.annotate(**named).values(*columns), all=True)
    return both.order_by("-at")


def time_zones() -> Iterable[str]:
    """The names people know: a region and a place."""
    regions = (
        "Africa",
        "America",
        "Antarctica",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
    return [*sorted(name for name in available_timezones() if name.split("/")[0] in regions), "UTC"]
