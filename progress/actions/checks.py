"""Store a daily check: once per id and content, however often it is sent."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from clinic import audit
from clinic.models import Patient, User
from programs.rules.sessions import Moment, believed
from progress.models import DailyCheck
from progress.rules.checks import CheckDraft, Logged, Outcome


@transaction.atomic
def log_check(*, patient: Patient, draft: CheckDraft, by: User, now: datetime) -> Logged:
    """Append a check. A second one for the same day corrects the first and names it; both stay.

    One that was given before the one that counts but arrives after it, as from a phone without network, is kept
    beside it and does not count.
    """
    Patient.objects.select_for_update(no_key=True).only("pk").get(pk=patient.pk)  # one at a time per patient
    when = believed(on=draft.on, performed_at=draft.performed_at, now=now, zone=patient.time_zone)
    known = list(
        patient.checks.filter(Q(client_id=draft.client_id) | Q(on=when.on)).order_by("received_at", "pk")
    )
    same_id = [row for row in known if row.client_id == draft.client_id]
    repeated = next((row for row in same_id if row.content_hash == draft.content_hash), None)
    if repeated:
        return Logged(Outcome.REPEATED, repeated)
    if same_id:
        row = _insert(patient, draft, when=when, by=by, now=now, conflicts_with=same_id[0])
        return Logged(Outcome.CONFLICT, row)
    newest = _newest(known)
    is_overtaken = newest is not None and draft.performed_at is not None and when.at < newest.performed_at
    link = "conflicts_with" if is_overtaken else "corrects"
    return Logged(Outcome.STORED, _insert(patient, draft, when=when, by=by, now=now, **{link: newest}))


def _newest(known: list[DailyCheck]) -> DailyCheck | None:
    """The check of this day that counts so far: the one no other corrects."""
    corrected = {row.corrects_id for row in known}
    counting = [row for row in known if row.conflicts_with_id is None and row.pk not in corrected]
    return counting[-1] if counting else None


def _insert(
    patient: Patient,
    draft: CheckDraft,
    *,
    when: Moment,
    by: User,
    now: datetime,
    **links: DailyCheck | None,
) -> DailyCheck:
    row = DailyCheck.objects.create(
        patient=patient,
        client_id=draft.client_id,
        content_hash=draft.content_hash,
        performed_at=when.at,
        received_at=now,
        time_suspect=when.is_suspect,
        **{**draft.values(), "on": when.on, "places": list(draft.places)},
        **links,
    )
    audit.record(by=by, verb="check.logged", patient=patient, subject=row, worrying=draft.is_worrying)
    return row
