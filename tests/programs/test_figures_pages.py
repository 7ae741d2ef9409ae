"""Where pictures are shown: with how to do it, while logging, and all together for staff."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from clinic.models import Patient
from programs.actions import make_own_version
from programs.figures import codes, delivered
from tests.education.test_media import make_video
from tests.factories import make_clinic, make_exercise_version, make_medium, make_member, make_plan
from tests.programs.test_desk import make_exercise

pytestmark = pytest.mark.django_db


def pictures(page: bytes) -> list[str]:
    """What each picture on a page says to those who cannot see it."""
    return re.findall(r'<svg class="fig"[^>]* role="img" aria-label="([^"]+)"', page.decode())


def test_a_patient_sees_the_exercise_before_reading_about_it(phone: Client, patient: Patient) -> None:
    make_plan(patient, make_exercise_version(code="BRIDGE", name="Two-leg bridge"))

    page = phone.get("/plan/").content
    how = page.decode().split("How to do it")[1]

    assert [words[:29] for words in pictures(page)] == ["Start: lying on the back, kne"]
    assert how.index("<svg") < how.index("<ol>")


def test_the_log_page_shows_each_exercise_in_small_and_the_player_in_full(
    phone: Client, patient: Patient
) -> None:
    make_plan(patient, make_exercise_version(code="CLAM", name="Clamshell"))

    page = phone.get("/log/session/").content

    assert (len(pictures(page)), page.count(b"fig-small")) == (2, 1)


def test_an_exercise_without_a_picture_has_its_words(phone: Client, patient: Patient) -> None:
    make_plan(patient, make_exercise_version(code="NEW_ONE", name="Brand-new exercise"))

    page = phone.get("/plan/").content

    assert pictures(page) == []
    assert b"Brand-new exercise" in page
    assert b'class="fig-frame' not in page


def test_staff_see_the_picture_on_an_exercise(desk: Client) -> None:
    version = make_exercise_version(code="RDL", name="Hip hinge")

    assert len(pictures(desk.get(f"/library/exercises/{version.pk}/").content)) == 1


def test_the_contact_sheet_shows_every_exercise_once(
    desk: Client, django_assert_num_queries: Callable
) -> None:
    for code in codes():
        make_exercise_version(code=code, name=code.title())
    make_exercise_version(code="NEW_ONE", name="Brand-new exercise")
    desk.get("/library/figures/")

    with django_assert_num_queries(5):  # four of every staff page, and the exercises
        page = desk.get("/library/figures/").content

    assert len(set(pictures(page))) == 39
    assert page.count(b"No picture yet") == 1


def test_a_plan_shows_the_pose_of_its_own_version(phone: Client, patient: Patient) -> None:
    pose = {"alt": "Start: as it was. End: as it was.", "marks": [], "frames": [{"height": 92}]}
    make_plan(patient, make_exercise_version(code="BRIDGE", name="Two-leg bridge", pose=pose))

    page = phone.get("/plan/").content

    assert pictures(page) == ["Start: as it was. End: as it was."]


def test_a_pose_that_the_kit_can_no_longer_draw_does_not_take_the_page_away(
    phone: Client, patient: Patient
) -> None:
    make_plan(patient, make_exercise_version(code="BRIDGE", name="Two-leg bridge", pose={"frames": "gone"}))

    page = phone.get("/plan/").content

    assert (pictures(page), b"Two-leg bridge" in page) == ([], True)


def test_a_photo_takes_the_place_of_the_drawing_on_every_page(
    phone: Client, desk: Client, patient: Patient
) -> None:
    medium = make_medium()
    version = make_exercise_version(code="BRIDGE", name="Two-leg bridge", medium=medium.frozen)
    make_plan(patient, version)

    pages = [phone.get("/plan/"), phone.get("/log/session/")]
    pages += [desk.get(f"/library/exercises/{version.pk}/"), desk.get("/library/figures/")]

    shown = [(medium.url in page.content.decode(), pictures(page.content)) for page in pages]
    assert shown == [(True, [])] * 4


def test_a_video_has_its_captions_and_its_words(phone: Client, patient: Patient) -> None:
    make_plan(patient, make_exercise_version(name="Bridge", medium=make_video().frozen))

    page = phone.get("/plan/").content.decode()

    assert re.findall(r'<track kind="captions" src="/media/[0-9a-f]{64}\.vtt" srclang="(\w+)"', page) == [
        "en"
    ]
    assert 'aria-label="A bridge, done slowly."' in page


def test_an_exercise_keeps_the_medium_that_it_was_published_with() -> None:
    exercise, medium = make_exercise(), make_medium()
    exercise.medium = medium
    exercise.save_revision().publish()

    kept = exercise.versions.order_by("-number").first().content

    assert (kept["medium"], kept["pose"]) == (medium.frozen, delivered("CLAM"))


def test_the_movement_is_fetched_by_whoever_wants_to_see_it(phone: Client, patient: Patient) -> None:
    version = make_exercise_version(code="CLAM", name="Clamshell")
    make_plan(patient, version)
    address = f"/exercises/{version.pk}/motion/"

    page, drawn = phone.get("/plan/").content.decode(), phone.get(address)

    assert re.findall(r'data-motion="([^"]+)"', page) == [address]
    assert (drawn["Content-Type"], drawn.content.count(b'class="fig-way"')) == ("image/svg+xml", 7)


def test_what_does_not_move_offers_no_movement(phone: Client, patient: Patient) -> None:
    compared = make_exercise_version(code="CADENCE", name="Cadence")
    shown = make_exercise_version(code="CLAM", name="Clamshell", medium=make_medium().frozen)
    make_plan(patient, compared, shown)

    page = phone.get("/plan/").content.decode()

    assert "data-motion" not in page
    assert [phone.get(f"/exercises/{version.pk}/motion/").status_code for version in (compared, shown)] == [404, 404]  # fmt: skip


def test_a_clinics_own_movement_is_seen_in_that_clinic_only(phone: Client, patient: Patient) -> None:
    editor, other = make_member(patient.clinic, "editor"), make_clinic()
    ours = make_own_version(original=make_exercise(), clinic=patient.clinic, by=editor)
    theirs = make_own_version(original=ours.parent, clinic=other, by=make_member(other, "editor"))
    for row in (ours, theirs):
        row.get_latest_revision_as_object().save_revision().publish()

    answers = [phone.get(f"/exercises/{row.versions.get().pk}/motion/").status_code for row in (ours, theirs)]

    assert answers == [200, 404]
