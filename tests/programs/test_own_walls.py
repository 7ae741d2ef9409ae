"""A clinic's own versions at the content desk: for editors of other clinics they are at no address, in no list, in no report."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from clinic.models import User
from programs import actions
from programs.models import Exercise, ProgramTemplate
from tests.education import desk
from tests.factories import make_clinic, make_member
from tests.programs.test_desk import (
    make_exercise,
    make_template,
    messages,
    phase,
    publish_exercise,
    publish_template,
)

pytestmark = pytest.mark.django_db
NAME = "Our secret way"
KEYS = {"revision_id": 1, "revision_id_a": "earliest", "revision_id_b": "latest", "task_id": 1, "task_state_id": 1,
        "workflow_state_id": 1, "action_name": "approve"}  # fmt: skip


def make_editor(clinic) -> User:
    user = make_member(clinic, "editor")
    user.groups.add(desk.editors())
    return user


@pytest.fixture
def foreign(db) -> list[Exercise | ProgramTemplate]:
    """Another clinic's own exercise and program, published."""
    theirs, clam = make_clinic(), make_exercise()
    rows = []
    for original in (clam, make_template(clam)):
        row = actions.make_own_version(original=original, clinic=theirs, by=make_editor(theirs))
        row.name = NAME
        row.save_revision().publish()
        row.refresh_from_db()
        rows.append(row)
    return rows


@pytest.fixture
def stranger(db):
    return desk.signed_in(make_editor(make_clinic()))


def addresses(row: Exercise | ProgramTemplate) -> Iterator[str]:
    """Every address at the desk that names the row."""
    viewset = row.snippet_viewset
    for pattern in viewset.get_urlpatterns():
        names = set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
        if "pk" in names:
            kwargs = {name: KEYS[name] for name in names - {"pk"}}
            yield reverse(viewset.get_url_name(pattern.name), kwargs={"pk": row.pk, **kwargs})
    chooser = viewset.chooser_viewset
    yield reverse(chooser.get_url_name("chosen"), args=[row.pk])
    yield reverse(chooser.get_url_name("chosen_multiple")) + f"?id={row.parent_id}&id={row.pk}"


def test_no_address_of_a_foreign_row_answers_a_stranger(foreign, stranger):
    found = {
        (method.__name__, address): method(address).status_code
        for row in foreign
        for address in addresses(row)
        for method in (stranger.get, stranger.post)
    }

    assert {asked: status for asked, status in found.items() if status not in (404, 405)} == {}
    assert len(found) >= 2 * 2 * 15


def test_their_own_editor_gets_in(foreign):
    for row in foreign:
        at_desk = desk.signed_in(make_editor(row.clinic))
        pages = [
            reverse(row.snippet_viewset.get_url_name(name), args=[row.pk])
            for name in ("edit", "history", "usage")
        ]
        assert [at_desk.get(page).status_code for page in pages] == [200] * 3


def test_who_stopped_being_their_editor_is_a_stranger(foreign):
    user = make_editor(foreign[0].clinic)
    user.memberships.update(ended_at=foreign[0].first_published_at, ended_by=user)
    make_member_again(user)

    assert desk.signed_in(user).get(desk.edit_address(foreign[0])).status_code == 404


def make_member_again(user: User) -> None:
    user.memberships.create(clinic=make_clinic(), role="editor")


def test_no_list_names_them(foreign, stranger):
    lists = ["/cms/", "/library/", "/cms/reports/site-history/", "/cms/reports/site-history/results/"]
    for row in foreign:
        viewset = row.snippet_viewset
        names = [viewset.get_url_name(name) for name in ("list", "list_results")]
        names += [viewset.chooser_viewset.get_url_name(name) for name in ("choose", "choose_results")]
        lists += [reverse(name) for name in names]
        lists.append(reverse(viewset.get_url_name("usage"), args=[row.parent_id]))

    pages = {address: stranger.get(address) for address in lists}

    assert {address: page.status_code for address, page in pages.items() if page.status_code != 200} == {}
    assert [address for address, page in pages.items() if NAME in page.content.decode()] == []


def test_their_own_lists_do_name_them(foreign):
    at_desk = desk.signed_in(make_editor(foreign[0].clinic))
    for address in (
        reverse(foreign[0].snippet_viewset.get_url_name("list")),
        "/library/",
        "/cms/reports/site-history/",
    ):
        assert NAME in at_desk.get(address).content.decode(), address


def test_nothing_is_done_in_bulk(foreign, stranger):
    address = f"/cms/bulk/programs/exercise/delete/?id={foreign[0].pk}&next=/cms/"
    assert (stranger.get(address).status_code, stranger.post(address).status_code) == (404, 404)


def test_a_shared_row_cannot_be_taken_over(foreign, stranger):
    shared, clinic = foreign[0].parent, foreign[0].clinic
    lineage = {"clinic": clinic.pk, "parent": shared.pk, "parent_version": shared.versions.get().pk}

    publish_exercise(stranger, shared, name="New name", **lineage)

    shared.refresh_from_db()
    assert (shared.name, shared.clinic, shared.parent, shared.parent_version) == (
        "New name",
        None,
        None,
        None,
    )


def test_a_program_is_made_of_shared_exercises_only(foreign, stranger):
    own, program = foreign[0], foreign[1].parent

    found = messages(publish_template(stranger, program, phase(own)))

    assert found == {"Please choose the shared exercise. A clinic's own version takes its place there."}


def test_an_exercise_is_never_linked_to_a_foreign_row(foreign, stranger):
    found = messages(publish_exercise(stranger, foreign[0].parent, harder=[foreign[0].pk], is_hardest=None))
    assert [words for words in found if "is not one of the available choices" in words] != []


@pytest.mark.parametrize("address", ["/library/own/exercises/{}/", "/library/exercises/{}/"])
def test_the_library_does_not_know_them_either(foreign, address):
    own = foreign[0]
    key = own.pk if "own" in address else own.versions.get().pk
    answers = [
        desk.signed_in(make_member(clinic, role)).get(address.format(key)).status_code
        for clinic, role in (
            (make_clinic(), "practitioner"),
            (make_clinic(), "editor"),
            (own.clinic, "practitioner"),
        )
    ]
    assert answers == [404, 404, 200]
