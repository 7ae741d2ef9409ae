"""What a clinic's admin can see and do, and what they cannot."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from clinic import actions, audit
from clinic.actions.sign_in import post_code
from clinic.models import AccessEvent, AuditEvent, CareRelationship, Heartbeat, Membership, OutgoingMail
from clinic.models.patients import new_key
from tests.clinic.people import make_admin, signed_in
from tests.factories import make_clinic, make_member, make_patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic(name="North Clinic")


@pytest.fixture
def admin(clinic):
    return make_admin(clinic)


def test_an_admin_adds_a_practitioner_who_can_sign_in_with_that_address(clinic, admin):
    answer = signed_in(admin).post(
        reverse("manage_add_member"), {"name": "Pia", "email": "Pia@Example.org", "role": "practitioner"}
    )

    member = Membership.objects.get(role="practitioner")
    assert answer.url == reverse("manage")
    assert (member.clinic, member.user.email, member.user.has_usable_password()) == (
        clinic,
        "pia@example.org",
        False,
    )
    assert member.user.emailaddress_set.get().verified


def known_elsewhere(kind: str) -> str:
    other = make_clinic()
    if kind == "staff":
        return make_member(other, name="Secret Name").email
    return make_patient(other, name="Secret Name").email


@pytest.mark.parametrize("kind", ["staff", "patient"])
def test_an_admin_cannot_give_a_role_to_another_clinics_people_nor_learn_their_name(admin, kind):
    email = known_elsewhere(kind)

    answer = signed_in(admin).post(
        reverse("manage_add_member"), {"name": "Typed", "email": email.upper(), "role": "practitioner"}
    )

    assert not Membership.objects.filter(clinic__name="North Clinic", role="practitioner").exists()
    assert "Secret Name" not in answer.content.decode()
    assert answer.context["form"]["email"].errors[0].startswith("This address can't be added here.")


def test_an_operator_can_give_one_person_roles_in_two_clinics(clinic):
    email = known_elsewhere("staff")

    call_command("add_member", clinic.slug, email, "practitioner")

    assert Membership.objects.get(clinic=clinic, role="practitioner").user.email == email


def test_a_wrong_clinic_is_answered_with_the_right_ones(clinic):
    with pytest.raises(CommandError, match=clinic.slug):
        call_command("add_member", "nowhere", "a@example.org", "editor")


def test_an_editor_gets_the_group_that_opens_the_content_editor_and_loses_it_with_the_role(clinic, admin):
    member = actions.add_member(clinic=clinic, email="ed@example.org", name="Ed", role="editor", by=admin)
    had = list(member.user.groups.all())

    actions.end_membership(membership=member, by=admin)

    assert (had, list(member.user.groups.all())) == ([Group.objects.get(name="Editors")], [])


def test_ending_a_role_signs_out_at_once_and_ends_the_care_given_under_it(clinic, admin):
    pia = make_member(clinic)
    patient = make_patient(clinic, in_care_of=pia)
    browser = signed_in(pia)
    membership = Membership.objects.get(user=pia)

    signed_in(admin).post(reverse("manage_end_member", args=[membership.pk]))

    assert browser.get(reverse("home")).url.startswith(reverse("account_login"))
    care = CareRelationship.objects.get(patient=patient)
    assert (care.ended_by, Membership.objects.current().filter(user=pia).count()) == (admin, 0)


def test_the_last_admin_stays(clinic, admin):
    membership = Membership.objects.get(user=admin)

    answer = signed_in(admin).post(reverse("manage_end_member", args=[membership.pk]), follow=True)

    membership.refresh_from_db()
    assert membership.ended_at is None
    assert "A clinic needs an admin" in answer.content.decode()


def test_an_admin_gives_and_ends_care(clinic, admin):
    pia, patient, browser = make_member(clinic), make_patient(clinic), signed_in(admin)

    browser.post(
        reverse("manage_patient", args=[patient.pk]), {"care": "1", "practitioner": pia.pk, "kind": "cover"}
    )
    care = CareRelationship.objects.get(patient=patient)
    browser.post(reverse("manage_end_care", args=[patient.pk, care.pk]))

    care.refresh_from_db()
    assert (care.practitioner, care.kind, care.started_by, care.ended_by) == (pia, "cover", admin, admin)
    assert list(AuditEvent.objects.filter(patient=patient).order_by("at").values_list("verb", flat=True)) == [
        "care.started",
        "care.ended",
    ]


def test_care_is_not_given_to_somebody_of_another_clinic(clinic, admin):
    stranger, patient = make_member(make_clinic()), make_patient(clinic)

    answer = signed_in(admin).post(
        reverse("manage_patient", args=[patient.pk]),
        {"care": "1", "practitioner": stranger.pk, "kind": "care"},
    )

    assert answer.context["care_form"].errors.keys() == {"practitioner"}
    with pytest.raises(actions.NotAPractitionerHere):
        actions.start_care(patient=patient, practitioner=stranger, by=admin)
    assert CareRelationship.objects.count() == 0


def test_another_clinics_people_do_not_exist_for_this_admin(admin):
    elsewhere = make_clinic()
    pia = make_member(elsewhere)
    patient = make_patient(elsewhere, in_care_of=pia, name="Cnry Elsewhere")
    care, member = CareRelationship.objects.get(), Membership.objects.get(user=pia)
    browser = signed_in(admin)
    addresses = [
        reverse("manage_patient", args=[patient.pk]),
        reverse("manage_end_care", args=[patient.pk, care.pk]),
        reverse("manage_end_member", args=[member.pk]),
    ]

    answers = [browser.post(address).status_code for address in addresses]
    lists = [
        browser.get(reverse(name)).content.decode() for name in ("manage", "manage_patients", "manage_audit")
    ]

    assert answers == [404, 404, 404]
    assert [("Cnry" in page, pia.email in page) for page in lists] == [(False, False)] * 3


@pytest.mark.parametrize(
    "name", ["manage", "manage_add_member", "manage_patients", "manage_mail", "manage_audit"]
)
@pytest.mark.parametrize("role", ["practitioner", "editor"])
def test_manage_is_for_admins(clinic, role, name):
    assert signed_in(make_member(clinic, role)).get(reverse(name)).status_code == 404


def test_a_look_at_a_patients_details_is_noted(clinic, admin):
    patient = make_patient(clinic)

    signed_in(admin).get(reverse("manage_patient", args=[patient.pk]))

    assert list(AccessEvent.objects.values_list("actor", "patient", "route")) == [
        (admin.pk, patient.pk, "manage_patient")
    ]


def test_the_log_shows_changes_and_looks_newest_first(clinic, admin):
    pia = make_member(clinic, name="Pia")
    patient = make_patient(clinic, name="Zed Patient")
    audit.record(by=pia, verb="plan started", patient=patient)
    audit.record_access(by=admin, patient=patient, route="patient", request_id=new_key())
    audit.record(by=pia, verb="not ours", patient=make_patient(make_clinic()))

    rows = signed_in(admin).get(reverse("manage_audit")).context["page"].object_list

    assert [(row["who"], row["what"], row["whom"]) for row in rows] == [
        ("Ada Admin", "record opened", "Zed Patient"),
        ("Pia", "plan started", "Zed Patient"),
    ]


def test_mail_that_did_not_arrive_is_shown_without_the_whole_address(clinic, admin):
    row = post_code(to="annabel@example.org", code="1", now=timezone.now())
    OutgoingMail.objects.filter(pk=row.pk).update(
        clinic=clinic, status="failed", outcome="refused", smtp_code=550
    )
    Heartbeat.objects.create(name="beat", at=timezone.now())

    page = signed_in(admin).get(reverse("manage_mail")).content.decode()

    assert ("a…@example.org" in page, "annabel" in page, "550" in page) == (True, False, True)


@pytest.mark.parametrize("patients", [1, 3])
def test_the_list_of_patients_takes_the_same_queries_however_long(
    clinic, admin, patients, django_assert_num_queries
):
    for _number in range(patients):
        make_patient(clinic, in_care_of=make_member(clinic))
    browser = signed_in(admin)
    browser.get(reverse("manage_patients"))

    with django_assert_num_queries(7):
        browser.get(reverse("manage_patients"))


def test_a_mistyped_address_is_put_right_and_the_old_link_dies(clinic, admin):
    pia = make_member(clinic)
    sent = actions.invite_patient(
        clinic=clinic, name="Ann", email="wrong@example.org", birth_date="1990-01-01", time_zone="UTC", by=pia
    )

    signed_in(admin).post(
        reverse("manage_patient", args=[sent.patient_id]), {"address": "1", "email": "right@example.org"}
    )

    sent.refresh_from_db()
    sent.patient.refresh_from_db()
    assert (sent.patient.email, str(sent.state_at(timezone.now()))) == ("right@example.org", "revoked")
