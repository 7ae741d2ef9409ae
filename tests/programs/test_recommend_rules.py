"""From confirmed findings to a proposal: the mapping, the cautions, the kit at home. Tables without a database."""

from datetime import date, timedelta

import pytest

from programs.rules import assessment as rules
from programs.rules.assessment.recommend import MODULES, SERVES, TO_THE_PATIENT

P1A = ["ISO_ABD", "BRIDGE", "CLAM", "BREATH_9090"]
KIT = dict.fromkeys({code for codes in SERVES.values() for code in codes} | {"ROLL_QUAD", "ROLL_HIP"}, "mat")
WEAK = {"hip_abduction": {"left": "3", "right": "5"}, "stance_drop": {"left": "2", "right": "0"}}
STIFF = {"hip_flexor": {"left": "2", "right": "0"}}


def confirmed(answers: dict, *keys: str) -> list[rules.Finding]:
    return [finding for finding in rules.findings(answers) if finding.key in keys]


def proposed(answers: dict, *keys: str, stances: dict | None = None) -> rules.Proposal:
    safety = rules.safety(answers, {})
    return rules.recommend(confirmed(answers, *keys), answers=answers, safety=safety, stances=stances or {})


def laid(
    answers: dict, *keys: str, codes: list[str] = P1A, home: set | None = None, first: bool = True
) -> rules.Laid:
    return rules.lay_out(
        codes, proposal=proposed(answers, *keys), confirmed=confirmed(answers, *keys),
        safety=rules.safety(answers, {}), kit=KIT | {"BAND_WALK": "Loop band", "STEP_DOWN": "Step (10–20 cm), mirror"},
        home=home, is_first=first,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "program"),
    [
        ({}, "P1"), ({"worst_pain": {"whole": 4}}, "P1"), ({"worst_pain": {"whole": 3}}, "P2"),
        ({"worst_pain": {"whole": 7}}, "P1"), ({"worst_pain": {"whole": 8}}, ""),
        ({"worst_pain": {"whole": 3}, "stage": {"whole": "p1"}}, "P2"), ({"stage": {"whole": "p2"}}, "P3"),
        ({"stage": {"whole": "p3"}}, "P4"), ({"stage": {"whole": "none"}, "worst_pain": {"whole": 2}}, "P2"),
        ({"red_flags": {"whole": "yes"}}, ""), ({"new_weakness": {"whole": "yes"}}, ""),
    ],
)  # fmt: skip
def test_pain_and_exits_choose_the_program(answers: dict, program: str) -> None:
    made = proposed(answers)

    assert (made.program, bool(made.stop)) == (program, not program)


def test_clear_irritation_settles_first_however_little_it_hurts_at_rest() -> None:
    answers = {"worst_pain": {"whole": 2}, "condyle": {"right": "3"}, "irritated": {"right": "yes"}}

    assert (proposed(answers).program, proposed(answers, "knee_irritation").program) == ("P2", "P1")


@pytest.mark.parametrize(
    ("answers", "key", "extras"),
    [
        (STIFF, "hip_mobility", ["HF_STRETCH"]),
        ({"hip_ir": {"left": 10, "right": 30}}, "hip_mobility", ["HIP_9090"]),
        ({**STIFF, "hip_ir": {"left": 10, "right": 30}}, "hip_mobility", ["HF_STRETCH", "HIP_9090"]),
        ({"knee_to_wall": {"left": 6, "right": 11}}, "ankle", ["ANKLE_KTW"]),
        ({"calf_raises": {"left": 8}, "worst_pain": {"whole": 2}}, "ankle", ["CALF"]),
        ({"slump": {"left": "yes"}}, "nerve", ["SLIDE_SCI"]), ({"outer_skin": {"left": "yes"}}, "nerve", ["SLIDE_FEM"]),
        ({"pelvic_control": {"whole": "no"}}, "stack", ["BREATH_9090"]),
        ({"crossover": {"left": "2"}, "stage": {"whole": "p3"}}, "technique", ["STEP_WIDTH"]),
        ({"gait_drop": {"left": "2"}, "stage": {"whole": "p3"}}, "technique", ["CADENCE"]),
        (WEAK, "hip_strength", []),  # the program itself is that
    ],
)  # fmt: skip
def test_a_finding_adds_what_the_program_lacks(answers: dict, key: str, extras: list[str]) -> None:
    assert [code for code, _because in proposed(answers, key).extras] == extras


def test_nothing_is_added_for_a_finding_that_was_not_confirmed() -> None:
    made = proposed({**STIFF, "slump": {"left": "yes"}})

    assert (made.extras, [code for code, _why in made.modules]) == ((), ["M01", "M15", "M13"])


def test_modules_follow_the_findings_and_the_clinics_voice() -> None:
    answers = {**WEAK, **STIFF, "rolling_months": {"whole": 7}}

    quiet = [code for code, _why in proposed(answers, "hip_strength", "hip_mobility").modules]
    brief = [code for code, _why in proposed(answers, stances={"rolling": "brief"}).modules]

    assert quiet == ["M01", "M15", "M06", "M07", "M03", "M13"]
    assert brief == ["M01", "M15", "M04", "M13"]


