"""The typed parts of a module: their words, their stances, and the terms that are explained in them."""

import pytest

from education.blocks import MODULE_BLOCKS, frozen_stream, written_stream
from education.models import Module
from education.rules import glossary, stances
from education.rules.parts import SECTIONS, complete, words_of

CLAIM = {"sources": ["S1", "S2"], "grade": "mixed", "confidence": "low", "review_by": "2027-05-31"}
PARTS = [
    complete({"kind": "text", "key": "x1", "title": "Hello", "text": "Two.\n\nThree.", "seeds": ["S0-1", "S2-7"]}),
    complete({"kind": "fact", "key": "f1", "text": "A strap.", **CLAIM}),
    complete({"kind": "key_point", "key": "k1", "text": "Hips pull."}),
    complete({"kind": "today", "key": "t1", "text": "Walk."}),
    complete(
        {"kind": "sorter", "key": "r1", "prompt": "Which is it?",
         "statements": [{"text": "It is a muscle.", "is_fact": False, "because": "It cannot squeeze."}], **CLAIM}
    ),
    complete({"kind": "myth_fact", "key": "m1", "myth": "Roll it out.", "fact": "It stays.", **CLAIM}),
    complete({"kind": "anatomy", "key": "a1", "view": "layers", "focus": "band", "caption": "From the side."}),
    complete({"kind": "exercise", "key": "e1", "exercise": "CLAM", "text": "For the side of the hip."}),
    complete(
        {"kind": "tool_card", "key": "c1", "tool": "Roller", "does": ["Presses."], "helps": ["Before."],
         "distracts": ["Alone."], **CLAIM}
    ),
    complete(
        {"kind": "stance", "key": "s1", "topic": "cause", "text": "Why?",
         "voices": [{"choice": "pressing", "text": "Pressing."}, {"choice": "both", "text": "Either."}], **CLAIM}
    ),
]  # fmt: skip


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part["kind"])
def test_a_part_comes_back_from_its_block_as_it_went_in(part):
    module = Module(sections=written_stream(MODULE_BLOCKS, [part]))

    assert frozen_stream(module.sections, kind="kind") == [part]


def test_every_kind_with_a_block_was_tried():
    assert {part["kind"] for part in PARTS} == {kind for kind, _block in MODULE_BLOCKS if kind != "picture"}
    assert {kind for kind, _block in MODULE_BLOCKS} <= set(SECTIONS)


def test_the_words_of_a_part_are_what_a_patient_reads():
    words = [" ".join(words_of(part)) for part in PARTS]

    assert words == [
        "Hello Two.\n\nThree.",
        "A strap.",
        "Hips pull.",
        "Walk.",
        "Which is it? It is a muscle. It cannot squeeze.",
        "Roll it out. It stays.",
        "From the side.",
        "For the side of the hip.",
        "Roller Presses. Before. Alone.",
        "Why? Pressing. Either.",
    ]


STANCE = PARTS[-1]


@pytest.mark.parametrize(
    ("chosen", "voice"),
    [({}, "Pressing."), ({"cause": "both"}, "Either."), ({"cause": "gone"}, "Pressing."), ({"hills": "apart"}, "Pressing.")],
    ids=["nothing said", "chosen", "no longer a choice", "another topic"],
)  # fmt: skip
def test_patients_hear_one_voice(chosen, voice):
    assert stances.voiced(STANCE, chosen)["voice"] == voice


def test_other_parts_have_no_voice():
    assert stances.voiced(PARTS[0], {"cause": "both"}) == PARTS[0]


@pytest.mark.parametrize("topic", ["rolling", "weather"])
def test_a_choice_that_is_not_there_is_refused(topic):
    with pytest.raises(stances.UnknownStance):
        stances.checked(topic=topic, choice="sunny")


TERMS = [
    {"term": "gluteus medius", "forms": ["glute med"], "meaning": "A hip muscle."},
    {"term": "band", "forms": ["bands"], "meaning": "A strap."},
]


def test_a_module_keeps_the_terms_that_it_uses():
    assert [term["term"] for term in glossary.used(TERMS, ["The Bands pull.", "A bandage does not."])] == [
        "band"
    ]


def test_a_term_is_explained_once_and_only_as_a_whole_word():
    found = list(glossary.pieces("A bandage. The glute med and the band; the band again.", TERMS))

    assert [(piece.text, piece.meaning) for piece in found] == [
        ("A bandage. The ", ""),
        ("glute med", "A hip muscle."),
        (" and the ", ""),
        ("band", "A strap."),
        ("; the band again.", ""),
    ]


def test_text_without_terms_stays_whole():
    assert [piece.text for piece in glossary.pieces("Nothing here.", [])] == ["Nothing here."]
