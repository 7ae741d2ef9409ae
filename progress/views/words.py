"""Words for what happened to a patient's record: the timeline."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from progress.queries.record import EVENTS_SHOWN, Record, is_worry
from progress.rules.today import WeekDay

if TYPE_CHECKING:
    from clinic.models import AuditEvent, Patient
    from programs.models import Session
    from progress.models import DailyCheck

# By the verb of the audit row: words, icon, kind.
EVENTS: dict[str, tuple[Any, str, str]] = {
    "patient.invited": (_("Invited"), "mail", ""),
    "patient.imported": (_("Record brought in from elsewhere"), "import", ""),
    "log.imported": (_("Log brought in from elsewhere"), "import", ""),
    "invitation.resent": (_("Invited again"), "mail", ""),
    "invitation.revoked": (_("Invitation taken back"), "mail-x", ""),
    "invitation.locked": (_("Invitation closed after too many wrong dates of birth"), "mail-x", "warn"),
    "invitation.accepted": (_("Accepted the invitation"), "mail-check", "ok"),
    "patient.address_changed": (_("Email address changed"), "at-sign", ""),
    "consent.given": (_("Agreed to the clinic's terms"), "file-check", "ok"),
    "care.started": (_("Care started"), "user-plus", ""),
    "care.ended": (_("Care ended"), "user-minus", ""),
    "plan.started": (_("Plan started"), "clipboard-list", "info"),
    "plan.revised": (_("Plan changed"), "clipboard-pen", "info"),
    "assessment.made": (_("Examined"), "clipboard-check", "info"),
    "findings.decided": (_("Decided on findings of an examination"), "clipboard-check", ""),
    "plan.ended": (_("Plan ended"), "clipboard-check", "info"),
    "module.assigned": (_("Module assigned"), "book-plus", ""),
    "module.withdrawn": (_("Module withdrawn"), "book-x", ""),
    "module.opened": (_("Opened a module"), "book-open", ""),
    "module.read": (_("Read a module to the end"), "book-check", ""),
    "module.understood": (_("Answered every question of a module right"), "book-check", "ok"),
    "check.answered": (_("Answered a question about a module"), "circle-question-mark", ""),
    "belief.rated": (_("Rated a statement of a module"), "sliders-horizontal", ""),
    "own_words.told": (_("Told a module in their own words"), "quote", ""),
    "question.asked": (_("Asked about a passage"), "message-circle-question-mark", "warn"),
    "session.hour_later": (_("Said how it was an hour after a session"), "clock", ""),
    "reminder.set": (_("Reminders changed"), "bell", ""),
    "reminder.unsubscribed": (_("Stopped the reminders from a mail"), "bell-off", ""),
    "proposal.made": (_("The log was looked at by the rules"), "list-checks", ""),
    "proposal.approved": (_("Proposal approved"), "circle-check", "ok"),
    "proposal.edited": (_("Proposal approved with changes"), "circle-check", "ok"),
    "proposal.refused": (_("Proposal refused"), "circle-x", ""),
    "policy.chosen": (_("Numbers for this patient changed"), "sliders-horizontal", ""),
    "screen.answered": (_("Answered the questions about warning signs"), "life-buoy", ""),
    "screen.called": (_("Says they have called"), "phone", "warn"),
    "screen.told_again": (_("Staff were told again: nobody had opened it"), "bell-ring", "warn"),
    "screen.cleared": (_("Cleared an answer that worried"), "circle-check", "ok"),
    "measures.answered": (_("Answered how it is going"), "gauge", ""),
    "activity.named": (_("Named an activity that matters"), "target", ""),
    "activity.ended": (_("An activity is asked no more"), "target", ""),
    "patient.seen": (_("Marked as read"), "eye", ""),
}
OTHER = (_("Record changed"), "dot", "")


STATES = {
    "done": _("done"),
    "partly": _("partly done"),
    "skipped": _("not today, as you said"),
    "missing": _("nothing logged"),
    "planned": _("planned"),
    "today": _("planned for today"),
    "rest": _("no session planned"),
}


def week_strip(days: Iterable[WeekDay]) -> list[dict[str, Any]]:
    """What `components/day_strip.html` takes."""
    return [
        {"label": date_format(day.on, "D"), "state": day.state, "state_label": STATES[day.state]}
        for day in days
    ]


def header(patient: "Patient", now: datetime, today: date) -> dict[str, Any]:
    """Age on their own day, and what time it is where they are."""
    born = patient.birth_date
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    there = now.astimezone(ZoneInfo(patient.time_zone))
    return {"age": today.year - born.year - (not had_birthday), "there": f"{there:%H:%M}"}


def steps(record: Record) -> list[dict[str, Any]]:
    """What `components/steps.html` takes: phases before the current one are done."""
    if record.plan is None:
        return []
    here = record.plan.version.phase_position
    return [{"title": phase.name, "state": _place(phase.position, here)} for phase in record.plan.phases]


def timeline(record: Record) -> list[dict[str, Any]]:
    """Everything that happened, newest first, at most fifty."""
    found = [*_events(record), *map(_session, record.sessions), *map(_check, record.checks)]
    newest = sorted(found, key=lambda item: item["at"], reverse=True)[:EVENTS_SHOWN]
    return [{**item, "at": date_format(localtime(item["at"]), "j M Y, H:i")} for item in newest]


def _events(record: Record) -> Iterator[dict[str, Any]]:
    for event in record.events:
        title, icon, kind = EVENTS.get(event.verb, OTHER)
        yield {"at": event.at, "title": title, "icon": icon, "kind": kind, "by": _by(event)}


def _by(event: "AuditEvent") -> str:
    return str(event.actor) if event.actor else str(_("the system"))


def _session(row: "Session") -> dict[str, Any]:
    title = _("Session of %(day)s: %(outcome)s") % {
        "day": date_format(row.planned_on, "D j M"), "outcome": row.get_outcome_display()
    }  # fmt: skip
    return _item(row.received_at, title, "dumbbell", "warn" if is_worry(row) else "")


def _check(row: "DailyCheck") -> dict[str, Any]:
    pain = _("not said") if row.morning_pain is None else row.morning_pain
    title = _("Daily check of %(day)s: pain %(pain)s") % {"day": date_format(row.on, "D j M"), "pain": pain}
    return _item(row.received_at, title, "activity", "bad" if is_worry(row) else "")


def _item(at: datetime, title: str, icon: str, kind: str) -> dict[str, Any]:
    return {"at": at, "title": title, "icon": icon, "kind": kind}


def _place(position: int, here: int) -> str:
    if position == here:
        return "current"
    return "done" if position < here else "next"
