"""The doors: who gets in where, what is noted, and that the rest do not learn that a thing exists."""

import re
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic import actions
from clinic.access import home_of
from clinic.models import AccessEvent, CareRelationship, Membership, Patient
from tests.clinic.people import make_superuser, signed_in
from tests.factories import give_care, make_clinic, make_member, make_patient, make_user

TOKEN = re.compile('name="csrfmiddlewaretoken" value="[^"]+"')
pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def clinician(clinic):
    return make_member(clinic)


@pytest.fixture
def patient(clinic, clinician):
    return make_patient(clinic, in_care_of=clinician)


def test_the_patient_and_who_looks_after_them_see_the_record_and_nobody_else(clinic, clinician, patient):
    colleague, stranger = make_member(clinic), make_member(make_clinic())
    others = [
        make_member(clinic, "clinic_admin"),
        make_member(clinic, "editor"),
        make_superuser(),
        make_user(),
    ]
    other_patient = make_patient(clinic, in_care_of=colleague)

    def sees(user):
        return list(Patient.objects.visible_to(user).values_list("pk", flat=True))

    assert [sees(user) for user in (patient.user, clinician)] == [[patient.pk]] * 2
    assert sees(colleague) == [other_patient.pk]
    assert [sees(user) for user in (stranger, *others)] == [[]] * 5


def test_a_record_opens_for_care_and_the_look_is_noted(clinician, patient):
    reply = signed_in(clinician).get(reverse("patient", args=[patient.pk]))

    note = AccessEvent.objects.get()
    assert (reply.status_code, note.actor, note.patient, note.route) == (200, clinician, patient, "patient")
    assert str(note.request_id) == reply["X-Request-Id"]


def test_somebody_elses_patient_looks_like_no_patient_at_all(clinic, patient):
    browser = signed_in(make_member(clinic))

    theirs, nobodys = (browser.get(reverse("patient", args=[key])) for key in (patient.pk, uuid4()))

    assert (theirs.status_code, nobodys.status_code, AccessEvent.objects.count()) == (404, 404, 0)
    pages = [TOKEN.sub("", page.content.decode()) for page in (theirs, nobodys)]
    assert pages[0] == pages[1]


def test_a_patient_cannot_open_the_practitioners_page_about_themself(patient):
    assert signed_in(patient.user).get(reverse("patient", args=[patient.pk])).status_code == 404


@pytest.mark.parametrize("how", ["care ends", "role ends", "moves to another clinic"])
def test_access_ends_the_moment_its_reason_does(clinic, clinician, patient, how):
    browser, page = signed_in(clinician), reverse("patient", args=[patient.pk])
    before = browser.get(page).status_code
    ended = {"ended_at": timezone.now(), "ended_by": patient.user}
    if how == "care ends":
        CareRelationship.objects.update(**ended)
    else:
        Membership.objects.filter(user=clinician).update(**ended)
    if how == "moves to another clinic":
        Membership.objects.create(user=clinician, clinic=make_clinic(), role="practitioner")

    assert (before, browser.get(page).status_code) == (200, 404)


def test_holiday_cover_opens_the_record_too(clinic, patient):
    cover = make_member(clinic)
    actions.start_care(patient=patient, practitioner=cover, kind="cover", by=cover)

    assert signed_in(cover).get(reverse("patient", args=[patient.pk])).status_code == 200


def test_two_requests_to_give_care_make_one_row(clinic, patient):
    cover = make_member(clinic)

    rows = {actions.start_care(patient=patient, practitioner=cover, by=cover).pk for _time in range(2)}

    assert len(rows) == 1


def test_everybody_has_a_home(clinic, clinician, patient):
    people = {
        "caseload": clinician, "today": patient.user, "manage": make_member(clinic, "clinic_admin"),
        "wagtailadmin_home": make_member(clinic, "editor"), "admin:index": make_superuser(), "nobody": make_user(),
    }  # fmt: skip

    assert {name: home_of(user) for name, user in people.items()} == {name: name for name in people}


def test_without_signing_in_a_page_leads_to_sign_in_and_a_script_gets_401():
    page, script = (Client(headers=h).get(reverse("caseload")) for h in ({}, {"accept": "application/json"}))

    assert (page.url, script.status_code, script.json()) == (
        reverse("account_login") + "?next=/caseload/", 401, {"error": "signed_out"}
    )  # fmt: skip


def test_what_signed_in_people_see_is_not_kept_by_browsers_or_proxies(clinician, patient):
    pages = [
        signed_in(clinician).get(reverse("patient", args=[patient.pk])),
        signed_in(patient.user).get(reverse("today")),
    ]

    assert [page["Cache-Control"] for page in pages] == ["no-store, private"] * 2


def test_the_staff_bar_shows_only_where_this_person_may_go(clinic, clinician):
    page = signed_in(clinician).get(reverse("invite_patient")).content.decode()
    office = signed_in(make_member(clinic, "clinic_admin")).get(reverse("manage")).content.decode()

    shown = [
        [f'href="{reverse(name)}"' in html for name in ("caseload", "manage", "wagtailadmin_home")]
        for html in (page, office)
    ]
    assert shown == [[True, False, False], [False, True, False]]


def test_the_operators_admin_is_for_superusers_and_holds_nothing_clinical(clinic):
    staff_flag_only = make_user(is_staff=True)
    models = {model._meta.label for model in admin.site._registry}

    answers = [signed_in(user).get("/ops/admin/").status_code for user in (make_superuser(), staff_flag_only)]

    assert models == {"clinic.Clinic", "clinic.User", "clinic.Membership"}
    assert answers == [200, 302]


@pytest.mark.parametrize("model", ["clinic", "user", "membership"])
def test_every_list_of_the_operators_admin_opens_and_nothing_can_be_deleted(clinic, clinician, model):
    browser = signed_in(make_superuser())
    row = apps.get_model("clinic", model).objects.first()

    answers = [browser.get(reverse(f"admin:clinic_{model}_{page}", args=args)).status_code
               for page, args in (("changelist", []), ("change", [row.pk]), ("delete", [row.pk]))]  # fmt: skip

    assert answers == [200, 200, 403]


def test_care_needs_an_open_role_in_the_patients_own_clinic(patient):
    stranger = make_member(make_clinic())
    give_care(patient, stranger)  # a row somebody forced into the database

    assert list(Patient.objects.in_care_of(stranger)) == []
