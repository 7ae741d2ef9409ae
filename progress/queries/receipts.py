"""What of a patient's log has reached us, newest first: the proof that nothing is only on a phone."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clinic.models import Patient

MOST = 20


class Kind(StrEnum):
    SESSION = "session"
    CHECK = "check"


@dataclass(frozen=True)
class Receipt:
    kind: Kind
    on: date
    performed_at: datetime
    received_at: datetime
    is_second_copy: bool  # other words under the same id, or overtaken by a newer one: kept beside it


def receipts(patient: Patient) -> list[Receipt]:
    """The last ones of each kind together; two queries."""
    sessions = patient.sessions.order_by("-received_at").values_list(*_told("planned_on"))[:MOST]
    checks = patient.checks.order_by("-received_at").values_list(*_told("on"))[:MOST]
    found = [_receipt(Kind.SESSION, *row) for row in sessions] + [
        _receipt(Kind.CHECK, *row) for row in checks
    ]
    return sorted(found, key=lambda receipt: receipt.received_at, reverse=True)[:MOST]


def _told(day: str) -> tuple[str, ...]:
    return (day, "performed_at", "received_at", "conflicts_with_id")


def _receipt(kind: Kind, on: date, performed_at: datetime, received_at: datetime, other: object) -> Receipt:
    return Receipt(kind, on, performed_at, received_at, is_second_copy=other is not None)
