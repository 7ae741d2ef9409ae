"""Every address × every kind of person × GET and POST: who gets in, who is sent away, and whose words come back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from clinic.models.patients import PatientQuerySet
from tests.journeys.access_table import ACTORS, ELSEWHERE, ROUTES
from tests.journeys.walk import Findings, addresses, answer, ask, canaries, filled, filled_elsewhere, walk
from tests.journeys.world import World, unplanted

CARE_ROUTES = {name: route for name, route in ROUTES.items() if name.startswith("patient")}


def test_every_route_is_in_the_access_table() -> None:
    listed = {name for name, address in addresses() if not address.startswith(ELSEWHERE)}

    assert listed - set(ROUTES) == set(), "Say in tests/journeys/access_table.py who may open these"
    assert set(ROUTES) - {name for name, _address in addresses()} == set(), "These are gone"


def test_every_written_word_is_a_canary(world: World) -> None:
    assert unplanted(world) == []


def test_everybody_gets_what_the_access_table_says(world: World, figure) -> None:
    found = walk(world, ROUTES)

    figure(
        f"{len(ROUTES)} routes × {len(ACTORS)} actors × GET and POST = {found.requests} requests, "
        f"{len(found.violations)} violations"
    )
    assert found.violations == [], "\n".join(found.violations)
    assert found.requests == len(ROUTES) * len(ACTORS) * 2


def test_the_matrix_notices_an_open_door(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientQuerySet, "in_care_of", lambda self, user: self.all())

    found = walk(
        world, {"patient": ROUTES["patient"], "patient_log": ROUTES["patient_log"]}, actors=["stranger"]
    )

    assert "stranger GET patient: 200 instead of 404" in found.violations
    assert len([line for line in found.violations if "leaks cnry-p1-record" in line]) >= 4


def test_the_matrix_notices_a_look_that_nobody_noted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.access.record_access", lambda **who: None)

    found = walk(world, {"patient": ROUTES["patient"]}, actors=["practitioner"])

    assert set(found.violations) == {"practitioner GET patient: shows p1 without noting who looked"}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_script_that_is_signed_out_gets_401_never_a_page(world: World, method: str) -> None:
    allauths = ("account_", "mfa_", "usersessions_")  # pages for people only
    guarded = [
        name
        for name, route in ROUTES.items()
        if route.expected("GET")["anonymous"] == "in" and not name.startswith(allauths)
    ]

    answers = {
        name: answer(
            ask(world, name, "anonymous", method, filled(world, name), accept="application/json").response
        )
        for name in guarded
    }

    assert set(answers.values()) == {"401"}, answers


def test_one_patients_page_does_not_open_anothers_rows(world: World) -> None:
    """Own parent, foreign child: the clinic's admin may see both patients, but not one under the other."""
    foreign = world.people["p2"].patient.care.get()
    path = reverse("manage_end_care", args=[world.p1.patient.pk, foreign.pk])

    answers = [
        answer(ask(world, "manage_end_care", "admin", method, path).response) for method in ("GET", "POST")
    ]

    assert answers == ["404", "404"]


def test_yesterdays_practitioner_finds_no_door(world: World) -> None:
    care = world.p1.patient.care.get()
    before = ask(world, "patient", "practitioner", "GET", filled(world, "patient"))
    care.ended_at, care.ended_by = timezone.now(), world.users["admin"]
    care.save()

    found = walk(world, CARE_ROUTES, actors=["practitioner"], like="colleague")

    assert answer(before.response) == "200"
    assert found.violations == [], "\n".join(found.violations)


def test_a_practitioner_who_left_the_clinic_finds_no_door(world: World) -> None:
    world.users["practitioner"].memberships.update(ended_at=timezone.now(), ended_by=world.users["admin"])

    found = walk(world, CARE_ROUTES, actors=["practitioner"], like="colleague")

    assert found.violations == [], "\n".join(found.violations)


@pytest.mark.parametrize("actor", ["patient", "practitioner", "admin", "superuser"])
def test_somebody_switched_off_is_signed_out_at_once(world: World, actor: str) -> None:
    world.users[actor].is_active = False
    world.users[actor].save()

    answers = {name: answer(ask(world, name, actor, "GET", filled(world, name)).response) for name in ROUTES}

    anonymous = {name: route.expected("GET")["anonymous"] for name, route in ROUTES.items()}
    assert answers == anonymous


def test_content_and_operations_are_closed_to_everybody_else(world: World, figure) -> None:
    """The content editor and the operator's admin, at every one of their addresses."""
    outsiders = ["anonymous", "patient", "practitioner"]

    asked = [ask(world, name, actor, "GET", path) for name, path in filled_elsewhere() for actor in outsiders]

    let_in = [
        f"{one.actor} {one.path}" for one in asked if answer(one.response) not in ("in", "go", "403", "404")
    ]
    figure(f"{len(asked)} requests to the content editor and the admin by outsiders, {len(let_in)} let in")
    assert let_in == []
    assert [token for one in asked for token in canaries(one) if token.startswith("cnry-p2")] == []


def test_editors_and_the_operator_meet_no_patient(world: World) -> None:
    """Accounts have names, and the operator keeps accounts; a record is nowhere in their pages."""
    found = Findings()
    for name, path in filled_elsewhere(only_whole=True):
        for actor in ("editor", "superuser"):
            one = ask(world, name, actor, "GET", path)
            lost = [c for c in canaries(one) if "-record-" in c or (actor == "editor" and "-who-" in c)]
            if lost or one.response.status_code == 500:
                found.note(actor, path, one.response.status_code, *lost)

    assert found.violations == [], "\n".join(found.violations)
