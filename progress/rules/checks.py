"""A daily check as the patient gave it, before it is a row. Empty means not said."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from progress.rules.state import is_worrying


class Outcome(StrEnum):
    STORED = "stored"
    REPEATED = "repeated"  # the same answers came before: nothing new
    CONFLICT = "conflict"  # other answers under the same id came before: both are kept


@dataclass(frozen=True)
class CheckDraft:
    client_id: UUID
    on: date
    morning_pain: int | None = None
    stiffness: str = ""
    sleep: int | None = None
    places: tuple[str, ...] = ()
    side: str = ""
    new_warning: bool | None = None
    warning_note: str = ""
    performed_at: datetime | None = None

    @property
    def is_worrying(self) -> bool:
        return is_worrying(self.morning_pain, self.new_warning)

    @property
    def content_hash(self) -> str:
        """The same answers give the same hash, whatever order the places came in and whenever they were given."""
        values = {**self.values(), "on": self.on.isoformat(), "places": sorted(self.places)}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()

    def values(self) -> dict[str, Any]:
        """What was answered, by field name: not the id, and not when."""
        return {
            name: value for name, value in asdict(self).items() if name not in ("client_id", "performed_at")
        }


@dataclass(frozen=True)
class Logged:
    """What became of a draft, and the row that holds it."""

    outcome: Outcome
    row: Any
