"""What a clinic says and calls when something is urgent: what waits for a second person, what counted when."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from clinic.models import Clinic, ClinicHours, Membership, OutgoingMail, SafetyWords, User

HISTORY = 20
MAY_CHANGE = (Membership.Role.ADMIN, Membership.Role.EDITOR)


def open_safety_proposal(clinic: Clinic) -> SafetyWords | None:
    return SafetyWords.objects.open().filter(clinic=clinic).select_related("proposed_by").first()


def safety_history(clinic: Clinic) -> list[SafetyWords]:
    """The last proposals that were closed, newest first."""
    closed = SafetyWords.objects.filter(clinic=clinic).exclude(confirmed_at=None, withdrawn_at=None)
    return list(closed.select_related("proposed_by", "confirmed_by", "withdrawn_by")[:HISTORY])


def hours_history(clinic: Clinic) -> list[ClinicHours]:
    return list(ClinicHours.objects.filter(clinic=clinic).select_related("set_by")[:HISTORY])


def second_people(proposal: SafetyWords) -> QuerySet[User]:
    """Who may confirm it: the clinic's other admins and editors."""
    here = Membership.objects.current().filter(clinic=proposal.clinic_id, role__in=MAY_CHANGE)
    people = User.objects.filter(pk__in=here.values("user"), is_active=True)
    return people.exclude(pk=proposal.proposed_by_id).order_by("name", "email")


def second_look_still_wanted(row: OutgoingMail, now: datetime) -> str:
    proposal = SafetyWords.objects.open().filter(pk=row.context["proposal"]).first()
    if proposal is None:
        return "closed"
    return "" if second_people(proposal).filter(pk=row.context["user"]).exists() else "no longer theirs"


def second_look_mail(row: OutgoingMail) -> dict[str, object]:
    return {"link": settings.SITE_URL + reverse("manage_safety")}
