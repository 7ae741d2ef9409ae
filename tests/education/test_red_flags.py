"""The lesson on red flags names every sign that the screen asks about, each with the urgency it needs."""

import pytest

from education.content import load_content
from education.rules.parts import words_of

LESSON = next(module for module in load_content().modules if module.code == "M15")
NOW, TODAY, SOON = "now", "today", "within 2 working days"


def of(*keys: str) -> str:
    return " ".join(" ".join(words_of(part)) for part in LESSON.sections if part["key"] in keys).lower()


GROUPS = {NOW: of("f1", "f2", "f3", "x2"), TODAY: of("f4", "f5", "f6", "f8"), SOON: of("f7")}


@pytest.mark.parametrize(
    ("urgency", "sign"),
    [
        (NOW, "new numbness between your legs, or around your genitals or back passage"),
        (NOW, "new trouble passing or holding urine or stool. or you have lost the feeling"),
        (NOW, "new, sudden or spreading weakness in one or both legs"),
        (NOW, "chest pain, trouble breathing, coughing up blood or fainting"),
        (NOW, "you cannot stand on the leg. or the leg looks shorter, turned out or bent the wrong way"),
        (NOW, "suddenly cold, pale or blue, or has no feeling"),
        (TODAY, "calf or thigh on one side like this: swollen, warm, red or darker, throbbing"),
        (
            TODAY,
            "a hot, swollen joint. also for severe hip or knee pain if you have a fever or feel very ill",
        ),
        (TODAY, "cannot take four steps after an injury"),
        (TODAY, "cannot bend the knee to a right angle, or if it swelled within hours"),
        (TODAY, "the pain grows with running. it hurts when you hop. it makes you limp"),
        (TODAY, "hip, thigh or knee pain with a limp, in anyone under 18"),
        (SOON, "wakes you most nights, or does not ease in any position"),
        (SOON, "weight loss or night sweats that you cannot explain. past cancer with new bone pain"),
        (SOON, "a knee that locks or gives way"),
        (SOON, "new tingling, burning or numb skin"),
        (SOON, "pain of 8 to 10, or pain that has grown steadily worse for 2 weeks"),
        (SOON, "you took steroids not long ago or have weak bones (osteoporosis)"),
        (SOON, "you eat too little, or if your periods skip or have stopped"),
    ],
)
def test_every_sign_stands_under_its_urgency(urgency: str, sign: str) -> None:
    assert sign in GROUPS[urgency]


def test_thoughts_of_self_harm_need_help_at_once() -> None:
    assert "hopeless" in of("f10")
    assert "crisis line or emergency number now" in of("f10")


@pytest.mark.parametrize(
    "card", ["do not drive yourself", "this app cannot call for help", "do not wait for us"]
)
def test_an_emergency_says_what_to_do(card: str) -> None:
    assert card in of("x2")


def test_nothing_about_red_flags_is_left_to_a_clinics_stance_or_made_a_game() -> None:
    kinds = {part["kind"] for part in LESSON.sections}

    assert kinds == {"text", "fact", "myth_fact", "key_point", "today"}
