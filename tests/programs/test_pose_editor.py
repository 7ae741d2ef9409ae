"""An editor corrects a pose: sees it at once, is told what nobody can do, and publishes no such thing."""

import json

import pytest
from django.test import Client
from playwright.sync_api import expect

from programs.figures import delivered
from programs.figures.faults import faults
from programs.models import Exercise
from tests.education import desk
from tests.machinery import chromium
from tests.machinery.signed_in import session_of
from tests.programs.test_desk import make_exercise, messages, publish_exercise

pytestmark = pytest.mark.django_db
PREVIEW = "/cms/pose/preview/"


STANDING = {"alt": "Standing.", "marks": [], "frames": [{}]}


@pytest.fixture
def at_desk(db) -> Client:
    return desk.signed_in(desk.make_editor())


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        ({}, []),
        ({"right_leg": {"knee": 170}}, ["Picture 1: the right knee flexion is 170 degrees; people reach -1 to 150."]),
        ({"height": 88}, ["Picture 1: the right heel is 5 cm under the floor."]),
        ({"height": 100}, ["Picture 1: the figure floats 7 cm above the floor."]),
        ({"rests": "toe", "level": 9}, []),
        ({"pitsch": 3}, ["This can't be drawn: unknown words ['pitsch']."]),
    ],
    ids=["standing", "knee", "sunk", "floating", "a jump", "typo"],
)  # fmt: skip
def test_what_nobody_can_do_is_said_in_plain_words(frame, told):
    assert faults({**STANDING, "frames": [frame]}) == told


def test_the_preview_is_the_picture_and_its_faults(at_desk):
    good = at_desk.post(PREVIEW, {"pose": json.dumps(delivered("CLAM"))}).json()
    sunk = at_desk.post(PREVIEW, {"pose": json.dumps({**STANDING, "frames": [{"height": 88}]})}).json()
    broken = at_desk.post(PREVIEW, {"pose": json.dumps({**STANDING, "frames": 3})}).json()

    assert (good["svg"][:16], good["faults"]) == ('<svg class="fig"', [])
    assert (sunk["svg"][:4], len(sunk["faults"])) == ("<svg", 1)
    assert (broken["svg"], len(broken["faults"])) == ("", 1)


@pytest.mark.parametrize("text", ["{", "[1]", "3"])
def test_a_text_that_is_no_pose_is_told_so(at_desk, text):
    answer = at_desk.post(PREVIEW, {"pose": text})

    assert (answer.status_code, len(answer.json()["faults"])) == (422, 1)


def test_a_corrected_pose_is_published_with_the_next_version(at_desk):
    exercise = make_exercise()

    publish_exercise(at_desk, exercise, pose=json.dumps({**delivered("CLAM"), "alt": "Start: a. End: b."}))

    kept = exercise.versions.order_by("-number").first()
    assert (kept.number, kept.content["pose"]["alt"]) == (2, "Start: a. End: b.")


def test_a_pose_that_nobody_can_hold_is_refused_beside_it(at_desk):
    exercise = make_exercise()

    answer = publish_exercise(at_desk, exercise, pose=json.dumps({**STANDING, "frames": [{"height": 88}]}))

    assert messages(answer) == {"Picture 1: the right heel is 5 cm under the floor."}
    assert exercise.versions.count() == 1


def test_a_draft_may_hold_half_a_pose_and_no_text_that_cannot_be_read(at_desk):
    exercise = make_exercise()
    half = {**STANDING, "frames": [{"height": 88}]}

    kept = publish_exercise(at_desk, exercise, pose=json.dumps(half), is_draft=True)
    broken = publish_exercise(at_desk, exercise, pose="{", is_draft=True)

    assert kept.status_code == 302
    assert Exercise.objects.get().get_latest_revision_as_object().pose == half
    assert messages(broken) == {"This text is not well-formed: a , or } may be missing."}


@pytest.mark.django_db(transaction=True)
def test_moving_a_slider_moves_the_picture_and_the_text(new_page, live_server):
    editor, exercise = desk.make_editor(), make_exercise(pose=delivered("CLAM"))
    page = new_page(chromium.DESKTOP)
    page.set_default_timeout(15_000)
    page.context.add_cookies([{"name": "sid", "value": session_of(editor), "url": live_server.url}])
    page.goto(desk.edit_address(exercise))
    before = page.locator("[data-pose-picture] svg").inner_html()

    page.get_by_role("group", name="Left leg").first.get_by_role("spinbutton", name="knee: bend").fill("175")

    expect(page.locator("[data-pose-faults] li").first).to_contain_text("left knee flexion is 175 degrees")
    assert json.loads(page.locator("#id_pose").input_value())["frames"][0]["left_leg"]["knee"] == 175
    assert page.locator("[data-pose-picture] svg").inner_html() != before
