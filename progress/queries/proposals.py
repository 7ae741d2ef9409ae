"""Reads of proposals: the queue, one patient's open one, and the newest word for the patient."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from clinic.models import Patient, User
from programs.models import Plan, Session
from progress.models import DailyCheck, Proposal

CAREFUL_FIRST = ("urgent", "review", "step_back", "advance")


def open_plans_of(patient_id: UUID) -> QuerySet[Plan]:
    return Plan.objects.current().filter(patient_id=patient_id)


def open_proposal(patient: Patient) -> Proposal | None:
    """What the rules say now about the open plan, also a hold; one query."""
    rows = patient.proposals.filter(closed_at__isnull=True, plan__ended_at__isnull=True)
    return rows.select_related("plan", "plan_version").first()


def word_for(patient: Patient) -> tuple[str, list[str], int | None] | None:
    """Outcome, reasons and pain of what the rules say now, for the patient's one sentence; one small query."""
    rows = patient.proposals.filter(closed_at__isnull=True, plan__ended_at__isnull=True)
    return rows.values_list("outcome", "reasons", "answer__pain").first()


@dataclass(frozen=True)
class Since:
    """What came in after a proposal was made."""

    sessions: tuple[Session, ...]
    checks: tuple[DailyCheck, ...]


def came_since(proposal: Proposal) -> Since:
    """Newest first; two queries."""
    later = {"patient": proposal.patient_id, "received_at__gt": proposal.made_at}
    return Since(
        tuple(Session.objects.filter(**later).order_by("-received_at")),
        tuple(DailyCheck.objects.filter(**later).order_by("-received_at")),
    )


def decided_before(patient: Patient) -> list[Proposal]:
    """The last ten decisions, newest first; one query."""
    rows = patient.proposals.filter(decided_at__isnull=False).defer("evidence", "policy", "answer")
    return list(rows.select_related("decided_by").order_by("-decided_at")[:10])


def queue_of(user: User) -> QuerySet[Proposal]:
    """What waits for a decision of this practitioner, the most careful first, then the oldest."""
    careful = Case(
        *(When(outcome=outcome, then=Value(place)) for place, outcome in enumerate(CAREFUL_FIRST)),
        default=Value(len(CAREFUL_FIRST)),
        output_field=IntegerField(),
    )
    waiting = Proposal.objects.filter(
        patient__in=Patient.objects.in_care_of(user), closed_at__isnull=True, plan__ended_at__isnull=True
    ).exclude(outcome=Proposal.Outcome.HOLD)
    light = waiting.defer("evidence", "policy").select_related("patient", "plan")
    return light.annotate(careful=careful).order_by("careful", "made_at", "pk")
