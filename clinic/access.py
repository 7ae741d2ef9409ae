"""The doors: every view starts at one. They turn an id from the URL into something this person may see, or end in 404."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.crypto import salted_hmac

from clinic.audit import record_access
from clinic.models import Membership, Patient, User

P = ParamSpec("P")
Role = Membership.Role
IN_PLACE: dict[str, Callable[[HttpRequest, Patient], HttpResponse]] = {}


def wants_json(request: HttpRequest) -> bool:
    """Say whether the caller is a script that reads JSON, so that it must never be answered by a redirect to a page."""
    return request.headers.get("Accept", "").startswith("application/json")


def own_patient(request: HttpRequest) -> Patient:
    """The signed-in person's own patient row (the newest, if two clinics treat them), or 404."""
    patient = Patient.objects.of_user(request.user).select_related("clinic").order_by("-created_at").first()
    if patient is None:
        raise Http404
    return patient


def own_page(
    view: Callable[Concatenate[HttpRequest, Patient, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """The patient's door: passes their own `Patient`; until they have agreed to the clinic's terms, only the consent page."""

    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        patient = own_patient(request)
        if patient.consented_version != patient.clinic.consent_version:
            return (
                JsonResponse({"error": "consent"}, status=403) if wants_json(request) else redirect("consent")
            )
        request.patient, request.clinic = patient, patient.clinic
        return view(request, patient, *args, **kwargs)

    door.door = "own"
    return door


def show_instead_of_program(page: Callable[[HttpRequest, Patient], HttpResponse]) -> None:
    """Called by the room that knows why a program is closed, so that this door need not import it."""
    IN_PLACE["program"] = page


def program_page(
    view: Callable[Concatenate[HttpRequest, Patient, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """The patient's door to everything they are asked to do. While it is closed a card stands there, on every page.

    What was done and is only now sent is kept all the same: nobody loses a log to a card. Whatever would show
    the program in answer to it gives way to the card, too.
    """

    @wraps(view)
    def inner(request: HttpRequest, patient: Patient, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not patient.program_is_closed:
            return view(request, patient, *args, **kwargs)
        if request.method != "POST":
            return _card(request, patient)
        answer = view(request, patient, *args, **kwargs)
        is_page = answer.status_code not in (301, 302, 303) and not wants_json(request)
        return _card(request, patient, status=answer.status_code) if is_page else answer

    door = own_page(inner)
    door.is_program = True
    return door


def _card(request: HttpRequest, patient: Patient, *, status: int = 200) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": "closed"}, status=423)
    response = IN_PLACE["program"](request, patient)
    response.status_code = status
    return response


def _opened(request: HttpRequest, patients: QuerySet[Patient], patient_id: UUID) -> Patient:
    """One of these patients or 404; that a member of staff opened the record is noted before anything is shown."""
    patient = get_object_or_404(patients.select_related("clinic"), pk=patient_id)
    record_access(
        by=request.user,
        patient=patient,
        route=request.resolver_match.view_name,
        request_id=request.request_id,
    )
    request.clinic = patient.clinic
    return patient


def care_page(
    view: Callable[Concatenate[HttpRequest, Patient, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """The practitioner's door: passes a `Patient` now in their care, and notes that the record was opened."""

    @wraps(view)
    def door(request: HttpRequest, patient_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        patient = _opened(request, Patient.objects.in_care_of(request.user), patient_id)
        return view(request, patient, *args, **kwargs)

    door.door = "care"
    return door


def administered_page(
    view: Callable[Concatenate[HttpRequest, Patient, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """The clinic admin's door to one patient's name, address and care, never the record; noted like any other look."""

    @wraps(view)
    def door(request: HttpRequest, patient_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        administered = Patient.objects.administered_by(request.user).select_related("user")
        patient = _opened(request, administered, patient_id)
        return view(request, patient, *args, **kwargs)

    door.door = "administered"
    return door


def staff_page(*roles: Role) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """The staff door: passes the person's open `Membership` in one of these roles, or ends in 404."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            memberships = Membership.objects.current().filter(user=request.user, role__in=roles)
            membership = memberships.select_related("clinic").order_by("started_at", "pk").first()
            if membership is None:
                raise Http404
            request.clinic = membership.clinic
            return view(request, membership, *args, **kwargs)

        door.door = "staff"
        return door

    return decorate


def signed_in_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The door of pages that only need somebody signed in, such as `/`."""

    @wraps(view)
    def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    door.door = "signed in"
    return door


def open_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The door that is open to everyone: health, invitation, unsubscribe. What it shows must be bound to a token."""
    view.login_required = False
    view.door = "open"
    return view


def person_key(user: User) -> str:
    """A name for this account that says nothing about it: what a phone keeps is kept under it, and sent only for it."""
    return salted_hmac("clinic.person", str(user.pk)).hexdigest()[:32]


def roles_of(user: User) -> set[str]:
    return set(Membership.objects.current().filter(user=user).values_list("role", flat=True))


def must_have_second_factor(user: User) -> bool:
    """Staff reach other people's records, so a mailbox alone does not let them in."""
    return user.is_staff or user.is_superuser or Membership.objects.current().filter(user=user).exists()


def home_of(user: User) -> str:
    """The URL name of this person's own home."""
    roles = roles_of(user)
    if Role.PRACTITIONER in roles:
        return "caseload"
    if Patient.objects.of_user(user).exists():
        return "today"
    if Role.ADMIN in roles:
        return "manage"
    if Role.EDITOR in roles:
        return "wagtailadmin_home"
    return "admin:index" if user.is_superuser else "nobody"
