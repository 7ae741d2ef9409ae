"""The urgent list in words, a patient's screens, and clearing one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from clinic.access import care_page
from progress.actions import AlreadyCleared, clear_screen, note_opened
from progress.forms.screen import ClearForm
from progress.queries.screens import Waiting, waiting_of, with_events
from progress.rules.red_flags import ITEMS, Said
from progress.rules.screen_words import QUESTIONS

if TYPE_CHECKING:
    from clinic.models import Patient
    from progress.models import Screen

PER_PAGE = 10
SAID = {
    Said.YES: (gettext_lazy("yes"), "bad"),
    Said.NOT_SURE: (gettext_lazy("not sure"), "bad"),
    Said.NO: (gettext_lazy("no"), "neutral"),
    None: (gettext_lazy("not answered"), "unknown"),
}
KINDS = {"E": "bad", "U": "bad", "W": "warn", "": "neutral"}


@dataclass(frozen=True)
class Asked:
    """One question with what was said to it."""

    id: str
    question: str
    said: str
    kind: str
    is_flagged: bool


@dataclass(frozen=True)
class UrgentLine:
    """One screen on the urgent list, ready to print."""

    waiting: Waiting
    level: str
    kind: str
    flagged: list[Asked]
    rest: list[Asked]
    waits: str
    opened: str
    form: ClearForm


@dataclass(frozen=True)
class Refused:
    """A note that could not be kept, to be shown again as it was typed."""

    pk: UUID
    form: ClearForm


def answers_of(screen: "Screen") -> list[Asked]:
    """Every question in the words it was asked in, what was flagged first."""
    words = QUESTIONS[screen.wording]
    lines = [_asked(item.id, words[item.id], screen) for item in ITEMS]
    return sorted(lines, key=lambda line: not line.is_flagged)


def _asked(key: str, question: str, screen: "Screen") -> Asked:
    given = screen.answers.get(key)
    words, kind = SAID[Said(given) if given else None]
    return Asked(key, _(question), str(words), kind, kind == "bad")


def urgent_lines(waiting: Iterable[Waiting], now: datetime) -> list[UrgentLine]:
    return [_line(one, now) for one in waiting]


def _line(one: Waiting, now: datetime) -> UrgentLine:
    answers = answers_of(one.screen)
    return UrgentLine(
        waiting=one, level=one.screen.get_level_display(), kind=KINDS[one.screen.level],
        flagged=[line for line in answers if line.is_flagged],
        rest=[line for line in answers if not line.is_flagged],
        waits=timesince(one.screen.received_at, now, depth=1),
        opened=", ".join(str(event.by) for event in one.opened),
        form=ClearForm(auto_id=f"id_%s-{one.screen.pk}"),
    )  # fmt: skip


def opened_lines(request: HttpRequest, patient: "Patient", *, now: datetime) -> list[UrgentLine]:
    """What waits of one patient, noted as opened by whoever is now shown it; HEAD shows nothing."""
    waiting, by = waiting_of(patient, now=now), request.user
    if request.method != "HEAD":
        note_opened(
            screens=[one.screen for one in waiting if by not in {e.by for e in one.opened}], by=by, now=now
        )
    return urgent_lines(waiting, now)


@care_page
@require_safe
def screens(request: HttpRequest, patient: "Patient") -> HttpResponse:
    """All screens of one patient, newest first, with every answer and what became of each."""
    return _page(request, patient)


def _page(
    request: HttpRequest, patient: "Patient", *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    lines = opened_lines(request, patient, now=now)
    page = Paginator(with_events(patient.screens.order_by("-received_at")), PER_PAGE)
    page = page.get_page(request.GET.get("page"))
    context = {
        "patient": patient, "lines": lines, "page": page, "refused": refused,
        "past": [(row, answers_of(row), KINDS[row.level]) for row in page.object_list],
    }  # fmt: skip
    with timezone.override(patient.clinic.time_zone):
        return render(request, "progress/screens.html", context, status=status)


@care_page
@require_POST
def clear(request: HttpRequest, patient: "Patient", screen_id: UUID) -> HttpResponse:
    screen = get_object_or_404(patient.screens.exclude(level="").select_related("patient"), pk=screen_id)
    form = ClearForm(request.POST)
    if not form.is_valid():
        return _page(request, patient, refused=Refused(screen.pk, form), status=422)
    try:
        clear_screen(screen=screen, by=request.user, now=timezone.now(), **form.cleaned_data)
    except AlreadyCleared as known:
        messages.warning(request, _("%(who)s cleared this before.") % {"who": known.event.by})
    else:
        messages.success(request, _("Cleared and noted."))
    return redirect("patient", patient.pk)
