"""The publish gate, rule by rule: what is hard to read, what has no grounds, what blames, and what a reason may answer."""

from datetime import date

import pytest

from education.content import load_content
from education.rules import blame, gate, readability
from education.rules.parts import complete

ON = date(2027, 1, 1)
CLAIM = {"sources": ["S1"], "grade": "mixed", "confidence": "low", "review_by": "2027-01-01"}
FACT = complete({"kind": "fact", "key": "f1", "text": "The band is a strap.", **CLAIM})
RIGHT = {"text": "A strap", "right": True, "explanation": "Yes.", "misconception": "", "passage": ""}
CHECK = {"key": "q1", "question": "What is it?", "options": [RIGHT]}
HARD = (
    "Longitudinal investigations of rehabilitation demonstrate considerable heterogeneity of functional outcomes, so "
    "practitioners individualize their recommendations according to multidimensional assessments."
)
SIX = "\n\n".join(["Stronger muscles support the pelvis. Gentle movement settles irritation."] * 3)
CONTENT = load_content()


def look(
    *sections: dict, checks: tuple = (CHECK,), asks: tuple = (), reason: str = "", explained: tuple = ()
):
    return gate.look(minutes=4, sections=sections or (FACT,), checks=checks, asks=asks, known_sources=["S1"],
                     explained=explained, on=ON, reason=reason)  # fmt: skip


def codes(seen: gate.Look) -> list[str]:
    return [problem.code for problem in seen.problems]


@pytest.mark.parametrize(
    ("word", "count"),
    [("hip", 1), ("muscle", 2), ("walked", 1), ("started", 2), ("gluteus", 3), ("medius", 3), ("about", 2), ("people", 2),
     ("rehabilitation", 6), ("knee’s", 1), ("idea", 3), ("tension", 2)],
)  # fmt: skip
def test_syllables_are_heard(word, count):
    assert readability.syllables(word) == count


def test_both_formulas_are_the_published_ones():
    """Ten words, two sentences, 12 syllables, 33 letters, worked out by hand."""
    found = readability.reading(["The cat sat on it again.", "We all felt better."])

    assert (found.words, found.sentences) == (10, 2)
    assert found.flesch_kincaid == pytest.approx(0.39 * 5 + 11.8 * 1.2 - 15.59)
    assert found.coleman_liau == pytest.approx(0.0588 * 330 - 0.296 * 20 - 15.8)


def test_a_heading_does_not_run_into_the_text_below_it():
    assert readability.sentences_in("What to do\nRest. Then walk!") == ["What to do", "Rest.", "Then walk!"]


def test_nothing_reads_as_nothing():
    assert readability.reading([""]).mean == 0


def test_a_plain_module_passes():
    assert look().is_open


def test_a_hard_passage_stops_by_itself_and_is_pointed_out():
    seen = look({**FACT, "text": f"Bands are straps.\n\n{HARD}"})

    stopped = next(problem for problem in seen.problems if problem.code == "hard_passage")
    assert (stopped.part, stopped.index, stopped.field) == ("sections", 0, "text")
    assert [remark.text for remark in seen.remarks if remark.kind == "passage"] == [HARD]


def test_a_hard_answer_is_found_where_it_is():
    check = {**CHECK, "options": [{**RIGHT, "explanation": HARD}]}

    found = next(problem for problem in look(checks=(check,)).problems if problem.code == "hard_passage")

    assert (found.part, found.index, found.option, found.field) == ("checks", 0, 0, "explanation")


def test_a_module_that_is_a_little_hard_all_through_is_stopped_as_a_whole():
    seen = look({**FACT, "text": SIX})

    assert (seen.reading.harder > 6, codes(seen)) == (True, ["hard_module"])


def test_a_reason_answers_for_the_reading_grade():
    seen = look({**FACT, "text": HARD}, reason="The law's own words.")

    assert (codes(seen), {one.code for one in seen.overridden}) == ([], {"hard_module", "hard_passage"})


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"sources": []}, "no_source"), ({"grade": ""}, "no_grade"), ({"confidence": ""}, "no_confidence"),
     ({"review_by": ""}, "no_review_by"), ({"review_by": "2026-12-31"}, "past_review_by"),
     ({"text": "You failed."}, "blame"), ({"sources": ["S9"]}, "unknown_source")],
)  # fmt: skip
def test_no_reason_answers_for_anything_else(changes, code):
    assert codes(look({**FACT, **changes}, reason="Because.")) == [code]


def test_a_picture_needs_its_words():
    picture = complete({"kind": "picture", "key": "p1", "medium": "a" * 64})

    assert [(problem.code, problem.value) for problem in look(picture, reason="Because.").problems] == [("empty", "alt")]  # fmt: skip


def test_a_claim_is_in_time_on_its_very_day():
    assert look({**FACT, "review_by": "2027-01-01"}).is_open


@pytest.mark.parametrize(
    "words", ["You missed a day", "non-compliant", "Do not give up", "That is incorrect", "She failed"]
)
def test_blame_is_heard(words):
    assert len(blame.blaming_words(words)) == 1


def test_the_hip_may_drop_without_blame():
    assert blame.blaming_words("The hip drops. Missing data is not logged. A fault of the shoe.") == []


def test_long_sentences_and_rare_words_are_pointed_out():
    long = "We went out and we came back and we went out and we came back and we went out and we came back again."
    seen = look({**FACT, "text": f"{long} Mind the meralgia paresthetica."})

    found = {(remark.kind, remark.text) for remark in seen.remarks}
    assert found >= {("sentence", long), ("word", "paresthetica")}


@pytest.mark.parametrize("text", ["Do the exercises.", "Meralgia paresthetica is that."])
def test_words_that_all_know_or_the_glossary_explains_are_not(text):
    seen = look({**FACT, "text": text}, explained=("meralgia paresthetica",))

    assert [remark for remark in seen.remarks if remark.kind == "word"] == []


def test_the_checklist_says_what_is_there():
    today = complete({"kind": "today", "key": "t1", "text": "Walk."})

    assert look(FACT, today).has == {
        "key_point": False,
        "today": True,
        "picture": False,
        "check": True,
        "short": True,
    }


def judged(module) -> gate.Look:
    checks = [
        {
            "key": check.key,
            "question": check.question,
            "options": [{**RIGHT, **vars(option)} for option in check.options],
        }
        for check in module.checks
    ]
    terms = [form for term in CONTENT.glossary for form in (term.term, *term.forms)]
    return gate.look(minutes=module.minutes, sections=module.sections, checks=checks, asks=module.asks,
                     known_sources=CONTENT.sources, explained=terms, on=date(2026, 1, 1))  # fmt: skip


def test_fifteen_of_fifteen_delivered_modules_pass_their_own_gate():
    looks = {module.code: judged(module) for module in CONTENT.modules}

    assert {code: seen.problems for code, seen in looks.items() if not seen.is_open} == {}
    assert len(looks) == 15
