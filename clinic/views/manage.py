"""Pages for a clinic's admin: staff, patients' names and care, mail and job health, the log. No clinical rows."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic import actions, queries
from clinic.access import Role, administered_page, staff_page
from clinic.forms import AddressForm, CareForm, MemberForm, PatientInvitationForm
from clinic.views.invitations import change_invitation

if TYPE_CHECKING:
    from clinic.models import Membership, User

PAGE = 100


def tabs(current: str) -> list[dict[str, object]]:
    names = {
        "manage": _("Staff"), "manage_patients": _("Patients"), "manage_stances": _("What we say"),
        "manage_safety": _("Safety"), "manage_mail": _("Mail and jobs"), "manage_audit": _("Log"),
    }  # fmt: skip
    return [
        {"url": reverse(name), "label": words, "current": name == current} for name, words in names.items()
    ]


@staff_page(Role.ADMIN)
def manage(request: HttpRequest, membership: object) -> HttpResponse:
    staff = queries.staff_of(membership.clinic)
    return render(request, "clinic/manage.html", {"tabs": tabs("manage"), "staff": staff})


@staff_page(Role.ADMIN)
def manage_add_member(request: HttpRequest, membership: object) -> HttpResponse:
    form = MemberForm(request.POST or None)
    if form.is_valid() and (added := _added(form, membership, by=request.user)):
        words = _("%(name)s can sign in now with %(email)s. They are asked to set up a second factor first.")
        messages.success(request, words % {"name": added.user, "email": added.user.email})
        return redirect("manage")
    return render(request, "clinic/manage_add_member.html", {"form": form})


def _added(form: MemberForm, membership: "Membership", *, by: "User") -> "Membership | None":
    try:
        return actions.add_member(clinic=membership.clinic, by=by, **form.cleaned_data)
    except actions.BelongsElsewhere:
        form.add_error(
            "email", _("This address can't be added here. Use another one, or ask your operator to add it.")
        )
        return None


@staff_page(Role.ADMIN)
def manage_end_member(request: HttpRequest, membership: object, member_id: int) -> HttpResponse:
    member = get_object_or_404(queries.staff_of(membership.clinic), pk=member_id)
    if request.method == "POST":
        try:
            actions.end_membership(membership=member, by=request.user)
            messages.success(request, _("%(name)s no longer has this role.") % {"name": member.user})
        except actions.LastAdmin:
            messages.warning(request, _("A clinic needs an admin. Please add another one first."))
        return redirect("manage")
    return render(request, "clinic/manage_end_member.html", {"member": member})


@staff_page(Role.ADMIN)
def manage_patients(request: HttpRequest, membership: object) -> HttpResponse:
    patients = queries.patients_of(request.user, membership.clinic)
    page = Paginator(patients, PAGE).get_page(request.GET.get("page"))
    return render(request, "clinic/manage_patients.html", {"tabs": tabs("manage_patients"), "page": page})


@administered_page
def manage_patient(request: HttpRequest, patient: object) -> HttpResponse:
    """One patient's care, address and invitation. Which of the three forms was sent is said by its button's name."""
    practitioners = queries.practitioners_without(patient)
    care_form = CareForm(request.POST if "care" in request.POST else None, practitioners=practitioners)
    address_form = AddressForm(request.POST if "address" in request.POST else None)
    invitation_form = PatientInvitationForm(request.POST if "do" in request.POST else None)
    done = (
        _give_care(request, patient, care_form)
        or _change_address(request, patient, address_form)
        or _change_invitation(request, patient, invitation_form)
    )
    if done:
        return redirect("manage_patient", patient.pk)
    context = {"patient": patient, "care": queries.care_of(patient), "care_form": care_form}
    context |= {
        "address_form": address_form,
        "invitation": queries.newest_invitation(patient, timezone.now()),
    }
    return render(request, "clinic/manage_patient.html", context)


def _give_care(request: HttpRequest, patient: object, form: CareForm) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.start_care(patient=patient, by=request.user, **form.cleaned_data)
        messages.success(request, _("Care is given."))
    except actions.NotAPractitionerHere:
        messages.warning(request, _("This person no longer practices here."))
    return True


def _change_address(request: HttpRequest, patient: object, form: AddressForm) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.change_patient_email(
            patient=patient, by=request.user, now=timezone.now(), **form.cleaned_data
        )
    except actions.EmailTaken:
        form.add_error("email", _("Your clinic already has a patient with this email address."))
        return False
    except actions.AlreadyAccepted:
        messages.info(request, _("They have signed in already, so they change the address themselves."))
    else:
        messages.success(
            request, _("The address is changed and the old link is void. Please send a new invitation.")
        )
    return True


def _change_invitation(request: HttpRequest, patient: object, form: PatientInvitationForm) -> bool:
    if form.is_valid():
        change_invitation(request, patient, form.cleaned_data["do"])
    return form.is_bound


@administered_page
def manage_end_care(request: HttpRequest, patient: object, care_id: int) -> HttpResponse:
    care = get_object_or_404(queries.care_of(patient), pk=care_id)
    if request.method == "POST":
        actions.end_care(care=care, by=request.user)
        words = _("%(name)s no longer looks after this patient.") % {"name": care.practitioner}
        messages.success(request, words)
        return redirect("manage_patient", patient.pk)
    return render(request, "clinic/manage_end_care.html", {"care": care, "patient": patient})


@staff_page(Role.ADMIN)
def manage_mail(request: HttpRequest, membership: object) -> HttpResponse:
    page = Paginator(queries.troubled_mail_of(membership.clinic), PAGE).get_page(request.GET.get("page"))
    health = queries.health_of(membership.clinic)
    context = {"tabs": tabs("manage_mail"), "health": health, "page": page, "now": timezone.now()}
    return render(request, "clinic/manage_mail.html", context)


@staff_page(Role.ADMIN)
def manage_audit(request: HttpRequest, membership: object) -> HttpResponse:
    page = Paginator(queries.audit_of(membership.clinic), PAGE * 2).get_page(request.GET.get("page"))
    return render(request, "clinic/manage_audit.html", {"tabs": tabs("manage_audit"), "page": page})
