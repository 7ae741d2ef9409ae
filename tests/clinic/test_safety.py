"""What the safety cards say and call: two people agree on every change, every version stays; and the clinic's hours."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from clinic import actions
from clinic.admin import OperatorSite
from clinic.models import Clinic, ClinicHours, OutgoingMail, SafetyWords, User
from tests.factories import make_clinic, make_member
from tests.machinery.signed_in import client_with, session_of

pytestmark = pytest.mark.django_db
WORDS = {
    "emergency_number": "911", "phone": "+1 555 0100", "urgent_line": "+1 555 0111", "crisis_line": "988",
    "crisis_text": "You matter to us.\nPlease call 988 now.",
}  # fmt: skip
NOW = timezone.now()


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic(emergency_number="112")


@pytest.fixture
def admin(clinic: Clinic) -> User:
    return make_member(clinic, "clinic_admin")


@pytest.fixture
def editor(clinic: Clinic) -> User:
    return make_member(clinic, "editor")


@pytest.fixture
def page(admin: User) -> Client:
    return client_with(session_of(admin))


def proposed(clinic: Clinic, by: User, **words: str) -> SafetyWords:
    return actions.propose_safety_words(clinic=clinic, words=WORDS | words, by=by, now=NOW)


def told(clinic: Clinic) -> dict[str, str]:
    clinic.refresh_from_db()
    return {name: getattr(clinic, name) for name in WORDS}


def test_a_change_counts_once_a_second_person_has_confirmed_it(
    clinic: Clinic, page: Client, editor: User
) -> None:
    page.post("/manage/safety/", WORDS | {"propose": "1"})
    proposal = SafetyWords.objects.get()
    before = told(clinic)["emergency_number"]

    client_with(session_of(editor)).post("/manage/safety/", {"confirm": "1", "proposal": str(proposal.pk)})

    proposal.refresh_from_db()
    assert (before, told(clinic)) == ("112", WORDS)
    assert proposal.confirmed_by == editor
    assert OutgoingMail.objects.get(kind="second_look").to == editor.email


def test_nobody_confirms_their_own_proposal(clinic: Clinic, admin: User, page: Client) -> None:
    proposal = proposed(clinic, admin)

    with pytest.raises(actions.OwnProposal):
        actions.confirm_safety_words(proposal=proposal, by=admin, now=NOW)
    answer = page.post(
        "/manage/safety/", {"confirm": "1", "proposal": str(proposal.pk)}, follow=True
    ).content.decode()

    assert "Somebody else has to confirm it." in answer
    assert "I have read it: confirm" not in answer
    assert told(clinic)["emergency_number"] == "112"


@pytest.mark.parametrize("role", ["practitioner", "stranger"])
def test_only_the_clinics_admins_and_editors_have_a_say(clinic: Clinic, admin: User, role: str) -> None:
    other = (
        make_member(clinic, role) if role == "practitioner" else make_member(make_clinic(), "clinic_admin")
    )

    with pytest.raises(actions.NotTheirs):
        proposed(clinic, other)
    with pytest.raises(actions.NotTheirs):
        actions.confirm_safety_words(proposal=proposed(clinic, admin), by=other, now=NOW)


def test_one_proposal_at_a_time_and_each_is_closed_once(clinic: Clinic, admin: User, editor: User) -> None:
    first = proposed(clinic, admin)
    with pytest.raises(actions.AlreadyProposed):
        proposed(clinic, editor)

    actions.withdraw_safety_words(proposal=first, by=admin, now=NOW)

    with pytest.raises(actions.AlreadyClosed):
        actions.confirm_safety_words(proposal=first, by=editor, now=NOW)
    assert proposed(clinic, editor).proposed_by == editor


def test_only_the_proposal_that_was_read_is_confirmed(clinic: Clinic, admin: User, editor: User) -> None:
    old = proposed(clinic, admin)
    actions.withdraw_safety_words(proposal=old, by=admin, now=NOW)
    proposed(clinic, admin, emergency_number="000")

    answer = client_with(session_of(editor)).post(
        "/manage/safety/", {"confirm": "1", "proposal": str(old.pk)}, follow=True
    )

    assert "This page was out of date." in answer.content.decode()
    assert told(clinic)["emergency_number"] == "112"


@pytest.mark.parametrize(
    "change",
    [
        lambda row: SafetyWords.objects.filter(pk=row.pk).update(
            confirmed_at=NOW, confirmed_by=row.proposed_by
        ),
        lambda row: SafetyWords.objects.filter(pk=row.pk).update(emergency_number="0"),
        lambda row: SafetyWords.objects.filter(pk=row.pk).update(confirmed_at=NOW),
        lambda row: SafetyWords.objects.filter(pk=row.pk)._raw_delete("default"),
    ],
    ids=["own", "words", "by nobody", "delete"],
)
def test_the_database_refuses(clinic: Clinic, admin: User, change) -> None:
    row = proposed(clinic, admin)

    with pytest.raises(IntegrityError), transaction.atomic():
        change(row)


def test_what_is_no_number_is_said_beside_it_and_nothing_typed_is_lost(page: Client) -> None:
    answer = page.post("/manage/safety/", WORDS | {"emergency_number": "nine one one", "propose": "1"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Please write a phone number" in text
    assert 'value="nine one one"' in text
    assert "You matter to us." in text


def test_the_operator_sets_numbers_for_a_new_clinic_only(clinic: Clinic) -> None:
    desk = OperatorSite()._registry[Clinic]

    assert desk.get_readonly_fields(None) == []
    assert desk.get_readonly_fields(None, clinic) == ["phone", "emergency_number"]


def hours(**said: str) -> dict[str, str]:
    return {"opens_1": "08:00", "closes_1": "18:30", **said, "hours": "1"}


def test_hours_count_at_once_and_every_version_stays(clinic: Clinic, page: Client, admin: User) -> None:
    page.post("/manage/safety/", hours())
    page.post("/manage/safety/", hours(opens_6="09:00", closes_6="12:00"))

    clinic.refresh_from_db()
    assert clinic.hours == {"1": ["08:00", "18:30"], "6": ["09:00", "12:00"]}
    assert [row.set_by for row in ClinicHours.objects.all()] == [admin, admin]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"closes_1": "07:00"}, "Please close later than you open."),
        ({"closes_1": ""}, "Please say both, or neither when closed."),
        ({"opens_1": "", "closes_1": ""}, "Please say one day on which the clinic is open."),
        ({"opens_1": "25:00"}, "Please write a time"),
    ],
)
def test_hours_that_cannot_be_are_asked_again(clinic: Clinic, page: Client, said: dict, words: str) -> None:
    answer = page.post("/manage/safety/", hours(**said))

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert ClinicHours.objects.count() == 0


@pytest.mark.parametrize("how_many", [1, 19])
def test_the_page_takes_the_same_queries_for_any_number(
    clinic: Clinic, admin: User, editor: User, page: Client, django_assert_num_queries, how_many: int
) -> None:
    for _ in range(how_many):
        row = proposed(clinic, admin)
        actions.confirm_safety_words(proposal=row, by=editor, now=NOW + timedelta(minutes=1))
    page.get("/manage/safety/")

    with django_assert_num_queries(8):
        page.get("/manage/safety/")
