"""A patient reads a module and answers its questions, with plain forms."""

import uuid

import pytest
from django.urls import reverse

from clinic.models import AuditEvent
from education.actions import assign_module, withdraw_module
from education.models import CheckAttempt, ReadingAssignment
from education.rules import State, resume
from tests.factories import CHECK, give_reading, make_module_version, make_patient

pytestmark = pytest.mark.django_db


def module(reading: ReadingAssignment) -> str:
    return reverse("module", args=[reading.pk])


def part(reading: ReadingAssignment, number: int) -> str:
    return reverse("module_section", args=[reading.pk, number])


def question(reading: ReadingAssignment, key: str = "q1") -> str:
    return reverse("module_check", args=[reading.pk, key])


def states(reading: ReadingAssignment) -> tuple[int, str]:
    row = ReadingAssignment.objects.get(pk=reading.pk)
    return row.sections_seen, str(row.state)


def test_looking_at_the_page_changes_nothing(phone, reading):
    phone.get(module(reading))
    assert states(reading) == (0, "waiting")


def test_the_pages_script_says_that_it_was_opened(phone, reading):
    answer = phone.post(reverse("module_open", args=[reading.pk]))
    assert (answer.status_code, states(reading)) == (204, (0, "opened"))


def test_the_first_part_passed_also_means_opened(phone, reading):
    answer = phone.post(part(reading, 1))

    assert answer["Location"] == f"{module(reading)}#part-2"
    assert states(reading) == (1, "opened")


def test_the_last_part_passed_means_read(phone, reading):
    phone.post(part(reading, 1))
    answer = phone.post(part(reading, 2))

    assert answer["Location"] == f"{module(reading)}#checks"
    assert states(reading) == (2, "read")


def test_only_what_was_reached_is_shown_until_all_is_asked_for(phone, reading):
    first, everything = phone.get(module(reading)), phone.get(module(reading), {"all": "1"})

    assert (
        "The band is a strap." in first.content.decode(),
        "It is a muscle." in first.content.decode(),
    ) == (True, False)
    assert "It is a muscle." in everything.content.decode()


def test_going_back_a_part_loses_nothing(phone, reading):
    phone.post(part(reading, 2))
    phone.post(part(reading, 1))
    assert states(reading) == (2, "read")


def test_the_right_answer_after_reading_means_understood(phone, reading):
    phone.post(part(reading, 2))

    answer = phone.post(question(reading), {"option": "1"}, follow=True)

    assert states(reading) == (2, "understood")
    assert "Yes: strong tissue." in answer.content.decode()


def test_the_right_answer_before_reading_counts_once_it_is_read(phone, reading):
    phone.post(question(reading), {"option": "1"})
    assert states(reading) == (0, "opened")

    phone.post(part(reading, 2))
    assert states(reading) == (2, "understood")


def test_a_wrong_answer_is_explained_and_may_be_tried_again(phone, reading):
    phone.post(part(reading, 2))

    wrong = phone.post(question(reading), {"option": "0"}, follow=True).content.decode()
    phone.post(question(reading), {"option": "1"})

    assert ("It cannot squeeze." in wrong, "#part-1" in wrong) == (True, True)
    assert states(reading) == (2, "understood")
    attempts = CheckAttempt.objects.filter(assignment=reading).values_list("is_right", "misconception")
    assert list(attempts) == [(False, "band-is-muscle"), (True, "")]


def test_a_later_wrong_answer_takes_nothing_back(phone, reading):
    phone.post(part(reading, 2))
    phone.post(question(reading), {"option": "1"})
    phone.post(question(reading), {"option": "0"})
    assert states(reading) == (2, "understood")


def test_one_open_question_is_not_understood(phone, patient):
    version = make_module_version(checks=[CHECK, {**CHECK, "key": "q2"}])
    reading = give_reading(patient, version)
    phone.post(part(reading, 2))
    phone.post(question(reading, "q1"), {"option": "1"})
    assert states(reading) == (2, "read")


def test_no_answer_chosen_says_so_beside_the_question(phone, reading):
    phone.post(part(reading, 2))
    answer = phone.post(question(reading), {})

    assert answer.status_code == 400
    assert "Please choose one answer." in answer.content.decode()


@pytest.mark.parametrize(
    "option",
    ["2", "-1", "x", "", "١", "1e0", "9" * 400, "1\x00", ["1", "x"]],
    ids=lambda option: repr(option)[:12],
)
def test_an_answer_that_was_not_offered_is_refused(phone, reading, option):
    answer = phone.post(question(reading), {"option": option})

    assert answer.status_code == 400
    assert CheckAttempt.objects.count() == 0


