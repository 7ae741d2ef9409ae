"""Reads of what a patient logged."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from clinic.models import Patient
from programs.models import Session, SessionItem


def sessions_of(patient: Patient) -> QuerySet[Session]:
    """A patient's sessions, newest first, with their items and exercises; three queries however many."""
    items = SessionItem.objects.select_related("plan_item__exercise_version", "done_as")
    items = items.order_by("plan_item__position")
    later = Session.objects.filter(corrects=OuterRef("pk"), conflicts_with__isnull=True)
    sessions = patient.sessions.select_related("plan_version", "conflicts_with", "corrects")
    sessions = sessions.annotate(is_corrected=Exists(later))
    return sessions.order_by("-planned_on", "-performed_at", "-pk").prefetch_related(Prefetch("items", items))


def session_receipt(patient: Patient, client_id: UUID) -> Session | None:
    """What is stored under this id for this patient: the first row, not a conflicting one."""
    return sessions_of(patient).filter(client_id=client_id, conflicts_with__isnull=True).first()


def logged_on(patient: Patient, day: date) -> Session | None:
    """The newest session that counts for a local day, if any."""
    counting = patient.sessions.filter(planned_on=day, conflicts_with__isnull=True, corrections__isnull=True)
    return counting.order_by("-received_at").first()


def last_correction(session: Session) -> Session:
    """What counts of a session: the end of its line of corrections. One query for each step."""
    while True:
        later = session.corrections.filter(conflicts_with__isnull=True).first()
        if later is None:
            return session
        session = later
