"""What of a patient's log has reached us, newest first: the proof that nothing is only on a phone."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clinic.models import Patient

MOST = 20


class Kind(StrEnum):
    SESSION = "session"
    CHECK = "check"
    MEASURES = "measures"


@dataclass(frozen=True)
class Receipt:
    kind: Kind
    on: date
    performed_at: datetime
    received_at: datetime
    is_second_copy: bool  # other words under the same id, or overtaken by a newer one: kept beside it


def receipts(patient: Patient) -> list[Receipt]:
    """The last ones of each kind together; three queries."""
    sessions = patient.sessions.order_by("-received_at").values_list(*_told("planned_on"))[:MOST]
    checks = patient.checks.order_by("-received_at").values_list(*_told("on"))[:MOST]
    sheets = patient.measure_sheets.order_by("-received_at").values_list(*_told("on"))[:MOST]
    kinds = ((Kind.SESSION, sessions), (Kind.CHECK, checks), (Kind.MEASURES, sheets))
    found = [_receipt(kind, *row) for kind, rows in kinds for row in rows]
    return sorted(found, key=lambda receipt: receipt.received_at, reverse=True)[:MOST]


def _told(day: str) -> tuple[str, ...]:
    return (day, "performed_at", "received_at", "conflicts_with_id")


def _receipt(kind: Kind, on: date, performed_at: datetime, received_at: datetime, other: object) -> Receipt:
    return Receipt(kind, on, performed_at, received_at, is_second_copy=other is not None)
