"""The way in for patients: invite, send again or take back, accept."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clinic import actions, queries, tasks
from clinic.access import Role, care_page, open_page, staff_page
from clinic.forms import BirthDateForm, InviteForm, PatientInvitationForm


@open_page
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Reading this page uses nothing up: mail scanners follow links. Only the answer does."""
    found = queries.invitation_of_token(token)
    state = found.state_at(timezone.now()) if found else "unknown"
    if state != "open":
        return _closed(request, found, why=state)
    if request.user.is_authenticated and request.user.email.lower() != found.email.lower():
        return render(request, "clinic/invitation_other_account.html", {"invitation": found})
    form = BirthDateForm(request.POST or None)
    if form.is_valid():
        answer = _enter(request, found, form)
        if answer:
            return answer
    return render(request, "clinic/invitation.html", {"invitation": found, "form": form})


def _enter(request: HttpRequest, found: object, form: BirthDateForm) -> HttpResponse | None:
    birth_date = form.cleaned_data["birth_date"]
    try:
        user = actions.accept_invitation(invitation=found, birth_date=birth_date, now=timezone.now())
    except actions.WrongBirthDate as wrong:
        return _say_wrong(request, found, form, tries_left=wrong.tries_left)
    except actions.InvitationClosed:
        return redirect("invitation", found.token)  # says why
    except (actions.AccountClosed, actions.AlreadyAPatientHere):
        return _closed(request, found, why="account")
    if request.user.is_authenticated:
        return redirect("consent")
    return perform_login(request, user, email=found.email, redirect_url=reverse("consent"))


def _say_wrong(
    request: HttpRequest, found: object, form: BirthDateForm, *, tries_left: int
) -> HttpResponse | None:
    if not tries_left:
        return _closed(request, found, why="locked")
    words = ngettext(
        "This is not the date your clinic has. You can try %(left)s more time.",
        "This is not the date your clinic has. You can try %(left)s more times.",
        tries_left,
    )
    form.add_error("birth_date", words % {"left": tries_left})
    return None


def _closed(request: HttpRequest, found: object, *, why: str) -> HttpResponse:
    status = 410 if found else 404
    context = {"why": str(why), "clinic": found.patient.clinic if found else None}
    return render(request, "clinic/invitation_closed.html", context, status=status)


@staff_page(Role.PRACTITIONER)
def invite_patient(request: HttpRequest, membership: object) -> HttpResponse:
    clinic = membership.clinic
    form = InviteForm(request.POST or None, initial={"time_zone": clinic.time_zone})
    if form.is_valid():
        try:
            sent = actions.invite_patient(clinic=clinic, by=request.user, **form.cleaned_data)
        except actions.EmailTaken:
            form.add_error("email", _("Your clinic already has a patient with this email address."))
        else:
            tasks.nudge_mail()
            messages.success(
                request, _("The invitation to %(name)s is on its way.") % {"name": sent.patient.name}
            )
            return redirect("patient", sent.patient_id)
    context = {"form": form, "clinic": clinic, "zones": queries.time_zones()}
    return render(request, "clinic/invite.html", context)


@care_page
@require_POST
def patient_invitation(request: HttpRequest, patient: object) -> HttpResponse:
    form = PatientInvitationForm(request.POST)
    if form.is_valid():
        change_invitation(request, patient, form.cleaned_data["do"])
    return redirect("patient", patient.pk)


def change_invitation(request: HttpRequest, patient: object, do: str) -> None:
    """Send the invitation again or take it back, and say what became of it."""
    try:
        if do == "resend":
            actions.resend_invitation(patient=patient, by=request.user, now=timezone.now())
            tasks.nudge_mail()
            messages.success(request, _("A new invitation is on its way. The earlier link no longer works."))
        elif pending := queries.pending_invitation(patient):
            actions.revoke_invitation(invitation=pending, by=request.user, now=timezone.now())
            messages.success(request, _("The invitation is taken back. Its link no longer works."))
    except (actions.AlreadyAccepted, actions.InvitationClosed):
        messages.info(request, _("There is no open invitation any more."))
    except actions.TooManyInvitations:
        messages.warning(request, _("Five invitations went out within a day. Please try again tomorrow."))
