"""One answered sheet: as the patient sent it, and as a plain fact. What is left open is not answered."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from programs.rules.days import local_day
from programs.rules.sessions import EARLIEST, LATEST
from progress.rules.measures.catalogue import ACTIVITIES_NEEDED, Key


@dataclass(frozen=True, kw_only=True)
class SheetDraft:
    """Answers before they are rows. `ratings` are of known activities, `named` are new ones with their first rating."""

    client_id: UUID
    on: date
    groc: int | None = None
    sane: int | None = None
    plan_done: str = ""
    reasons: tuple[str, ...] = ()
    ratings: tuple[tuple[UUID, int], ...] = ()
    named: tuple[tuple[str, int | None], ...] = ()
    performed_at: datetime | None = None
    corrects: UUID | None = None

    @property
    def content_hash(self) -> str:
        """The same answers give the same hash, whatever their order and whenever they were given."""
        values = {
            name: value
            for name, value in asdict(self).items()
            if name not in ("client_id", "on", "performed_at")
        }
        values |= {"reasons": sorted(self.reasons), "ratings": sorted(map(str, self.ratings))}
        return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class SheetFact:
    """A sheet that counts. `ratings` are 0–10 by activity."""

    on: date
    groc: int | None = None
    sane: int | None = None
    plan_done: str = ""
    reasons: tuple[str, ...] = ()
    ratings: Mapping[str, int] = field(default_factory=dict)

    def answers(self, key: Key) -> bool:
        """Whether it says enough of one measure to be scored."""
        if key is Key.PSFS:
            return len(self.ratings) >= ACTIVITIES_NEEDED
        return getattr(self, key.value, None) not in (None, "")


def day_of(performed_at: datetime | None, *, now: datetime, zone: str) -> date:
    """The local day that answers are of: the device's if its clock is believable, else ours."""
    if performed_at is None or not now - EARLIEST <= performed_at <= now + LATEST:
        return local_day(now, zone)
    return local_day(performed_at, zone)


def is_correctable(on: date, today: date) -> bool:
    """For two days a patient can put answers right; after that memory of them fades (clinical.md 5, S76)."""
    return today - on <= timedelta(days=2)
