"""Reading states, answers and what may be published, as tables."""

import pytest

from education import rules
from tests.factories import CHECK

SECTIONS = [
    {"kind": "fact", "key": "f1", "text": "A strap.", "sources": ["S1"], "confidence": "high"},
    {"kind": "key_point", "key": "k1", "text": "Hips pull."},
]
OTHER = {**CHECK, "key": "q2"}


@pytest.mark.parametrize(
    ("times", "state"),
    [
        ((False, False, False), "waiting"),
        ((True, False, False), "opened"),
        ((True, True, False), "read"),
        ((True, True, True), "understood"),
    ],
)
def test_the_state_is_the_furthest_one_reached(times, state):
    opened, read, understood = times
    assert rules.state_of(opened=opened, read=read, understood=understood) == state


@pytest.mark.parametrize(
    ("seen", "number", "after"),
    [(0, 1, 1), (0, 3, 3), (2, 1, 2), (3, 3, 3)],
    ids=["first", "jump", "back", "again"],
)
def test_reading_never_goes_back(seen, number, after):
    assert rules.seen_after(seen=seen, number=number, total=3) == after


@pytest.mark.parametrize("number", [0, -1, 4, 10**30])
def test_a_part_that_is_not_there_is_refused(number):
    with pytest.raises(rules.UnknownSection):
        rules.seen_after(seen=0, number=number, total=3)


@pytest.mark.parametrize(
    ("read", "checks", "right", "understood"),
    [
        (True, [CHECK], ["q1"], True),
        (True, [CHECK, OTHER], ["q1"], False),
        (True, [CHECK, OTHER], ["q2", "q1", "q1"], True),
        (False, [CHECK], ["q1"], False),
        (True, [], [], False),
    ],
    ids=["all right", "one open", "all right after retries", "answered but not read", "nothing was asked"],
)
def test_understood_means_read_and_every_question_right_once(read, checks, right, understood):
    assert rules.is_understood(read=read, checks=checks, right=right) is understood


def test_a_wrong_answer_names_the_misconception_and_the_passage():
    verdict = rules.score(CHECK, 0)
    assert (verdict.is_right, verdict.misconception, verdict.passage) == (False, "band-is-muscle", "f1")


def test_the_right_answer_is_explained_too():
    verdict = rules.score(CHECK, 1)
    assert (verdict.is_right, verdict.explanation) == (True, "Yes: strong tissue.")


@pytest.mark.parametrize("option", [-1, 2, 99])
def test_an_answer_that_is_not_there_is_refused(option):
    with pytest.raises(rules.UnknownOption):
        rules.score(CHECK, option)


def test_a_question_that_is_not_there_is_refused():
    with pytest.raises(rules.UnknownCheck):
        rules.find_check([CHECK], "q9")


def test_a_lesson_knows_the_next_part_and_where_a_wrong_answer_points():
    lesson = rules.lesson(sections=SECTIONS, checks=[CHECK], sources={}, seen=1, answers={"q1": 0})

    assert [(part.is_seen, part.is_next) for part in lesson.sections] == [(True, False), (False, True)]
    assert (lesson.questions[0].passage_number, lesson.questions[0].is_solved) == (1, False)
    assert (lesson.total, lesson.seen, lesson.solved, lesson.is_finished) == (2, 1, 0, False)


def option(text: str, *, right: bool = False, passage: str = "") -> dict[str, object]:
    return {"text": text, "right": right, "explanation": "Because.", "misconception": "", "passage": passage}


def check(*options: dict[str, object], key: str = "q1") -> dict[str, object]:
    return {"key": key, "question": "Which?", "options": list(options)}


RIGHT, WRONG = option("Yes", right=True), option("No")


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"minutes": 0}, [("minutes", "minutes", None, "")]),
        ({"minutes": 31}, [("minutes", "minutes", None, "")]),
        ({"minutes": None}, [("minutes", "minutes", None, "")]),
        ({"sections": []}, [("sections", "no_sections", None, "")]),
        (
            {"sections": [SECTIONS[1], SECTIONS[1]]},
            [("sections", "repeated_key", 0, "k1"), ("sections", "repeated_key", 1, "k1")],
        ),
        ({"sections": [{**SECTIONS[1], "key": "a b"}]}, [("sections", "unusable_key", 0, "a b")]),
        ({"known_sources": []}, [("sections", "unknown_source", 0, "S1")]),
        ({"checks": [check(WRONG, WRONG)]}, [("checks", "one_right_answer", 0, "")]),
        ({"checks": [check(RIGHT, RIGHT)]}, [("checks", "one_right_answer", 0, "")]),
        ({"checks": [check(RIGHT, option("No", passage="f9"))]}, [("checks", "unknown_passage", 0, "f9")]),
        ({"checks": [check(RIGHT, option("No", passage="f1"))]}, []),
        ({"checks": [check(RIGHT, WRONG, key="é")]}, [("checks", "unusable_key", 0, "é")]),
    ],
    ids=str,
)
def test_what_can_not_be_published_and_why(changed, found):
    module = {"minutes": 4, "sections": SECTIONS, "checks": [], "known_sources": ["S1"], **changed}
    assert [(p.part, p.code, p.index, p.value) for p in rules.problems(**module)] == found
