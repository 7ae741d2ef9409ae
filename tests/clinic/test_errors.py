"""What people and scripts are told when something is wrong, and that logs name nobody."""

import io
import json
import logging

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.views.defaults import server_error

from clinic.logs import JsonLine
from clinic.models import Patient
from clinic.views import home
from tests.clinic.people import signed_in
from tests.factories import make_clinic, make_member

pytestmark = pytest.mark.django_db
HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
TYPED = {
    "name": "Cnry <b>Ann</b>",
    "email": "cnry@example.org",
    "birth_date": "1990-05-17",
    "time_zone": "UTC",
}


@pytest.fixture
def clinician():
    return make_member(make_clinic())


@pytest.fixture
def strict(clinician):
    """A browser whose forms need their token."""
    return signed_in(clinician, enforce_csrf_checks=True)


def send(browser: Client, typed: dict[str, str] = TYPED, **headers: str):
    return browser.post(reverse("invite_patient"), typed, headers={"origin": HERE["origin"]} | headers)


def test_a_stale_page_shows_what_was_typed_and_sending_it_again_works(strict):
    page = send(strict, TYPED | {"csrfmiddlewaretoken": "stale"})

    html = page.content.decode()
    fresh = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert (page.status_code, dict(page.context["kept"])) == (403, TYPED)
    assert ("Cnry &lt;b&gt;Ann" in html, "<b>Ann" in html, "stale" in html) == (True, False, False)
    again = send(strict, dict(page.context["kept"]) | {"csrfmiddlewaretoken": fresh})
    assert (again.status_code, Patient.objects.get().name) == (302, TYPED["name"])


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "", "referer": ""},
        {"origin": "", "referer": "https://evil.example/x"},
        {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
        {"origin": "http://testserver.evil.example"},
    ],
)
def test_what_another_site_sends_is_never_shown_back(strict, headers):
    page = send(strict, **headers)

    assert (page.status_code, page.context["kept"], "Cnry" in page.content.decode()) == (403, [], False)
    assert Patient.objects.count() == 0


def test_codes_are_not_echoed_and_neither_is_a_flood(strict):
    some = send(strict, {"code": "123456", "note": "kept"})
    flood = send(strict, {"note": "x" * 150_000})

    assert (some.context["kept"], flood.context["kept"]) == ([("note", "kept")], [])


def test_a_script_with_a_stale_token_is_told_in_json(strict):
    reply = send(strict, accept="application/json")

    assert (reply.status_code, reply.json()) == (403, {"error": "csrf"})


@pytest.mark.parametrize("name", ["invite_patient", "account_login", "consent"])
def test_two_megabytes_get_a_clear_page(clinician, name):
    body = b"note=" + b"x" * 2_000_000

    reply = signed_in(clinician).post(reverse(name), body, content_type="application/x-www-form-urlencoded")

    assert reply.status_code in (302, 404, 413)
    if name == "invite_patient":
        assert (reply.status_code, "too much at once" in reply.content.decode()) == (413, True)


def test_two_megabytes_from_a_script_are_answered_in_json(clinician):
    reply = signed_in(clinician, headers={"accept": "application/json"}).post(
        reverse("invite_patient"), b"x" * 2_000_000, content_type="application/x-www-form-urlencoded"
    )

    assert (reply.status_code, reply.json()) == (413, {"error": "too_big"})


def test_a_thousand_and_one_fields_are_refused(clinician):
    reply = signed_in(clinician).post(reverse("invite_patient"), {f"f{n}": "1" for n in range(1001)})

    assert reply.status_code == 400


def test_what_is_not_there_is_said_in_words_or_json(clinician):
    page, script = (
        signed_in(clinician, headers=h).get("/no/such/page/") for h in ({}, {"accept": "application/json"})
    )

    assert (page.status_code, script.status_code, script.json()) == (404, 404, {"error": "not_found"})
    assert "<h1" in page.content.decode()


def test_a_crash_logs_where_it_happened_and_not_whose_it_was(clinician, monkeypatch):
    def crash(user: object) -> str:
        secret = "cnry-secret-note"
        raise ValueError(f"cannot read {secret} of {user.email}")

    monkeypatch.setattr(home.__globals__["home_of"], "__code__", crash.__code__)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLine())
    logging.getLogger("django.request").addHandler(handler)
    browser = signed_in(clinician, raise_request_exception=False)

    reply = browser.get("/?q=cnry-query")

    logging.getLogger("django.request").removeHandler(handler)
    line = json.loads(written.getvalue())
    assert (reply.status_code, line["route"], line["error"], line["actor_id"]) == (
        500,
        "home",
        "ValueError",
        str(clinician.pk),
    )
    assert [word in written.getvalue() for word in ("cnry", clinician.email, clinician.name)] == [False] * 3
    assert "cnry" not in reply.content.decode()


@pytest.fixture
def no_valkey(settings):
    cache = settings.CACHES["default"]
    settings.CACHES = {"default": cache | {"LOCATION": "redis://127.0.0.1:1/0"}}


def test_without_valkey_signing_in_waits_and_says_so(no_valkey):
    page = Client().post(reverse("account_login"), {"login": "ann@example.org"})

    assert (page.status_code, page["Retry-After"]) == (503, "60")
    assert "try again in a minute" in page.content.decode()


def test_without_valkey_pages_still_work(no_valkey, clinician):
    assert signed_in(clinician).get(reverse("invite_patient")).status_code == 200


def test_a_request_carries_its_id_back(clinician):
    assert len(signed_in(clinician).get(reverse("invite_patient"))["X-Request-Id"]) == 36


def test_error_pages_need_neither_database_nor_session():
    request = HttpRequest()
    assert server_error(request).status_code == 500
