"""The exercise library for staff."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.access import Role, signed_in_page, staff_page
from education import queries as reading
from education.rules.claims import freshness
from programs import queries
from programs.forms import FindExercise

if TYPE_CHECKING:
    from clinic.models import Membership


@staff_page(Role.PRACTITIONER, Role.ADMIN, Role.EDITOR)
@require_safe
def library(request: HttpRequest, membership: "Membership") -> HttpResponse:
    form = FindExercise(request.GET)
    context = {
        "form": form,
        "families": queries.exercise_families(membership.clinic, words=form.words()),
        "templates": queries.programs_in_words(membership.clinic),
        "stages": queries.walk_run_table(),
        "modules": [
            (version, freshness(version.review_by, on=timezone.localdate()))
            for version in reading.current_versions()
        ],
        "drifted": [(row, queries.kind_of(row)) for row in queries.drifted(membership.clinic)],
        "may_edit": queries.is_editor_of(membership.clinic, request.user),
        "clinic_name": membership.clinic.name,
    }
    return render(request, "programs/library.html", context)


@staff_page(Role.PRACTITIONER, Role.ADMIN, Role.EDITOR)
@require_safe
def library_figures(request: HttpRequest, membership: "Membership") -> HttpResponse:
    context = {
        "families": queries.exercise_families(membership.clinic),
        "clinic_name": membership.clinic.name,
    }
    return render(request, "programs/library_figures.html", context)


@staff_page(Role.PRACTITIONER, Role.ADMIN, Role.EDITOR)
@require_safe
def library_anatomy(request: HttpRequest, membership: "Membership") -> HttpResponse:
    context = {"rows": queries.library_by_part(membership.clinic), "clinic_name": membership.clinic.name}
    return render(request, "programs/library_anatomy.html", context)


@staff_page(Role.PRACTITIONER, Role.ADMIN, Role.EDITOR)
@require_safe
def library_exercise(request: HttpRequest, membership: "Membership", version_id: UUID) -> HttpResponse:
    version = queries.exercise_version(version_id, membership.clinic)
    if version is None:
        raise Http404
    context = {
        "version": version,
        "own": queries.own_beside(version, membership.clinic),
        "may_edit": queries.is_editor_of(membership.clinic, request.user),
        "neighbors": queries.easier_and_harder(version, membership.clinic),
        "clinic_name": membership.clinic.name,
    }
    return render(request, "programs/library_exercise.html", context)


@signed_in_page
@require_safe
def exercise_motion(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The movement as a drawing with many positions, asked for by whoever wants to see it."""
    version = queries.exercise_seen_by(request.user, version_id)
    drawn = version and queries.motion_of(version)
    if not drawn:
        raise Http404
    return HttpResponse(
        drawn, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=86400"}
    )
