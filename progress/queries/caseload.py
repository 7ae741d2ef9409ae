"""Everyone in a practitioner's care, one row each, from state rows: one query."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.expressions import OrderBy

from clinic.models import Invitation, Patient, User
from programs.rules.days import local_day
from progress.rules.state import Attention, Trend, trend

PER_PAGE = 200
# A key sorts up, "-key" down. What ties is settled by name.
SORTS = {
    "attention": ("state__attention", "state__unread_checks"),
    "name": ("name",),
    "phase": ("state__phase_position", "state__plan_name"),
    "sessions": ("state__sessions_unknown",),
    "pain": ("state__pain_mean_7d",),
    "contact": ("state__last_contact_at",),
    "unread": ("state__unread_checks", "state__unread_questions"),
}
FIRST_SORT = "-attention"
COLUMNS = (
    "id", "name", "user_id", "time_zone", "invitation_ends",
    "state__plan_name", "state__phase_name", "state__phase_position", "state__phase_count",
    "state__sessions_planned", "state__sessions_done", "state__sessions_partly", "state__sessions_skipped",
    "state__sessions_unknown", "state__pain_mean_7d", "state__pain_mean_before", "state__pain_days_7d",
    "state__pain_days_before", "state__last_contact_at", "state__unread_checks", "state__unread_questions",
    "state__modules_unread",
    "state__worry_open", "state__attention",
)  # fmt: skip


@dataclass(frozen=True)
class CaseRow:
    """One line of the caseload. `contact_days`: local days since the last sign of life, None if never."""

    id: UUID
    name: str
    invitation: str  # "", pending or expired
    attention: Attention
    plan_name: str
    phase_name: str
    phase_position: int | None
    phase_count: int | None
    planned: int
    done: int
    partly: int
    skipped: int
    unknown: int
    pain: Decimal | None
    pain_before: Decimal | None
    pain_days: int
    trend: Trend
    contact_days: int | None
    unread_checks: int
    unread_questions: int
    modules_unread: int


def patients_of(user: User) -> QuerySet[Patient]:
    return Patient.objects.in_care_of(user)


def caseload_of(
    user: User, *, now: datetime, search: str = "", sort: str = FIRST_SORT, page: int = 1
) -> Page:
    """A page of patients in care, the first if there is no such page. `sort` is a key of SORTS, "-" turns it round."""
    patients = patients_of(user)
    if search:
        patients = patients.filter(name__icontains=search)
    counted = patients.annotate(invitation_ends=_invitation_ends(), total=Window(Count("pk")))
    rows = counted.order_by(*_order(sort), "name", "pk").values(*COLUMNS, "total")
    first = (page - 1) * PER_PAGE
    found = list(rows[first : first + PER_PAGE])
    if not found and page > 1:
        return caseload_of(user, now=now, search=search, sort=sort)
    paginator = Paginator(rows, PER_PAGE)
    paginator.count = found[0]["total"] if found else 0
    return Page(list(_rows(found, now)), page, paginator)


def _invitation_ends() -> Subquery:
    pending = Invitation.objects.filter(
        patient=OuterRef("pk"), accepted_at__isnull=True, revoked_at__isnull=True
    )
    return Subquery(pending.values("expires_at")[:1])


def _order(sort: str) -> Iterator[OrderBy]:
    """Empty values come last, but somebody never heard of has been silent longest."""
    key, down = sort.removeprefix("-"), sort.startswith("-")
    for name in SORTS[key]:
        empty_first = key == "contact" and not down
        order = {"nulls_first": True} if empty_first else {"nulls_last": True}
        yield F(name).desc(**order) if down else F(name).asc(**order)


def _rows(rows: Iterable[Mapping[str, Any]], now: datetime) -> Iterator[CaseRow]:
    days: dict[str, date] = {}
    for row in rows:
        zone = row["time_zone"]
        days[zone] = days.get(zone) or local_day(now, zone)
        yield _row(row, now=now, today=days[zone])


def _row(row: Mapping[str, Any], *, now: datetime, today: date) -> CaseRow:
    state = {name.removeprefix("state__"): value for name, value in row.items()}
    contact = state["last_contact_at"]
    means = (state["pain_mean_7d"], state["pain_mean_before"])
    ratings = (state["pain_days_7d"] or 0, state["pain_days_before"] or 0)
    return CaseRow(
        id=row["id"],
        name=row["name"],
        invitation=_invitation(row, now),
        attention=Attention(state["attention"] or 0),
        plan_name=state["plan_name"] or "",
        phase_name=state["phase_name"] or "",
        phase_position=state["phase_position"],
        phase_count=state["phase_count"],
        planned=state["sessions_planned"] or 0,
        done=state["sessions_done"] or 0,
        partly=state["sessions_partly"] or 0,
        skipped=state["sessions_skipped"] or 0,
        unknown=state["sessions_unknown"] or 0,
        pain=means[0],
        pain_before=means[1],
        pain_days=ratings[0],
        trend=trend(*means, *ratings),
        contact_days=contact and max(timedelta(0), today - local_day(contact, row["time_zone"])).days,
        unread_checks=state["unread_checks"] or 0,
        unread_questions=state["unread_questions"] or 0,
        modules_unread=state["modules_unread"] or 0,
    )


def _invitation(row: Mapping[str, Any], now: datetime) -> str:
    if row["user_id"] is not None:
        return ""
    ends = row["invitation_ends"]
    return "pending" if ends is not None and ends > now else "expired"