@pytest.mark.parametrize("number", [0, 3, 10**30])
def test_a_part_that_is_not_there_is_not_found(phone, reading, number):
    assert phone.post(f"/modules/{reading.pk}/sections/{number}/").status_code == 404
    assert states(reading) == (0, "waiting")


def test_a_question_that_is_not_there_is_not_found(phone, reading):
    assert phone.post(question(reading, "q9"), {"option": "1"}).status_code == 404


@pytest.mark.parametrize("address", ["", "open/", "sections/1/", "checks/q1/"])
def test_a_strangers_module_is_not_found(phone, clinic, reading, address):
    theirs = give_reading(make_patient(clinic), reading.version)

    answers = [
        phone.get(f"/modules/{theirs.pk}/"),
        phone.post(f"/modules/{theirs.pk}/{address}", {"option": "1"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404 if address else 405]
    assert states(theirs) == (0, "waiting")


def test_an_unknown_module_is_not_found(phone):
    assert phone.get(f"/modules/{uuid.uuid4()}/").status_code == 404


def test_a_module_taken_back_is_not_found_and_what_was_answered_stays(phone, reading, clinician):
    phone.post(question(reading), {"option": "0"})

    withdraw_module(assignment=reading, by=clinician)

    assert phone.get(module(reading)).status_code == 404
    assert CheckAttempt.objects.filter(assignment=reading).count() == 1


def test_reading_by_get_is_refused(phone, reading):
    assert [phone.get(part(reading, 1)).status_code, phone.get(question(reading)).status_code] == [405, 405]


def test_giving_a_module_twice_keeps_the_version_they_have(patient, clinician, reading):
    newer = make_module_version(module=reading.module, number=2)
    again = assign_module(patient=patient, version=newer, by=clinician)
    assert (again.pk, again.version_id) == (reading.pk, reading.version_id)


def test_each_step_is_audited_once(phone, reading, patient):
    for _ in range(2):
        phone.post(part(reading, 1))
        phone.post(part(reading, 2))
    phone.post(question(reading), {"option": "1"})

    verbs = AuditEvent.objects.filter(patient=patient).order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["module.opened", "module.read", "check.answered", "module.understood"]


def test_the_list_puts_the_next_one_first(phone, patient):
    done = give_reading(patient, make_module_version(title="Done one"), position=1)
    give_reading(patient, make_module_version(title="Third one"), position=3)
    give_reading(patient, make_module_version(title="Second one"), position=2, why="You asked about this.")
    phone.post(part(done, 2))

    page = phone.get(reverse("modules")).content.decode()

    assert page.index("Second one") < page.index("Third one") < page.index("Done one")
    assert "You asked about this." in page


def test_an_empty_list_says_what_will_come(phone):
    assert "Nothing to read yet" in phone.get(reverse("modules")).content.decode()


@pytest.mark.parametrize(
    ("state", "seen", "place", "address"),
    [
        (State.WAITING, 0, (0, 0), ""),
        (State.OPENED, 0, (1, 1), ""),
        (State.OPENED, 0, (1, 2), "#part-1-2"),
        (State.OPENED, 2, (0, 0), "#part-3"),
        (State.OPENED, 2, (2, 4), "#part-3"),
        (State.OPENED, 2, (3, 2), "#part-3-2"),
        (State.OPENED, 2, (6, 1), "?all=1#part-6"),
        (State.OPENED, 2, (6, 3), "?all=1#part-6-3"),
        (State.READ, 9, (9, 2), "#checks"),
        (State.UNDERSTOOD, 9, (9, 2), ""),
    ],
)
def test_reading_goes_on_where_it_was_left(state, seen, place, address):
    assert resume(state=state, seen=seen, part=place[0], paragraph=place[1]) == address


def test_of_two_devices_the_one_that_is_further_wins(phone, reading):
    for part_number, paragraph in ((2, 1), (1, 3), (1, 1)):
        place = {"part": part_number, "paragraph": paragraph}
        assert phone.post(reverse("module_place", args=[reading.pk]), place).status_code == 204

    learn = phone.get(reverse("modules")).content.decode()
    assert f"{module(reading)}?all=1#part-2" in learn


@pytest.mark.parametrize("place", [(3, 1), (1, 0), (0, 1), (1, 100), ("x", 1), ("", "")])
def test_a_place_that_is_not_there_is_not_kept(phone, reading, place):
    phone.post(reverse("module_place", args=[reading.pk]), {"part": place[0], "paragraph": place[1]})

    row = ReadingAssignment.objects.get(pk=reading.pk)
    assert (row.place_part, row.place_paragraph) == (0, 0)
