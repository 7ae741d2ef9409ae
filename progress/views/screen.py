"""The red-flag screen, its cards, and the card that stands in the place of a program."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.access import own_page, wants_json
from clinic.tasks import nudge_mail, wake
from programs.rules.days import local_day
from progress.actions import log_screen, note_called
from progress.forms.screen import ScreenForm
from progress.queries.screens import has_called, last_phone, open_cards, screen_due
from progress.rules.checks import Outcome
from progress.rules.red_flags import Card, Closes, Screened, cards_of, closes
from progress.tasks import reconsider
from progress.views.cards import cards_in_words

if TYPE_CHECKING:
    from clinic.models import Patient

STATUS = {Outcome.STORED: 201, Outcome.REPEATED: 200, Outcome.CONFLICT: 409}


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest, patient: "Patient") -> HttpResponse:
    """One address: GET asks, POST saves, as often as it is sent."""
    now = timezone.now()
    why = screen_due(patient, local_day(now, patient.time_zone))
    if request.method != "POST":
        return _page(request, patient, ScreenForm(client_id=uuid4(), phone=last_phone(patient)))
    form = ScreenForm(client_id=uuid4(), data=request.POST)
    if not form.is_valid():
        return _not_yet(request, patient, form)
    screened = log_screen(patient=patient, draft=form.draft(why), by=request.user, now=now)
    nudge_mail()
    wake(reconsider.name, str(patient.pk))
    return _answer(request, screened)


def _page(request: HttpRequest, patient: "Patient", form: ScreenForm, status: int = 200) -> HttpResponse:
    cards = cards_in_words(Card, patient.clinic, now=None)
    return render(
        request,
        "progress/screen.html",
        {"form": form, "cards": cards, "clinic": patient.clinic},
        status=status,
    )


def _not_yet(request: HttpRequest, patient: "Patient", form: ScreenForm) -> HttpResponse:
    if wants_json(request):
        said = {"client_id": form.data.get("client_id", ""), "errors": form.errors.get_json_data()}
        return JsonResponse(said, status=422)
    return _page(request, patient, form, status=422)


def _answer(request: HttpRequest, screened: Screened) -> HttpResponse:
    row = screened.row
    then = "cards" if row.level else "today"
    if wants_json(request):
        answer = {
            "client_id": str(row.client_id), "outcome": screened.outcome, "cards": list(row.cards),
            "next": reverse(then),
        }  # fmt: skip
        return JsonResponse(answer, status=STATUS[screened.outcome])
    if screened.outcome is Outcome.CONFLICT:
        messages.warning(request, _("These questions were saved before with other answers. Both are kept."))
    elif not row.level:
        messages.success(request, _("Saved. Thank you. If anything changes, answer again."))
    return redirect(then)


@own_page
@require_safe
def cards(request: HttpRequest, patient: "Patient") -> HttpResponse:
    return show_cards(request, patient)


def show_cards(request: HttpRequest, patient: "Patient") -> HttpResponse:
    """Every open card of this patient. Also what stands in the place of a closed program."""
    waiting = open_cards(patient)
    if not waiting:
        return redirect("today")
    items = [item for row in waiting for item in row.flagged]
    words = cards_in_words(
        cards_of(items), patient.clinic, now=timezone.now(), no_impact=closes(items) is Closes.IMPACT
    )
    context = {
        "cards": words, "has_called": has_called(waiting), "newest": waiting[0], "is_closed": patient.program_is_closed,
        "reading": any(item.id == "W4" for item in items),
    }  # fmt: skip
    with timezone.override(patient.time_zone):
        return render(request, "progress/cards.html", context)


@own_page
@require_POST
def called(request: HttpRequest, patient: "Patient") -> HttpResponse:
    note_called(patient=patient, by=request.user, now=timezone.now())
    messages.success(request, _("Noted that you have called."))
    return redirect("cards")
