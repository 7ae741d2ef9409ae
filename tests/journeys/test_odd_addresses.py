"""Addresses that nobody means: odd questions after the ?, odd endings, odd methods. Never a crash, never a way to another site."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from tests.journeys.access_table import ROUTES
from tests.journeys.walk import Asked, ask, filled
from tests.journeys.world import World

ODD = json.loads((Path(__file__).parent.parent / "badinput" / "addresses.json").read_text())
PAGES = {
    name: next(actor for actor, answer in route.expected("GET").items() if answer == "200")
    for name, route in ROUTES.items()
    if "200" in route.get
}
HANDOUTS = {
    name for name in PAGES if name.endswith("plan_handout")
}  # a second each, and none takes a question
SENT_ON = {name: "patient" for name, route in ROUTES.items() if route.expected("GET")["patient"] == "go"}


def wrong(asked: Asked) -> bool:
    """It crashed, or sends people to another site."""
    host = urlsplit(asked.response.get("Location", "")).netloc
    return asked.response.status_code >= 500 or host not in ("", "testserver")


def test_odd_questions_are_answered_like_none(world: World, figure) -> None:
    asked = [
        ask(
            world,
            name,
            actor,
            "GET",
            f"{filled(world, name)}?" + "&".join(f"{key}={value}" for key in ODD["names"]),
        )
        for name, actor in [*PAGES.items(), *SENT_ON.items()]
        for value in (ODD["values"][:1] if name in HANDOUTS else ODD["values"])
    ]

    bad = [f"{one} {one.path} {one.response.status_code}" for one in asked if wrong(one)]
    figure(f"{len(asked) * len(ODD['names'])} odd questions, {len(bad)} wrong answers")
    assert bad == [], "\n".join(bad)


def test_odd_endings_lead_nowhere(world: World) -> None:
    asked = [
        ask(world, name, actor, "GET", filled(world, name) + ending)
        for name, actor in PAGES.items()
        for ending in ODD["endings"]
    ]

    assert [f"{one} {one.path}" for one in asked if wrong(one)] == []


def test_odd_methods_change_nothing(world: World) -> None:
    asked = [
        ask(world, name, actor, method, filled(world, name))
        for name, actor in PAGES.items()
        for method in ODD["methods"]
    ]

    kept = {"clinic_accessevent", "django_session", "usersessions_usersession", "progress_patientstate"}
    assert [str(one) for one in asked if wrong(one)] == []
    assert [str(one) for one in asked if {table for table, _times in one.changed} - kept] == []
