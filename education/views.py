"""Pages about reading: the patient's list and module, and the module as staff look at it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from clinic.access import Role, own_page, signed_in_page, staff_page
from clinic.views.manage import tabs
from education import actions, forms, queries, rules
from education.answers import stored_file
from education.rules.asks import Moment
from education.rules.claims import freshness
from education.rules.media import TYPES
from education.rules.stances import TOPICS


@own_page
@require_GET
def modules(request: HttpRequest, patient: object) -> HttpResponse:
    rows = queries.reading_list(patient)
    to_read = [row for row in rows if row.read_at is None]
    done = [row for row in rows if row.read_at is not None]
    zone = patient.time_zone
    context = {
        "next": to_read[0] if to_read else None,
        "later": to_read[1:],
        "done": done,
        "again": queries.asked_again(done, zone=zone, today=timezone.localdate(timezone=ZoneInfo(zone))),
    }
    return render(request, "education/modules.html", context)


@own_page
@require_GET
def module(request: HttpRequest, patient: object, assignment_id: UUID) -> HttpResponse:
    assignment = get_object_or_404(queries.lessons(patient), pk=assignment_id)
    return _page(request, patient, assignment)


@own_page
@require_POST
def open_(request: HttpRequest, patient: object, assignment_id: UUID) -> HttpResponse:
    assignment = get_object_or_404(queries.readings(patient), pk=assignment_id)
    actions.open_module(assignment=assignment, by=request.user, now=timezone.now())
    return HttpResponse(status=204)


@own_page
@require_POST
def section(request: HttpRequest, patient: object, assignment_id: UUID, number: int) -> HttpResponse:
    assignment = get_object_or_404(queries.readings(patient), pk=assignment_id)
    try:
        actions.see_section(assignment=assignment, number=number, by=request.user, now=timezone.now())
    except rules.UnknownSection as unknown:
        raise Http404 from unknown
    is_last = number == len(assignment.version.sections)
    return redirect(_address(assignment, "checks" if is_last else f"part-{number + 1}"))


@own_page
@require_POST
def check(request: HttpRequest, patient: object, assignment_id: UUID, key: str) -> HttpResponse:
    assignment = get_object_or_404(queries.lessons(patient), pk=assignment_id)
    form = forms.AnswerForm(_keyed(_lesson(patient, assignment).questions, key), request.POST)
    if not form.is_valid():
        return _page(request, patient, assignment, sent=form)
    option = form.cleaned_data["option"]
    actions.answer_check(
        assignment=assignment, check_key=key, option=option, by=request.user, now=timezone.now()
    )
    return redirect(_address(assignment, f"check-{key}"))


@own_page
@require_POST
def place(request: HttpRequest, patient: object, assignment_id: UUID) -> HttpResponse:
    """Where the reader is, told by the page's script."""
    assignment = get_object_or_404(queries.readings(patient), pk=assignment_id)
    form = forms.PlaceForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    actions.note_place(assignment=assignment, **form.cleaned_data, by=request.user, now=timezone.now())
    return HttpResponse(status=204)


@own_page
@require_POST
def beliefs(request: HttpRequest, patient: object, assignment_id: UUID, moment: str) -> HttpResponse:
    assignment = get_object_or_404(queries.lessons(patient), pk=assignment_id)
    if moment not in list(Moment):
        raise Http404
    form = forms.BeliefForm(_lesson(patient, assignment), Moment(moment), request.POST)
    if not form.is_valid():
        return _page(request, patient, assignment, sent=form)
    actions.rate_beliefs(
        assignment=assignment, moment=form.moment, values=form.values(), by=request.user, now=timezone.now()
    )
    return redirect(_address(assignment, "part-1" if form.moment is Moment.BEFORE else "beliefs"))


