"""Store what a patient logged: once per id and content, however often it is sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError, transaction

from clinic import audit
from clinic.models import Patient, User
from programs.models import Session, SessionItem
from programs.rules.sessions import SessionDraft, fingerprint, moment


class Outcome(StrEnum):
    STORED = "stored"
    REPEATED = "repeated"  # the same words again: nothing new was written
    CONFLICT = "conflict"  # the same id with other words: kept as a second row that names the first


class AlreadyCorrected(Exception):
    """The session that this one corrects was corrected before, by other words."""


@dataclass(frozen=True)
class Logged:
    outcome: Outcome
    session: Session


def log_session(*, patient: Patient, draft: SessionDraft, by: User, now: datetime) -> Logged:
    """Insert first and look only on a clash, always through this patient, so that another's id tells nothing.

    The draft's ids come from `queries.items_under(patient, …)`; the form that builds drafts sees to it.
    """
    digest = fingerprint(draft)
    try:
        return Logged(Outcome.STORED, _insert(patient, draft, digest=digest, by=by, now=now))
    except IntegrityError:
        first = patient.sessions.filter(client_id=draft.client_id, conflicts_with__isnull=True).first()
        if first is None and _is_corrected(patient, draft):
            raise AlreadyCorrected from None
        if first is None:
            raise  # not about the id: nonsense that the database refused
    if first.content_hash == digest:
        return Logged(Outcome.REPEATED, first)
    return Logged(Outcome.CONFLICT, _keep_both(patient, draft, first=first, digest=digest, by=by, now=now))


def _is_corrected(patient: Patient, draft: SessionDraft) -> bool:
    return draft.corrects_id is not None and patient.sessions.filter(corrects_id=draft.corrects_id).exists()


def _first_of(corrects_id: UUID | None) -> UUID | None:
    if corrects_id is None:
        return None
    return Session.objects.values_list("first_id", flat=True).get(pk=corrects_id) or corrects_id


def _keep_both(
    patient: Patient, draft: SessionDraft, *, first: Session, digest: str, by: User, now: datetime
) -> Session:
    try:
        return _insert(patient, draft, digest=digest, by=by, now=now, conflicts_with=first)
    except IntegrityError:
        return patient.sessions.get(client_id=draft.client_id, content_hash=digest)


@transaction.atomic
def _insert(
    patient: Patient,
    draft: SessionDraft,
    *,
    digest: str,
    by: User,
    now: datetime,
    conflicts_with: Session | None = None,
) -> Session:
    when = moment(draft, now=now, zone=patient.time_zone)
    session = Session.objects.create(
        patient=patient, client_id=draft.client_id, content_hash=digest,
        plan_version_id=draft.plan_version_id, phase_position=draft.phase_position,
        planned_on=when.on, outcome=draft.outcome, reason=draft.reason,
        pain_during=draft.worst_pain, pain_after=draft.pain_after, effort=draft.effort, note=draft.note,
        is_short=draft.is_short,
        performed_at=when.at, received_at=now, time_suspect=when.is_suspect,
        conflicts_with=conflicts_with, corrects_id=draft.corrects_id, first_id=_first_of(draft.corrects_id),
    )  # fmt: skip
    SessionItem.objects.bulk_create(
        SessionItem(
            session=session, plan_item_id=entry.plan_item_id, sets_done=entry.sets_done,
            amount_done=entry.amount_done, load_kg=entry.load_kg, pain_during=entry.pain_during,
            reason=entry.reason, done_as_id=entry.done_as_id,
        )
        for entry in draft.entries
    )  # fmt: skip
    audit.record(
        by=by, verb="session.logged", patient=patient, subject=session, conflict=conflicts_with is not None
    )
    return session
