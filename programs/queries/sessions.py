"""Reads of what a patient logged."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from clinic.models import Patient
from programs.models import HourLater, Session, SessionItem
from programs.rules.sessions import HOUR, hour_later_window


def sessions_of(patient: Patient) -> QuerySet[Session]:
    """A patient's sessions, newest first, with their items and exercises; three queries however many."""
    items = SessionItem.objects.select_related("plan_item__exercise_version", "done_as")
    items = items.order_by("plan_item__position")
    later = Session.objects.filter(corrects=OuterRef("pk"), conflicts_with__isnull=True)
    sessions = patient.sessions.select_related("plan_version", "conflicts_with", "corrects")
    sessions = with_hour_later(sessions.annotate(is_corrected=Exists(later)))
    return sessions.order_by("-planned_on", "-performed_at", "-pk").prefetch_related(Prefetch("items", items))


def with_hour_later(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """With what counts of the hour after, when it was told, and whether it was told more than once."""
    told = HourLater.objects.filter(session=Coalesce(OuterRef("first_id"), OuterRef("pk")))
    newest = told.filter(correction__isnull=True)
    return sessions.annotate(
        hour_pain=Subquery(newest.values("pain")[:1]),
        hour_at=Subquery(newest.values("received_at")[:1]),
        hour_amended=Exists(told.filter(correction__isnull=False)),
    )


def hour_to_tell(patient: OuterRef | Patient, now: datetime) -> QuerySet[Session]:
    """Sessions whose hour is over and of which nobody said yet how it was; told before the hour was over."""
    answered = HourLater.objects.filter(session=Coalesce(OuterRef("first_id"), OuterRef("pk")))
    rows = Session.objects.filter(
        ~Exists(answered), patient=patient, performed_at__range=hour_later_window(now),
        received_at__lt=F("performed_at") + HOUR, conflicts_with__isnull=True, corrections__isnull=True,
    )  # fmt: skip
    return rows.exclude(outcome=Session.Outcome.NOT_TODAY).order_by("-performed_at")


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
