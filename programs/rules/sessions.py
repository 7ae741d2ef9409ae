"""What a patient says they did, before it is stored: its content, its fingerprint and its moment."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import RFC_4122, UUID

from programs.rules.days import local_day, noon_on

EARLIEST = timedelta(days=400)
LATEST = timedelta(minutes=10)
HOUR = timedelta(minutes=60)
EFFORTS = (
    1,
    3,
    5,
    7,
    9,
)  # "too easy" to "too hard", as RPE 0–10: 7, "hard, but fine", is about three left (B5)


@dataclass(frozen=True, kw_only=True)
class EntryDraft:
    """What was done of one plan item; None means not said. `done_as_id` is the easier exercise in its place."""

    plan_item_id: UUID
    sets_done: int | None = None
    amount_done: int | None = None
    load_kg: Decimal | None = None
    pain_during: int | None = None
    reason: str = ""
    done_as_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SessionDraft:
    """One session as told. Pain and effort are 0–10; None means not said.

    planned_on is the patient's local day it counts for · performed_at is what their device said, None when
    only the day is known · plan_version_id and phase_position name the plan it was done under, both None
    without one.
    """

    client_id: UUID
    planned_on: date
    outcome: str
    plan_version_id: UUID | None = None
    phase_position: int | None = None
    reason: str = ""
    pain_during: int | None = None
    pain_after: int | None = None
    effort: int | None = None
    note: str = ""
    is_short: bool = False
    performed_at: datetime | None = None
    corrects_id: UUID | None = None
    entries: tuple[EntryDraft, ...] = ()

    @property
    def worst_pain(self) -> int | None:
        said = [self.pain_during, *(entry.pain_during for entry in self.entries)]
        return max((pain for pain in said if pain is not None), default=None)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When it was done, and the local day it counts for. `is_suspect`: their clock was out of bounds, so ours was used."""

    at: datetime
    on: date
    is_suspect: bool


def is_usable_key(key: UUID) -> bool:
    """A random or time-ordered UUID. Nil and hand-made ones could be shared by several sessions."""
    return key.variant == RFC_4122 and key.version in (4, 7)


def is_late(*, performed_at: datetime, received_at: datetime) -> bool:
    """More than two days passed before it was told: memory of pain fades (clinical.md 5, S76)."""
    return received_at - performed_at > timedelta(hours=48)


def hour_later_window(now: datetime) -> tuple[datetime, datetime]:
    """Sessions done between these moments are asked about: the hour is over, and the night is not forgotten."""
    return now - timedelta(hours=24), now - HOUR


def may_tell_hour_later(*, performed_at: datetime, now: datetime) -> bool:
    """From one hour to two days after: later than that memory of pain fades (S76)."""
    return HOUR <= now - performed_at <= timedelta(hours=48)


def fingerprint(draft: SessionDraft) -> str:
    """A hash over the normalised content, so that a retry is known and other words are not swallowed."""
    content = asdict(draft)
    content["entries"] = sorted(content["entries"], key=lambda entry: str(entry["plan_item_id"]))
    text = json.dumps(content, sort_keys=True, default=_plain, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def moment(draft: SessionDraft, *, now: datetime, zone: str) -> Moment:
    return believed(on=draft.planned_on, performed_at=draft.performed_at, now=now, zone=zone)


def believed(*, on: date, performed_at: datetime | None, now: datetime, zone: str) -> Moment:
    """Keep the device's time and day if they are believable (400 days back to 10 minutes ahead), else take ours.

    A day can't be told to us before it has come; a clock that runs ahead says so all the same, and is never refused.
    """
    today = local_day(now, zone)
    kept = on if today - EARLIEST <= on <= today else today
    if performed_at is None:
        at = now if on >= today else noon_on(kept, zone)
        return Moment(at=at, on=kept, is_suspect=kept != on)
    clock_is_right = now - EARLIEST <= performed_at <= now + LATEST
    return Moment(
        at=performed_at if clock_is_right else now, on=kept, is_suspect=kept != on or not clock_is_right
    )


def days_to_accept(performed_at: datetime, *, today: date, back: timedelta) -> tuple[date, date]:
    """The first and last day that a device may speak of: those of the last 400 days, and those around its own today.

    A clock that is wrong by a day or by years is then noticed and marked (`believed`), instead of an entry being lost.
    """
    theirs = performed_at.date()  # in whatever offset it was written: a day more or less does not matter here
    if abs(theirs.year - today.year) > 100:
        return today - EARLIEST, today
    is_ahead = theirs > today
    return min(today - EARLIEST, theirs - back), max(today, theirs + timedelta(days=1) if is_ahead else today)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:.1f}"
    return value.isoformat() if isinstance(value, date) else str(value)
