"""Store what a patient answered about their measures, and keep the list of activities that matter to them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from clinic import audit
from clinic.models import Patient, User
from programs.rules.sessions import believed
from progress.models import Activity, ActivityEnd, ActivityRating, MeasureSheet
from progress.rules.checks import Logged, Outcome
from progress.rules.measures import SheetDraft
from progress.rules.measures.catalogue import ACTIVITIES_MOST


class SheetAlreadyCorrected(Exception):
    """The sheet that this one corrects was corrected before, by other answers."""


class TooManyActivities(ValueError):
    """Five are open already."""


class AlreadyNamed(ValueError):
    """The same activity is open already."""


@transaction.atomic
def log_measures(*, patient: Patient, draft: SheetDraft, by: User, now: datetime) -> Logged:
    """Append a sheet, once per id and content however often it is sent, with the activities it names.

    The draft's activities and what it corrects are this patient's own; the form that builds drafts sees to it.
    """
    _lock(patient)
    known = list(patient.measure_sheets.filter(client_id=draft.client_id).order_by("received_at", "pk"))
    repeated = next((row for row in known if row.content_hash == draft.content_hash), None)
    if repeated:
        return Logged(Outcome.REPEATED, repeated)
    if known:
        return Logged(Outcome.CONFLICT, _insert(patient, draft, by=by, now=now, conflicts_with=known[0]))
    if draft.corrects and patient.measure_sheets.filter(corrects=draft.corrects).exists():
        raise SheetAlreadyCorrected
    return Logged(Outcome.STORED, _insert(patient, draft, by=by, now=now, corrects_id=draft.corrects))


def _insert(
    patient: Patient, draft: SheetDraft, *, by: User, now: datetime, **link: MeasureSheet | UUID | None
) -> MeasureSheet:
    when = believed(on=draft.on, performed_at=draft.performed_at, now=now, zone=patient.time_zone)
    row = MeasureSheet.objects.create(
        patient=patient, client_id=draft.client_id, content_hash=draft.content_hash, on=when.on,
        groc=draft.groc, sane=draft.sane, plan_done=draft.plan_done, reasons=list(draft.reasons),
        performed_at=when.at, received_at=now, time_suspect=when.is_suspect, **link,
    )  # fmt: skip
    scores = dict(draft.ratings) | dict(_named(patient, draft.named, by=by, now=now))
    ActivityRating.objects.bulk_create(
        ActivityRating(sheet=row, activity_id=activity, score=score) for activity, score in scores.items()
    )
    audit.record(by=by, verb="measures.answered", patient=patient, subject=row)
    return row


def _named(
    patient: Patient, named: Iterable[tuple[str, int | None]], *, by: User, now: datetime
) -> Iterable[tuple[UUID, int]]:
    """Name what is new; what two phones named in the same words is one activity. Nothing that was sent is refused."""
    known = {activity.words.casefold(): activity for activity in patient.activities.open()} if named else {}
    for words, score in named:
        activity = known.get(words.casefold()) or _name(patient, words, by=by, now=now)
        known[words.casefold()] = activity
        if score is not None:
            yield activity.pk, score


@transaction.atomic
def name_activity(*, patient: Patient, words: str, by: User, now: datetime) -> Activity:
    """A clinician adds an activity together with the patient."""
    _lock(patient)
    there = list(patient.activities.open())
    if any(activity.words.casefold() == words.casefold() for activity in there):
        raise AlreadyNamed
    if len(there) >= ACTIVITIES_MOST:
        raise TooManyActivities
    return _name(patient, words, by=by, now=now)


def _name(patient: Patient, words: str, *, by: User, now: datetime) -> Activity:
    activity = Activity.objects.create(patient=patient, words=words, named_at=now, named_by=by)
    audit.record(by=by, verb="activity.named", patient=patient, subject=activity)
    return activity


@transaction.atomic
def end_activity(*, activity: Activity, by: User, now: datetime) -> None:
    """It is asked no more; ending it twice changes nothing."""
    _lock(activity.patient)
    if not ActivityEnd.objects.filter(activity=activity).exists():
        ActivityEnd.objects.create(activity=activity, ended_by=by, ended_at=now)
        audit.record(by=by, verb="activity.ended", patient=activity.patient, subject=activity)


def _lock(patient: Patient) -> None:
    Patient.objects.select_for_update(no_key=True).only("pk").get(pk=patient.pk)  # one at a time per patient
