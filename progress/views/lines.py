"""The caseload in words, made once per row here, so that 200 rows cost a template little."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from progress.queries.caseload import CaseRow
from progress.rules.state import Attention, Trend

COLUMNS = (
    ("name", gettext_lazy("Patient"), False),
    ("attention", gettext_lazy("Look at"), True),
    ("phase", gettext_lazy("Phase"), False),
    ("sessions", gettext_lazy("Sessions, 14 days"), True),
    ("pain", gettext_lazy("Morning pain"), True),
    ("contact", gettext_lazy("Last contact"), False),
    ("unread", gettext_lazy("Unread"), True),
)
REASONS = {
    Attention.URGENT: (gettext_lazy("Cannot wait"), "bad"),
    Attention.WORRY: (gettext_lazy("New worry"), "bad"),
    Attention.RISING: (gettext_lazy("Pain rising"), "warn"),
    Attention.NO_PLAN: (gettext_lazy("No plan yet"), "info"),
    Attention.QUIET: (gettext_lazy("Quiet"), "unknown"),
    Attention.UNREAD: (gettext_lazy("New checks"), "neutral"),
    Attention.INVITED: (gettext_lazy("Invited"), "neutral"),
}
TRENDS = {
    Trend.EASING: gettext_lazy("easing"),
    Trend.STEADY: gettext_lazy("steady"),
    Trend.RISING: gettext_lazy("rising"),
    Trend.UNKNOWN: gettext_lazy("too few days to compare"),
}


@dataclass(frozen=True)
class Line:
    """One row, ready to print. Each pair is a main line and a smaller one under it."""

    id: UUID
    name: str
    is_worry: bool
    reason: SafeString | str
    phase: tuple[str, str]
    sessions: tuple[str, str]
    pain: tuple[str, str]
    contact: str
    unread: int | str


def columns_of(sort: str) -> list[dict[str, object]]:
    """The headings, with how the list is sorted now for `aria-sort`."""
    sorted_by = {sort: "ascending"} if not sort.startswith("-") else {sort[1:]: "descending"}
    return [
        {"key": key, "label": label, "down_first": down_first, "aria": sorted_by.get(key, "")}
        for key, label, down_first in COLUMNS
    ]


def lines_of(rows: Iterable[CaseRow]) -> list[Line]:
    badge = cache(_badge)  # for this page: the same few badges again and again
    return [_line(row, badge(*_reason(row))) for row in rows]


def _line(row: CaseRow, reason: SafeString | str) -> Line:
    return Line(
        id=row.id,
        name=row.name,
        is_worry=row.attention >= Attention.WORRY,
        reason=reason,
        phase=_phase(row),
        sessions=_sessions(row),
        pain=_pain(row),
        contact=_contact(row.contact_days),
        unread=row.unread_checks + row.unread_questions or "",
    )


def _reason(row: CaseRow) -> tuple[str, str]:
    if row.attention is Attention.INVITED and row.invitation == "expired":
        return _("Invitation expired"), "warn"
    if row.attention is Attention.UNREAD and row.unread_questions:
        return _("New question"), "info"
    words, kind = REASONS.get(row.attention, ("", ""))
    return str(words), kind


def _badge(words: str, kind: str) -> SafeString | str:
    return render_to_string("components/badge.html", {"text": words, "kind": kind}) if words else ""


def _phase(row: CaseRow) -> tuple[str, str]:
    if not row.plan_name:
        return "–", ""
    if row.phase_position is None:
        return _("Not started yet"), row.plan_name
    place = _("%(n)s of %(all)s") % {"n": row.phase_position, "all": row.phase_count}
    return f"{place} · {row.phase_name}", row.plan_name


def _sessions(row: CaseRow) -> tuple[str, str]:
    if not row.planned and not row.done:
        return "–", _("none planned yet") if row.plan_name else ""
    main = _("%(done)s of %(planned)s done") % {"done": row.done, "planned": row.planned}
    parts = [
        (row.partly, _("%(n)s partly")),
        (row.skipped, _("%(n)s not today")),
        (row.unknown, _("%(n)s no word")),
    ]
    return main, ", ".join(words % {"n": n} for n, words in parts if n)


def _pain(row: CaseRow) -> tuple[str, str]:
    days = ngettext("%(n)s of 7 days", "%(n)s of 7 days", row.pain_days) % {"n": row.pain_days}
    if row.pain is None:
        return "–", _("not logged") if row.plan_name else ""
    means = (
        f"{_number(row.pain_before)} → {_number(row.pain)}"
        if row.pain_before is not None
        else _number(row.pain)
    )
    return f"{means} · {TRENDS[row.trend]}", days


def _number(value: Decimal) -> str:
    return str(localize(value))


def _contact(days: int | None) -> str:
    if days is None:
        return "–"
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