@own_page
@require_POST
def own_words(request: HttpRequest, patient: object, assignment_id: UUID, key: str) -> HttpResponse:
    assignment = get_object_or_404(queries.lessons(patient), pk=assignment_id)
    form = forms.OwnWordsForm(_keyed(_lesson(patient, assignment).told, key), request.POST)
    if not form.is_valid():
        return _page(request, patient, assignment, sent=form)
    text = form.cleaned_data["text"]
    actions.tell_in_own_words(assignment=assignment, key=key, text=text, by=request.user, now=timezone.now())
    return redirect(_address(assignment, f"own-words-{key}"))


@own_page
@require_POST
def ask(request: HttpRequest, patient: object, assignment_id: UUID, key: str) -> HttpResponse:
    """A question about the part with this key."""
    assignment = get_object_or_404(queries.lessons(patient), pk=assignment_id)
    form = forms.AskForm(_keyed(_lesson(patient, assignment).sections, key), request.POST)
    if not form.is_valid():
        return _page(request, patient, assignment, sent=form)
    text = form.cleaned_data["text"]
    actions.ask_about(assignment=assignment, key=key, text=text, by=request.user, now=timezone.now())
    return redirect(_address(assignment, f"part-{form.section.number}", shows_all="all" in request.GET))


@signed_in_page
@require_safe
def medium(request: HttpRequest, key: str, ext: str) -> HttpResponse:
    found = queries.medium(key, ext)
    if found is None or not found.is_stored:
        raise Http404
    if ext == "vtt":
        return HttpResponse(found.captions, content_type=TYPES[ext])
    return stored_file(found.path, ext=ext, size=found.bytes, asked=request.headers.get("Range", ""))


@staff_page(Role.PRACTITIONER, Role.ADMIN, Role.EDITOR)
@require_GET
def library_module(request: HttpRequest, membership: object, version_id: UUID) -> HttpResponse:
    version = queries.version(version_id)
    if version is None:
        raise Http404
    lesson = queries.lesson_of(version, stances=queries.stances_of(membership.clinic_id))
    fresh = freshness(version.review_by, on=timezone.localdate())
    context = {"version": version, "lesson": lesson, "freshness": fresh}
    return render(request, "education/library_module.html", context)


@staff_page(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def stances(request: HttpRequest, membership: object) -> HttpResponse:
    clinic = membership.clinic
    form = forms.StanceForm(
        request.POST if request.method == "POST" else None, stances=queries.stances_of(clinic.pk)
    )
    if form.is_valid():
        actions.choose_stances(clinic=clinic, chosen=form.cleaned_data, by=request.user)
        messages.success(request, _("Saved. Reading that a patient opens from now on speaks this way."))
        return redirect("manage_stances")
    context = {
        "form": form,
        "tabs": tabs("manage_stances"),
        "history": [(row, TOPICS.get(row.topic)) for row in queries.stance_history(clinic.pk)],
    }
    return render(request, "education/stances.html", context, status=400 if form.is_bound else 200)


def _lesson(patient: object, assignment: object) -> rules.Lesson:
    return queries.lesson_for(
        assignment, zone=patient.time_zone, now=timezone.now(), is_closed=patient.program_is_closed
    )


def _keyed(rows: Iterable[Any], key: str) -> Any:
    """The one with this key, or not found."""
    found = next((row for row in rows if row.key == key), None)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, patient: object, assignment: object, *, sent: object | None = None
) -> HttpResponse:
    """The module; with `sent`, a form that could not be kept, its words still in it."""
    lesson = _lesson(patient, assignment)
    context = {
        "assignment": assignment,
        "lesson": lesson,
        "answer_forms": forms.answer_forms(lesson, bound=sent),
        "telling": forms.Telling(lesson, sent=sent),
        "shows_all": lesson.is_read or "all" in request.GET,
    }
    return render(request, "education/module.html", context, status=400 if sent else 200)


def _address(assignment: object, place: str, *, shows_all: bool = False) -> str:
    return f"{reverse('module', args=[assignment.pk])}{'?all=1' if shows_all else ''}#{place}"
