"""What `components/chart.html` takes: a history drawn, said in a sentence, and listed in a table."""

from dataclasses import astuple
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from progress.queries.history import History
from progress.rules.charts import SessionWords, pain_chart, sessions_chart
from progress.rules.state import Counts, mean

WEEK = timedelta(days=7)


def pain_picture(history: History) -> dict[str, Any]:
    title = _("Morning pain, 0 to 10")
    said = _pain_sentence(history)
    svg = pain_chart(
        history.pain, first=history.first, last=history.last, label=f"{title}. {said}", day_words=_short_day
    )
    days = [history.last - timedelta(days=n) for n in range(history.days)]
    return {
        "id": "pain",
        "title": title,
        "summary": said,
        "svg": mark_safe(svg),  # noqa: S308 (drawn from numbers; its words are escaped where they are put in)
        "columns": [_("Day"), _("Pain")],
        "rows": [[date_format(day, "D j M"), history.pain.get(day)] for day in days],
        "note": _("Hatched: nothing was logged for three days or more. That says nothing about the pain.")
        if "chart-gap" in svg
        else "",
    }


def sessions_picture(history: History) -> dict[str, Any]:
    title = _("Sessions by week")
    said = _sessions_sentence(history.sessions)
    words = SessionWords(_("Done"), _("Partly"), _("Not today"), _("No word"))
    svg = sessions_chart(history.weeks, label=f"{title}. {said}", words=words, day_words=_short_day)
    rows = [[_short_day(week.monday), *astuple(week.counts)] for week in reversed(history.weeks)]
    return {
        "id": "sessions",
        "title": title,
        "summary": said,
        "svg": mark_safe(svg),  # noqa: S308 (as above)
        "columns": [
            _("Week of"),
            _("Planned"),
            _("Done"),
            _("Partly"),
            _("Not today"),
            _("No word"),
        ],
        "rows": rows,
        "note": "",
    }


def _short_day(day: date) -> str:
    return date_format(day, "j M")


def _pain_sentence(history: History) -> str:
    """Say how much is known first, then the two last weeks, each with its days."""
    logged = sum(history.first <= day <= history.last for day in history.pain)
    known = _("%(logged)s of %(days)s days logged.") % {"logged": logged, "days": history.days}
    this_week = _week_words(history, history.last)
    if this_week is None:
        return f"{known} " + _("Nothing was logged in the last 7 days.")
    parts = [known, _("Last 7 days: %(mean)s on average, from %(days)s.") % this_week]
    before = _week_words(history, history.last - WEEK)
    if before:
        parts.append(_("The 7 days before: %(mean)s, from %(days)s.") % before)
    return " ".join(parts)


def _week_words(history: History, last: date) -> dict[str, Any] | None:
    """The mean of a week that ends on a day, and from how many days; None without any."""
    found = [pain for day, pain in history.pain.items() if last - WEEK < day <= last]
    days = ngettext("%(n)s day", "%(n)s days", len(found)) % {"n": len(found)}
    return {"mean": mean(found), "days": days} if found else None


def _sessions_sentence(counts: Counts) -> str:
    done = ngettext("%(n)s session done", "%(n)s sessions done", counts.done) % {"n": counts.done}
    if not counts.planned:
        return f"{done}. " + _("None were planned in these weeks.")
    parts = [_("%(done)s of %(planned)s planned") % {"done": done, "planned": counts.planned}]
    if counts.partly:
        parts.append(_("%(n)s partly") % {"n": counts.partly})
    if counts.skipped:
        parts.append(_("%(n)s not today") % {"n": counts.skipped})
    if counts.unknown:
        parts.append(_("no word about %(n)s") % {"n": counts.unknown})
    return ", ".join(parts) + "."
