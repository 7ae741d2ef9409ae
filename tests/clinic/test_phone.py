"""What makes the site an app: its card, its worker, and whose page is whose."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from clinic.access import person_key
from clinic.models import Patient
from tests.factories import make_clinic, make_member, make_patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    return make_patient(make_clinic(name="Cnry Clinic"))


def test_the_card_names_icons_that_are_there_and_no_clinic(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")

    icons = answer.json()["icons"]
    sizes = [
        "{}x{}".format(*Image.open(Path(finders.find(icon["src"].removeprefix("/static/")))).size)
        for icon in icons
    ]
    assert (answer["Content-Type"], sizes) == (
        "application/manifest+json",
        [icon["sizes"] for icon in icons],
    )
    assert [icon["purpose"] for icon in icons] == ["any", "any", "maskable"]
    assert "Cnry" not in answer.content.decode()


def test_the_worker_is_at_the_root_and_looked_for_anew(client: Client) -> None:
    answer = client.get("/sw.js")

    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/javascript", "no-cache")
    assert re.search(r'const VERSION = "[0-9a-f]{12}";', answer.content.decode())


def test_every_answer_says_whose_page_it_is(client: Client, patient: Patient) -> None:
    nobodys = client.get("/accounts/login/")["X-Person"]
    client.force_login(patient.user)

    assert (nobodys, client.get("/today/")["X-Person"]) == ("nobody", person_key(patient.user))
    assert f'data-person="{person_key(patient.user)}"' in client.get("/today/").content.decode()


def test_what_was_saved_for_one_is_not_stored_for_another(client: Client, patient: Patient) -> None:
    other = make_patient(patient.clinic, in_care_of=make_member(patient.clinic))
    client.force_login(other.user)
    headers = {"accept": "application/json", "x-person": person_key(patient.user)}

    answer = client.post("/log/check/", {"morning_pain": "3"}, headers=headers)

    assert (answer.status_code, answer.json()) == (409, {"error": "other_person"})
    assert other.checks.count() == patient.checks.count() == 0
