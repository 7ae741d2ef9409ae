"""A clinic makes its own version of an exercise or program, keeps its original in sight, and nobody else sees it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from clinic.models import AuditEvent, Clinic, Patient, User
from programs import actions, queries
from programs.models import Exercise, ExerciseVersion, PlanItem, ProgramTemplate
from programs.queries import current_exercises, current_templates, drift, drifted
from programs.rules import own
from tests.education import desk
from tests.education.test_races import at_once
from tests.factories import (
    give_care,
    make_clinic,
    make_exercise_version,
    make_member,
    make_patient,
    make_plan,
)
from tests.programs.test_desk import make_exercise, make_template, publish_exercise

TODAY = date(2026, 3, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(db) -> Clinic:
    return make_clinic()


@pytest.fixture
def editor(ours: Clinic) -> User:
    user = make_member(ours, "editor")
    user.groups.add(desk.editors())
    return user


@pytest.fixture
def clam(db) -> Exercise:
    return make_exercise()


@pytest.fixture
def copy(clam: Exercise, ours: Clinic, editor: User) -> Exercise:
    return actions.make_own_version(original=clam, clinic=ours, by=editor)


def publish(row: Exercise | ProgramTemplate, **changed: object) -> None:
    draft = row.get_latest_revision_as_object()
    for name, value in changed.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    row.refresh_from_db()


def names(clinic: Clinic | None) -> list[str]:
    return [version.name for version in current_exercises(clinic).values()]


def parts(row: Exercise) -> dict[str, tuple[bool, bool]]:
    found = drift(queries.own_row(queries.kind_of(row), row.pk, row.clinic)).parts
    return {part.name: (part.has_moved, part.is_ours) for part in found}


def test_a_copy_is_a_draft_that_says_the_same_and_knows_where_it_is_from(copy, clam, ours):
    assert (copy.frozen, copy.name, copy.code, copy.live) == (clam.frozen, clam.name, clam.code, False)
    assert (copy.clinic, copy.parent, copy.parent_version, copy.seen_version) == (
        ours,
        clam,
        *[clam.versions.get()] * 2,
    )


def test_a_copy_keeps_its_links_and_its_picture(ours, editor):
    bridge = make_exercise("BRIDGE")
    clam = make_exercise(easier=[bridge], is_easiest=False)

    copy = actions.make_own_version(original=clam, clinic=ours, by=editor)
    publish(copy)

    version = copy.versions.get()
    assert (version.code, version.content["easier"]) == ("CLAM", ["BRIDGE"])


def test_a_copy_of_a_program_keeps_its_phases(clam, ours, editor):
    program = make_template(clam)

    copy = actions.make_own_version(original=program, clinic=ours, by=editor)

    assert (copy.frozen, copy.pk == program.pk) == (program.frozen, False)


def test_once_published_it_takes_its_originals_place_in_its_clinic_only(copy, clam, ours):
    before = names(ours)

    publish(copy, name="Our clam")

    assert (before, names(ours), names(make_clinic()), names(None)) == (
        ["Exercise CLAM"], ["Our clam"], ["Exercise CLAM"], ["Exercise CLAM"],
    )  # fmt: skip


def test_taken_off_again_the_original_is_back(copy, ours):
    publish(copy, name="Our clam")
    copy.unpublish()

    assert names(ours) == ["Exercise CLAM"]


def test_a_program_of_ones_own_takes_its_originals_place(clam, ours, editor):
    copy = actions.make_own_version(original=make_template(clam), clinic=ours, by=editor)
    publish(copy, name="Our program")

    found = [[version.name for version in current_templates(clinic)] for clinic in (ours, None)]

    assert found == [["Our program"], ["Program"]]


def test_a_second_copy_is_the_first(copy, clam, ours, editor):
    again = actions.make_own_version(original=clam, clinic=ours, by=editor)

    assert (again, AuditEvent.objects.filter(verb="own_version.made").count()) == (copy, 1)


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_make_one_copy(clam, ours, editor):
    rows = at_once(*[lambda: actions.make_own_version(original=clam, clinic=ours, by=editor)] * 6)

    assert ({row.pk for row in rows}, Exercise.objects.filter(clinic=ours).count()) == ({rows[0].pk}, 1)
    assert AuditEvent.objects.filter(verb="own_version.made").count() == 1


def test_two_clinics_each_have_their_own(copy, clam):
    other = make_clinic()

    theirs = actions.make_own_version(original=clam, clinic=other, by=make_member(other, "editor"))

    assert (theirs.pk != copy.pk, theirs.clinic) == (True, other)


@pytest.mark.parametrize("spoil", ["copy", "draft"])
def test_only_what_is_public_and_shared_can_be_copied(copy, clam, editor, spoil):
    if spoil == "draft":
        clam.unpublish()
    original = copy if spoil == "copy" else clam

    with pytest.raises(actions.NotAnOriginal):
        actions.make_own_version(original=original, clinic=make_clinic(), by=editor)


def test_an_old_draft_cannot_take_it_elsewhere_or_make_news_old(copy, clam, editor):
    draft = Revision.objects.get(pk=copy.latest_revision_id)
    draft.user = None  # as if it had come with the delivery: nobody reviews that here
    publish(clam, purpose="Get stronger")
    actions.look_at_original(row=copy, number=2, by=editor)

    draft.publish()

    copy.refresh_from_db()
    assert (copy.clinic, copy.parent, copy.seen_version.number, copy.parent_version.number) == (
        copy.clinic,
        clam,
        2,
        1,
    )


def test_a_change_of_the_original_is_news_until_somebody_looked(copy, clam, ours, editor):
    news = [drifted(ours)]
    publish(clam, purpose="Get stronger")
    news += [drifted(ours), drifted(make_clinic()), drifted(editor=editor)]

    actions.look_at_original(row=copy, number=2, by=editor)

    assert [*news, drifted(ours)] == [[], [copy], [], [copy], []]
    assert AuditEvent.objects.get(verb="own_version.compared").detail == {"code": "CLAM", "number": 2}


def test_looking_only_moves_forward(copy, clam, editor):
    publish(clam, purpose="Get stronger")
    for number in (2, 1):
        actions.look_at_original(row=copy, number=number, by=editor)

    copy.refresh_from_db()
    assert copy.seen_version.number == 2


def test_the_page_tells_what_moved_from_what_is_ours(copy, clam):
    publish(clam, purpose="Get stronger", steps="Lift.\nHold.\nLower.")
    publish(copy, purpose="Stay calm", caution="Ask me.")

    assert parts(copy) == {"purpose": (True, True), "steps": (True, True), "caution": (False, True)}


@pytest.mark.parametrize(
    ("part", "changed"),
    [("steps", {"steps": "Lift.\nHold."}), ("dose", {"sets_low": 2}), ("name", {"name": "New name"})],
)
def test_one_part_is_taken_over_and_no_other(copy, clam, editor, part, changed):
    publish(clam, kit="Band", **changed)

    actions.take_from_original(row=copy, part=part, number=2, by=editor)

    copy.refresh_from_db()
    assert parts(copy) == {part: (True, False), "kit": (True, True)}
    assert (copy.live, AuditEvent.objects.get(verb="own_version.part_taken").detail["part"]) == (False, part)


def test_links_are_taken_over_too(copy, clam, editor):
    publish(clam, easier=[make_exercise("BRIDGE")], is_easiest=False)

    actions.take_from_original(row=copy, part="easier", number=2, by=editor)

    copy.refresh_from_db()
    assert copy.get_latest_revision_as_object().frozen["easier"] == ["BRIDGE"]


def test_what_moved_meanwhile_is_looked_at_again_first(copy, clam, editor):
    publish(clam, purpose="Get stronger")
    publish(clam, purpose="Get strong")

    with pytest.raises(actions.OriginalMovedOn):
        actions.take_from_original(row=copy, part="purpose", number=2, by=editor)


def test_a_locked_version_is_left_alone(copy, clam, editor, ours):
    publish(clam, purpose="Get stronger")
    Exercise.objects.filter(pk=copy.pk).update(
        locked=True, locked_by=make_member(ours, "editor"), locked_at=clam.first_published_at
    )

    with pytest.raises(actions.BeingEdited):
        actions.take_from_original(row=copy, part="purpose", number=2, by=editor)


@pytest.mark.parametrize("part", ["clinic", "live", "pk", "loaded_hash", "nothing"])
def test_nothing_but_what_it_says_can_be_taken_over(copy, editor, part):
    with pytest.raises(actions.UnknownPart):
        actions.take_from_original(row=copy, part=part, number=1, by=editor)


def test_a_plan_under_way_keeps_the_version_it_was_given(copy, ours):
    patient, given = make_patient(ours), ExerciseVersion.objects.get(exercise=copy.parent)
    make_plan(patient, given)

    publish(copy, name="Our clam")

    assert (PlanItem.objects.get().exercise_version, queries.exercise_version(given.pk, ours)) == (
        given,
        given,
    )


def test_the_picker_offers_ones_own_to_ones_own_patients_only(copy, ours):
    publish(copy, name="Our clam")
    patients: list[Patient] = [make_patient(ours), make_patient(make_clinic())]

    found = [
        [version.name for version in queries.shelf(patient, on=TODAY).exercises.values()]
        for patient in patients
    ]

    assert found == [["Our clam"], ["Exercise CLAM"]]


def test_the_plan_desk_refuses_another_clinics_version(copy):
    publish(copy, name="Our clam")
    clinic = make_clinic()
    stranger = make_member(clinic)
    patient = make_patient(clinic)
    give_care(patient, stranger)

    page = desk.signed_in(stranger).get(reverse("patient_plan", args=[patient.pk])).content.decode()

    assert ("Our clam" in page, queries.shelf(patient, on=TODAY).exercises.get(copy.versions.get().pk)) == (
        False,
        None,
    )


def test_the_library_page_makes_a_copy_and_opens_it_at_the_desk(clam, ours, editor):
    at_desk = desk.signed_in(editor)
    version = clam.versions.get()
    offered = "Make our own version" in at_desk.get(f"/library/exercises/{version.pk}/").content.decode()

    answer = at_desk.post(f"/library/exercises/{version.pk}/own/")

    copy = Exercise.objects.get(clinic=ours)
    assert (offered, answer.status_code, answer["Location"]) == (True, 302, desk.edit_address(copy))
    assert at_desk.get(answer["Location"]).status_code == 200


def test_only_editors_are_offered_a_copy(clam, ours):
    page = desk.signed_in(make_member(ours)).get(f"/library/exercises/{clam.versions.get().pk}/")

    assert "Make our own version" not in page.content.decode()


def test_the_news_is_in_the_library_at_the_desk_and_in_its_list(copy, clam, editor):
    publish(clam, purpose="Get stronger")
    at_desk, words = desk.signed_in(editor), "original changed since you copied it"

    pages = [
        at_desk.get(address).content.decode()
        for address in ("/library/", "/cms/", reverse(list_of(Exercise)))
    ]

    assert [words in page for page in pages] == [True] * 3


def list_of(model: type) -> str:
    return model.snippet_viewset.get_url_name("list")


def test_an_editor_looks_and_takes_over_on_one_page(copy, clam, editor):
    publish(clam, purpose="Get stronger now")
    at_desk, page = desk.signed_in(editor), reverse("own_version", args=["exercises", copy.pk])
    shown = at_desk.get(page).content.decode()

    answers = [
        at_desk.post(f"{page}take/", {"part": "purpose", "number": 2}).status_code,
        at_desk.post(f"{page}seen/", {"number": 2}).status_code,
    ]

    copy.refresh_from_db()
    assert ("<ins>Get stronger now</ins>" in shown, answers, copy.seen_version.number) == (
        True,
        [302, 302],
        2,
    )
    assert copy.get_latest_revision_as_object().purpose == "Get stronger now"


@pytest.mark.parametrize("sent", [{}, {"number": "0"}, {"number": "99"}, {"number": "x"}])
def test_nonsense_is_refused(copy, editor, sent):
    page = reverse("own_version", args=["exercises", copy.pk])
    assert desk.signed_in(editor).post(f"{page}seen/", sent).status_code == 400


@pytest.mark.parametrize("kind", ["walks", "modules", "programs"])
def test_a_kind_that_fits_nothing_is_not_there(copy, editor, kind):
    at_desk = desk.signed_in(editor)
    assert at_desk.get(reverse("own_version", args=[kind, copy.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_comparison_takes_a_fixed_number_of_queries(
    copy: Exercise, editor: User, ours: Clinic, rows: int, django_assert_num_queries: Callable
) -> None:
    for _ in range(rows):
        actions.make_own_version(original=make_exercise_version().exercise, clinic=ours, by=editor)
    at_desk, page = desk.signed_in(editor), reverse("own_version", args=["exercises", copy.pk])
    at_desk.get(page)

    with django_assert_num_queries(13):
        at_desk.get(page)


def test_the_code_of_a_copied_exercise_stays(copy, clam, editor, ours):
    at_desk: Client = desk.signed_in(editor)
    refused = publish_exercise(at_desk, clam, code="BRIDGE").context["form"].errors["code"]
    publish_exercise(at_desk, copy, code="BRIDGE")

    copy.refresh_from_db()
    assert (len(refused), copy.code, copy.live) == (1, "CLAM", True)


def test_a_shared_code_is_given_once(clam, editor):
    other = make_exercise("BRIDGE")
    answer = publish_exercise(desk.signed_in(editor), other, code="CLAM")
    assert answer.context["form"].errors["code"] == ["Another one has this code."]


def test_differences_are_marked_word_by_word() -> None:
    assert own.marked("Lift the leg", "Lift one leg") == [
        ("same", "Lift "), ("gone", "the"), ("new", "one"), ("same", " leg"),
    ]  # fmt: skip


def test_any_part_of_a_version_can_be_said_in_words() -> None:
    value = {"sets_low": 3, "note": "", "is_easiest": True, "steps": ["Lift.", "Lower."], "load_kg": None}
    assert own.in_words(value) == "is easiest: yes\nsets low: 3\nsteps: Lift.\nLower."
