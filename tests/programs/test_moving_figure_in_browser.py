"""A figure moves when somebody asks, stops when they say so, and stands still for whoever asked for calm."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.factories import make_clinic, make_exercise_version, make_member
from tests.machinery.signed_in import session_of

pytestmark = pytest.mark.django_db(transaction=True)
NOW = "() => Array.from(document.querySelectorAll('.fig-way')).findIndex(way => way.classList.contains('fig-now'))"


@pytest.fixture
def shown(page: Page, live_server) -> Page:
    """The clamshell as a practitioner looks at it, on a screen that may move."""
    version = make_exercise_version(code="CLAM", name="Clamshell")
    session = session_of(make_member(make_clinic()))
    page.context.add_cookies([{"name": "sid", "value": session, "url": live_server.url}])
    page.emulate_media(reduced_motion="no-preference")
    page.goto(reverse("library_exercise", args=[version.pk]))
    return page


def positions(page: Page) -> set[int]:
    """Which positions show in the next two seconds, a round trip of the clamshell."""
    seen = set()
    for _ in range(20):
        page.wait_for_timeout(100)
        seen.add(page.evaluate(NOW))
    return seen


def test_a_figure_moves_until_it_is_paused(shown: Page) -> None:
    shown.get_by_role("button", name="Show it moving").click()
    while_moving = positions(shown)
    shown.get_by_role("button", name="Pause").click()
    when_paused = positions(shown)

    assert (len(while_moving) > 2, len(when_paused)) == (True, 1)
    expect(shown.get_by_role("button", name="Go on")).to_be_visible()


def test_whoever_wants_calm_sees_start_and_end_side_by_side(shown: Page) -> None:
    shown.emulate_media(reduced_motion="reduce")

    expect(shown.get_by_role("button", name="Show it moving")).to_be_hidden()
    expect(shown.locator(".fig-frame .fig-number")).to_have_text(["1", "2"])


def test_what_cannot_be_loaded_is_said(shown: Page) -> None:
    shown.route("**/motion/", lambda route: route.abort())

    shown.get_by_role("button", name="Show it moving").click()

    expect(shown.get_by_text("It could not be loaded. The picture shows start and end.")).to_be_visible()
