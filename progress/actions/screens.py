"""Keep what was answered on a red-flag screen, close what it closes, tell staff, and let a clinician clear it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from clinic import audit, mail
from clinic.models import Patient, User
from education.actions import assign_module
from education.queries import offered_versions
from programs.rules.days import local_day
from progress.models import Screen, ScreenEvent
from progress.queries.screens import admins_of, care_team, unopened
from progress.rules.checks import Outcome
from progress.rules.red_flags import (
    CLOSINGS,
    READ_TOO,
    Closes,
    ScreenDraft,
    Screened,
    closes,
    flagged,
    is_told_at_once,
    level_of,
)

Kind = ScreenEvent.Kind
WHY_READ = {"W4": "You told us about new tingling, burning or numb skin."}


class AlreadyCleared(Exception):
    """A clinician has cleared this screen before. `event` says who, when and why."""

    def __init__(self, event: ScreenEvent) -> None:
        super().__init__(f"screen {event.screen_id} was cleared")
        self.event = event


class NoteNeeded(ValueError):
    """Clearing says what was found or done."""


@transaction.atomic
def log_screen(*, patient: Patient, draft: ScreenDraft, by: User, now: datetime) -> Screened:
    """Append a screen, once per id and content however often it is sent, with all that follows from it."""
    _lock(patient)
    known = list(patient.screens.filter(client_id=draft.client_id).order_by("received_at", "pk"))
    row = next((row for row in known if row.content_hash == draft.content_hash), None)
    outcome = Outcome.REPEATED if row else Outcome.CONFLICT if known else Outcome.STORED
    if row is None:
        row = _insert(patient, draft, by=by, now=now, conflicts_with=known[0] if known else None)
    if draft.has_called and row.level:
        _note([row], Kind.CALLED, by=by, now=now)
    return Screened(outcome, row)


def _insert(
    patient: Patient, draft: ScreenDraft, *, by: User, now: datetime, conflicts_with: Screen | None
) -> Screen:
    row = Screen.objects.create(
        patient=patient, client_id=draft.client_id, content_hash=draft.content_hash, wording=draft.wording,
        why=draft.why, answers=dict(draft.answers), phone=draft.phone, level=level_of(draft.answers),
        closes=closes(flagged(draft.answers)), received_at=now, conflicts_with=conflicts_with,
    )  # fmt: skip
    audit.record(by=by, verb="screen.answered", patient=patient, subject=row, flagged=bool(row.level))
    if row.level:
        _close(patient)
        _give_reading(row, by=by, now=now)
    if is_told_at_once(draft.answers):
        _tell(row, now=now)
    return row


def _lock(patient: Patient) -> None:
    Patient.objects.select_for_update(no_key=True).only("pk").get(pk=patient.pk)  # one at a time per patient


def _close(patient: Patient) -> None:
    """As much of the program as the screens that nobody has cleared ask for; needs the patient's lock."""
    asked = patient.screens.waiting().values_list("closes", flat=True)
    patient.closed = min(map(Closes, asked), key=CLOSINGS.index, default=Closes.NOTHING).value
    Patient.objects.filter(pk=patient.pk).update(closed=patient.closed)


def _give_reading(row: Screen, *, by: User, now: datetime) -> None:
    """The module that goes with an answer (clinical.md 6.1: card D and M12). Reading only: it changes no plan."""
    for item in row.flagged:
        offered = offered_versions(on=local_day(now, row.patient.time_zone))
        version = offered.filter(module__slug=READ_TOO.get(item.id, "")).first()
        if version:
            assign_module(patient=row.patient, version=version, by=by, why=WHY_READ[item.id])


def _tell(row: Screen, *, now: datetime) -> None:
    """Write to whoever may open the record; where there is nobody, to those who can give somebody care."""
    ScreenEvent.objects.create(screen=row, kind=Kind.TOLD, at=now)
    team = list(care_team(row.patient))
    _write("look_now", team, row, Kind.TOLD)
    if not team:
        _write("nobody_opened", admins_of(row.patient), row, Kind.TOLD)


def _write(kind: str, people: Iterable[User], row: Screen, step: str) -> None:
    for user in people:
        mail.post(
            kind=kind, key=f"screen:{row.pk}:{step}:{user.pk}", to=user.email, clinic=row.patient.clinic,
            context={"screen": str(row.pk), "step": str(step), "user": user.pk},
        )  # fmt: skip


def tell_again(*, now: datetime) -> int:
    """Write once more about every E and U that nobody has opened in time; answers how many.

    No `by`: the clock speaks. However many workers come here at once, each screen is told again once.
    """
    return sum(_tell_again(row, now) for row in unopened(now))


@transaction.atomic
def _tell_again(row: Screen, now: datetime) -> bool:
    _lock(row.patient)
    if row.events.filter(kind__in=[Kind.TOLD_AGAIN, Kind.OPENED, Kind.CLEARED]).exists():
        return False
    ScreenEvent.objects.create(screen=row, kind=Kind.TOLD_AGAIN, at=now)
    _write("look_now", care_team(row.patient), row, Kind.TOLD_AGAIN)
    _write("nobody_opened", admins_of(row.patient), row, Kind.TOLD_AGAIN)
    audit.record(by=None, verb="screen.told_again", patient=row.patient, subject=row)
    return True


@transaction.atomic
def note_called(*, patient: Patient, by: User, now: datetime) -> None:
    """The patient says they have called, about everything that is open."""
    waiting = list(patient.screens.waiting())
    _note(waiting, Kind.CALLED, by=by, now=now)
    if waiting:
        audit.record(by=by, verb="screen.called", patient=patient, subject=waiting[0])


def note_opened(*, screens: Iterable[Screen], by: User, now: datetime) -> None:
    """Somebody in care has these before them. No audit row: the door has just noted the look itself."""
    _note(screens, Kind.OPENED, by=by, now=now)


def _note(screens: Iterable[Screen], kind: str, *, by: User, now: datetime) -> None:
    rows = [ScreenEvent(screen=screen, kind=kind, by=by, at=now) for screen in screens]
    ScreenEvent.objects.bulk_create(rows, ignore_conflicts=True)  # noted once, however often


@transaction.atomic
def clear_screen(*, screen: Screen, note: str, by: User, now: datetime) -> ScreenEvent:
    """A clinician has looked and says what was found. Only this opens what the screen closed."""
    if not note.strip():
        raise NoteNeeded
    _lock(screen.patient)
    before = screen.events.filter(kind=Kind.CLEARED).select_related("by").first()
    if before:
        raise AlreadyCleared(before)
    event = ScreenEvent.objects.create(screen=screen, kind=Kind.CLEARED, by=by, at=now, note=note)
    _close(screen.patient)
    audit.record(by=by, verb="screen.cleared", patient=screen.patient, subject=screen)
    return event
