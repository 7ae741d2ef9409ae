"""The assessment's rules: what an answer speaks for, what is not known, what ranks first."""

import pytest

from programs.rules import assessment as rules
from programs.rules.assessment import LEFT, RIGHT, WHOLE, items


def both(left: object, right: object) -> dict[str, object]:
    return {LEFT: left, RIGHT: right}


@pytest.mark.parametrize(
    ("key", "answers", "marks"),
    [
        ("hip_abduction", both("5", "3"), (0, 2)),
        ("hip_abduction", {LEFT: "4"}, (1, None)),
        ("knee_to_wall", both(12, 9), (0, 1)),  # 75 % of the other side
        ("knee_to_wall", both(10, 9), (0, 0)),  # 90 %: even enough
        ("knee_to_wall", both(8, 6), (1, 2)),
        ("knee_to_wall", both(0, 0), (2, 2)),
        ("side_plank", both(60, None), (0, None)),
        ("foot_posture", both("flat", "neutral"), (None, None)),  # context, never a finding
    ],
)
def test_an_answer_is_marked_by_how_much_it_says(key: str, answers: dict, marks: tuple) -> None:
    said = {key: {place: value for place, value in answers.items() if value is not None}}

    assert tuple(rules.mark(items()[key], said, place) for place in (LEFT, RIGHT)) == marks


def test_nothing_examined_is_no_finding_and_no_normal() -> None:
    assert (rules.findings({}), len(rules.unexamined({}))) == ((), len(rules.CONTRIBUTORS))
    assert {link.state for link in rules.chain({})} == {"unknown"}
    assert set(rules.domain_scores({}).values()) == {None}


def test_what_was_found_most_ranks_first_with_its_evidence() -> None:
    answers = {
        "hip_abduction": both("3", "5"), "hip_extension": both("4", "5"), "stance_drop": both("2", "0"),
        "knee_to_wall": both(8, 12), "slump": both("no", "no"),
    }  # fmt: skip

    found = rules.findings(answers)

    assert [(one.key, one.points, one.side, one.confidence) for one in found] == [
        ("hip_strength", 5, "left", "clear"), ("technique", 2, "left", "some"), ("ankle", 1, "left", "hint"),
        ("nerve", 0, "", "none"),
    ]  # fmt: skip
    assert [line.words for line in found[0].lines] == [
        "Side-lying abduction, gluteus medius: left 3 weak",
        "Single-leg stance, pelvis drops: left 2 clear",
        "Extension with bent knee, gluteus maximus: left 4 gives a little",
    ]
    assert found[2].lines[0].words == "Knee to wall: left 8 cm, 66 % of the other side"


def test_between_equals_what_must_not_be_overlooked_comes_first() -> None:
    answers = {"hip_flexor": both("2", "0"), "words": {WHOLE: ["burning"]}}

    assert [one.key for one in rules.findings(answers)] == ["nerve", "hip_mobility"]


def test_a_contested_item_never_ranks_anything() -> None:
    touched = {"tfl_touch": both("3", "3"), "tfl_same": both("yes", "yes"), "lateral_line": both("3", "3")}

    assert rules.findings(touched) == ()
    assert {item.key for item in items().values() if item.clinic_view} >= set(touched)


@pytest.mark.parametrize(
    ("key", "before", "now", "difference", "moved"),
    [
        ("side_plank", 20, 32, 12, "better"), ("side_plank", 32, 20, -12, "worse"), ("worst_pain", 6, 3, -3, "better"),
        ("hip_abduction", "3", "5", None, "better"), ("hip_abduction", "5", "5", None, "same"),
        ("goal_1", {"words": "Run", "score": 4}, {"words": "Run", "score": 7}, 3, "better"),
        ("goal_1", {"words": "Run", "score": 4}, {"words": "Swim", "score": 7}, None, ""),
        ("goal_1", {"words": "Run", "score": 4}, {"words": "Run", "score": None}, None, ""),
        ("foot_posture", "flat", "high", None, ""),
    ],
)  # fmt: skip
def test_a_re_test_says_how_it_moved(
    key: str, before: object, now: object, difference: object, moved: str
) -> None:
    place = items()[key].places[0]

    change = rules.change(items()[key], before={key: {place: before}}, now={key: {place: now}}, place=place)

    assert (change.difference, change.moved) == (difference, moved)


def test_only_what_was_examined_twice_is_compared() -> None:
    plank = items()["side_plank"]

    assert rules.change(plank, before={}, now={"side_plank": {LEFT: 30}}, place=LEFT) is None


@pytest.mark.parametrize(
    ("left", "right", "percent"),
    [(30, 40, 75), (40, 30, 75), (30, 30, 100), (0, 5, 0), (0, 0, None), (9, None, None)],
)
def test_symmetry_is_the_lesser_of_the_greater(left: int, right: int | None, percent: int | None) -> None:
    said = {"side_plank": {place: value for place, value in both(left, right).items() if value is not None}}

    assert rules.symmetry(items()["side_plank"], said) == percent


def test_a_region_is_incomplete_until_both_sides_are_examined() -> None:
    one_side = {"knee_to_wall": {LEFT: 10}, "condyle": both("0", "0")}

    gaps = {gap.region: (gap.missing, gap.of) for gap in rules.incomplete(one_side, full=False)}

    assert gaps == {"foot": (1, 2), "hip": (6, 6), "pelvis": (2, 2)}


@pytest.mark.parametrize(
    "answers",
    [{"nothing": {WHOLE: 1}}, {"worst_pain": {LEFT: 1}}, {"worst_pain": {WHOLE: 11}}, {"worst_pain": {WHOLE: True}},
     {"hip_abduction": {LEFT: "9"}}, {"words": {WHOLE: "burning"}}, {"words": {WHOLE: ["odd"]}},
     {"goal_1": {WHOLE: {"words": "", "score": 3}}}, {"goal_1": {WHOLE: {"words": "Run", "score": 11}}},
     {"sport": {WHOLE: ""}}, {"worst_pain": {}}],
)  # fmt: skip
def test_answers_that_do_not_fit_the_catalogue_are_refused(answers: dict) -> None:
    with pytest.raises(rules.UnreadableAnswers):
        rules.checked(answers)


def test_the_average_of_activities_needs_three_numbers() -> None:
    def goals(*scores: int | None) -> dict:
        return {
            f"goal_{n}": {WHOLE: {"words": "x", "score": score}} for n, score in enumerate(scores, start=1)
        }

    assert (rules.psfs(goals(4, 6, 3)), rules.psfs(goals(7, 7, 5))) == (4.33, 6.33)  # clinical.md 5.4
    assert (rules.psfs(goals(4, 6)), rules.psfs(goals(4, 6, None))) == (None, None)


def test_every_item_points_to_a_known_contributor_and_carries_a_row() -> None:
    strange = [
        key
        for key, item in items().items()
        if set(item.points_to) - set(rules.CONTRIBUTORS) or not item.seeds
    ]

    assert strange == []


def test_the_quick_form_asks_few_things_of_every_region_that_matters_most() -> None:
    quick = [item for part in rules.asked(full=False) for item in part.items]

    assert len(quick) <= 24
    assert {item.region for item in quick} >= {"foot", "knee", "hip", "pelvis"}