def test_each_exercise_says_because() -> None:
    made = laid({**WEAK, **STIFF}, "hip_strength", "hip_mobility")

    assert [(one.code, one.because.finding) for one in made.placed] == [
        ("HF_STRETCH", "hip_mobility"), ("ISO_ABD", "hip_strength"), ("BRIDGE", "hip_strength"), ("CLAM", "hip_strength"),
    ]  # fmt: skip
    assert made.placed[3].because.words == "Hip strength: Side-lying abduction, gluteus medius: left 3 weak"
    assert made.aside == (
        ("BREATH_9090", "serves no confirmed finding; four or fewer are easier to keep up"),
    )


def test_an_exercise_names_the_sign_it_answers() -> None:
    answers = {**STIFF, "hip_ir": {"left": 10, "right": 30}}

    made = {one.code: one.because.words for one in laid(answers, "hip_mobility").placed}

    assert made["HF_STRETCH"] == "Hip mobility: Hip flexor length (modified Thomas): left Clearly limited"
    assert made["HIP_9090"] == "Hip mobility: Inward rotation: left 10°, 33 % of the other side"


def test_mobility_comes_before_loading_and_later_phases_stay_as_written() -> None:
    later = laid({**WEAK, **STIFF}, "hip_strength", "hip_mobility", codes=["CLAM", "SL_ABD"], first=False)

    assert [one.code for one in later.placed] == ["CLAM", "SL_ABD"]


def test_true_irritation_swaps_rolling_for_movement() -> None:
    answers = {"irritated": {"left": "no", "right": "yes"}}

    made = laid(answers, codes=["ROLL_QUAD", "CLAM"])

    assert [(one.code, one.instead_of) for one in made.placed] == [
        ("ROLL_HIP", "ROLL_QUAD: Truly irritated at the outer knee: no rolling of the outer thigh."), ("CLAM", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("days", "due"), [(0, False), (13, False), (14, True)])
def test_the_irritated_flag_asks_for_another_look_and_stands_until_then(days: int, due: bool) -> None:
    on = date(2026, 3, 1)
    safety = rules.safety({"irritated": {"right": "yes"}}, {("irritated", "right"): on})

    assert safety.look_again(on=on + timedelta(days=days)) is due
    assert rules.refused("ROLL_QUAD", safety)


@pytest.mark.parametrize(
    ("answers", "code", "weights"),
    [
        ({}, "ROLL_QUAD", []), ({"irritated": {"left": "yes"}}, "ROLL_QUAD", ["refuse"]),
        ({"irritated": {"left": "no"}}, "ROLL_QUAD", []), ({"irritated": {"left": "yes"}}, "ROLL_HIP", []),
        ({"bone_signs": {"whole": "yes"}}, "POGO", ["refuse"]), ({"bone_signs": {"whole": "yes"}}, "WALK_RUN", ["refuse"]),
        ({"bone_signs": {"whole": "yes"}}, "CLAM", []), ({"cautions": {"whole": ["hip_front"]}}, "AIRPLANE", ["refuse"]),
        ({"cautions": {"whole": ["hip_front"]}}, "HIP_9090", ["care"]),
        ({"cautions": {"whole": ["hip_side"]}}, "HIP_HIKE", ["care"]),
        ({"cautions": {"whole": ["shoulder"]}}, "SP_FULL", ["refuse"]), ({"cautions": {"whole": []}}, "SP_FULL", []),
        ({"cautions": {"whole": ["skin"]}, "outer_skin": {"left": "yes"}}, "ROLL_HIP", ["refuse", "care"]),
        ({"new_weakness": {"whole": "yes"}}, "SLIDE_SCI", ["refuse"]), ({"worst_pain": {"whole": 8}}, "CLAM", ["refuse"]),
    ],
)  # fmt: skip
def test_cautions_stand_against_exercises(answers: dict, code: str, weights: list[str]) -> None:
    assert [guard.weight for guard in rules.guards(code, rules.safety(answers, {}))] == weights


@pytest.mark.parametrize(
    ("kit", "home", "missing"),
    [("Mat, loop band", {"band"}, ()), ("Mat, loop band", set(), ("loop band",)), ("Mat, loop band", None, ()),
     ("Ball or roller, wall", {"ball"}, ()), ("Ball or roller, wall", set(), ("Ball or roller",)),
     ("Wall or bench", set(), ()), ("Weight (optional)", set(), ()), ("Dumbbell or bag, 10 m of space", set(), ()),
     ("Step (10–20 cm), mirror", {"bench"}, ("Step (10–20 cm)",))],
)  # fmt: skip
def test_kit_that_is_not_at_home_is_named(kit: str, home: set | None, missing: tuple) -> None:
    assert rules.lacking("BAND_WALK", kit, home) == missing


def test_what_needs_kit_that_is_not_there_is_swapped_for_the_same_finding() -> None:
    made = laid(WEAK, "hip_strength", codes=["BAND_WALK", "BRIDGE"], home=set())

    assert (made.placed[0].code, made.placed[0].instead_of) == ("CLAM", "BAND_WALK: not at home: Loop band")


def test_every_contributor_leads_somewhere() -> None:
    keys = set(rules.CONTRIBUTORS)

    assert (set(SERVES), set(MODULES), set(TO_THE_PATIENT)) == (keys, keys, keys)
