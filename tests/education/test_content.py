"""The delivered modules and sources are whole, linked and easy to read."""

import dataclasses
import re
from datetime import date
from pathlib import Path

import pytest

from education.anatomy import picture
from education.content import (
    FOLDER,
    BrokenContent,
    Content,
    Module,
    Term,
    load_content,
    load_module,
    load_sources,
)
from education.rules.blame import blaming_words
from education.rules.parts import BadPart, Confidence, Grade, complete, is_claim, words_of
from education.rules.readability import jargon, long_sentences, reading
from programs.library import load_library

CONTENT = load_content()
MODULES = {module.code: module for module in CONTENT.modules}
WORDS_A_MINUTE = 130
FORMS = [form for term in CONTENT.glossary for form in (term.term, *term.forms)]
each_module = pytest.mark.parametrize("module", CONTENT.modules, ids=MODULES.keys())
# The lesson on red flags takes as long as safety needs.
each_short = pytest.mark.parametrize(
    "module", [pytest.param(module, id=module.code) for module in CONTENT.modules if module.code != "M15"]
)


def a_module(**changes: object) -> Module:
    return dataclasses.replace(MODULES["M01"], **changes)


def with_fact(**changes: object) -> Module:
    sections = MODULES["M01"].sections
    return a_module(sections=tuple({**part, **changes} if part["key"] == "f1" else part for part in sections))


def with_option(index: int, **changes: object) -> Module:
    check, *rest = MODULES["M01"].checks
    options = list(check.options)
    options[index] = dataclasses.replace(options[index], **changes)
    return a_module(checks=(dataclasses.replace(check, options=tuple(options)), *rest))


def test_fifteen_modules_are_delivered_in_order() -> None:
    assert [module.code for module in CONTENT.modules] == [f"M{number:02}" for number in range(1, 16)]


def test_everything_delivered_fits_together() -> None:
    assert CONTENT.problems() == []


@each_module
def test_a_module_asks_two_to_four_questions_with_two_or_three_answers(module: Module) -> None:
    answers = {len(check.options) for check in module.checks}

    assert (2 <= len(module.checks) <= 4, answers <= {2, 3}) == (True, True)


@each_module
def test_a_misconception_is_named_in_one_way(module: Module) -> None:
    names = [option.misconception for check in module.checks for option in check.options if not option.right]

    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []


@each_module
def test_a_module_asks_at_most_one_belief_and_one_teach_back(module: Module) -> None:
    kinds = [ask["kind"] for ask in module.asks]

    assert len(kinds) == len(set(kinds))


def test_few_modules_ask_for_a_belief() -> None:
    asking = [module.code for module in CONTENT.modules for ask in module.asks if ask["kind"] == "belief"]

    assert len(asking) <= 4


@each_module
def test_every_claim_says_how_good_it_is_and_when_to_look_again(module: Module) -> None:
    claims = [part for part in module.sections if is_claim(part)]
    days = [date.fromisoformat(part["review_by"]) for part in claims]

    assert {part["grade"] for part in claims} <= set(Grade)
    assert {part["confidence"] for part in claims} <= set(Confidence)
    assert [day for day in days if not date(2027, 1, 1) < day < date(2029, 1, 1)] == []


@each_module
def test_what_only_clinics_say_is_called_their_view(module: Module) -> None:
    opinion = {key for key, source in CONTENT.sources.items() if source.is_opinion} | {"B15"}
    only = [part for part in module.sections if is_claim(part) and set(part["sources"]) <= opinion]

    assert [part["key"] for part in only if part["grade"] != Grade.CLINIC_VIEW] == []


@each_short
def test_a_module_takes_about_as_long_as_it_says(module: Module) -> None:
    minutes = len(re.findall(r"\w+", " ".join(words_for_patients(module)))) / WORDS_A_MINUTE

    assert (abs(minutes - module.minutes) <= 1, 3 <= module.minutes <= 5) == (True, True)
    assert 6 <= len(module.sections) <= 12


@each_module
def test_a_drawing_points_out_a_part_that_is_in_it(module: Module) -> None:
    drawn = [part for part in module.sections if part["kind"] == "anatomy" and part["focus"]]

    assert [
        part["key"] for part in drawn if picture(part["view"], address="#{}", focus=part["focus"]).lit is None
    ] == []


def test_every_exercise_in_a_module_is_in_the_library() -> None:
    parts = [part for module in CONTENT.modules for part in module.sections if part["kind"] == "exercise"]

    assert {part["exercise"] for part in parts} - set(load_library().exercises) == set()


@each_module
def test_a_file_is_named_after_its_module(module: Module) -> None:
    assert load_module(FOLDER / "modules" / f"{module.code.lower()}-{module.slug}.toml") == module


@each_module
def test_a_module_ends_with_a_key_point_and_something_for_today(module: Module) -> None:
    assert [section["kind"] for section in module.sections[-2:]] == ["key_point", "today"]


@each_module
def test_a_module_clears_up_a_myth_or_says_what_a_tool_can_do(module: Module) -> None:
    assert {part["kind"] for part in module.sections} & {"sorter", "myth_fact", "tool_card"} != set()


@each_module
def test_no_two_wrong_answers_get_the_same_explanation(module: Module) -> None:
    explanations = [option.explanation for check in module.checks for option in check.options]

    assert sorted(set(explanations)) == sorted(explanations)


@each_module
def test_wrong_answers_are_never_scolded(module: Module) -> None:
    words = " ".join(option.explanation for check in module.checks for option in check.options).lower()

    assert (re.findall(r"\b(?:wrong|mistakes?|should have)\b", words), blaming_words(words)) == ([], [])


@pytest.mark.parametrize(
    ("module", "problem"),
    [
        pytest.param(a_module(minutes=0), "M01: minutes must be a whole number from 1 to 30", id="minutes"),
        pytest.param(
            a_module(sections=MODULES["M01"].sections[:1] + MODULES["M01"].sections),
            "M01: h1 is given 2 times",
            id="doubled key",
        ),
        pytest.param(
            with_fact(sources=[]),
            "M01: f1: a fact needs sources",
            id="no source",
        ),
        pytest.param(with_fact(text=""), "M01: f1: a fact needs text", id="no text"),
        pytest.param(
            with_fact(sources=["S999"]),
            "M01 cites S999, which is not a known source",
            id="source",
        ),
        pytest.param(
            with_option(0, explanation=""),
            "M01: check q1, option a needs a text and an explanation",
            id="silent",
        ),
        pytest.param(
            with_option(2, passage="f99"),
            "M01: check q1, option c points at passage f99, which does not exist",
            id="lost passage",
        ),
        pytest.param(with_option(2, key="a"), "M01: check q1: a is given 2 times", id="doubled option"),
        pytest.param(
            with_option(1, passage="f1"),
            "M01: check q1, option b: every option but the right one has a misconception and a passage",
            id="right answer with passage",
        ),
        pytest.param(
            with_option(0, right=True, misconception="", passage=""),
            "M01: check q1 needs exactly one right answer",
            id="two",
        ),
    ],
)
def test_a_broken_module_is_told_apart(module: Module, problem: str) -> None:
    checked = Content(modules=(module,), sources=CONTENT.sources)

    assert checked.problems() == [problem]


def test_a_pair_needs_both_halves() -> None:
    half = complete({"kind": "myth_fact", "key": "m1", "myth": "Only the myth"})

    assert a_module(sections=(half,), checks=()).problems() == ["M01: m1: a myth_fact needs fact"]


def test_a_stance_speaks_for_every_choice_of_its_topic() -> None:
    one = complete(
        {"kind": "stance", "key": "s1", "topic": "cause", "voices": [{"choice": "both", "text": "Either."}],
         "sources": ["S1"]}
    )  # fmt: skip

    problem = "M01: s1: a stance needs one voice for each of ['pressing', 'both']"
    assert a_module(sections=(one,), checks=()).problems() == [problem]


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"kind": "poem", "key": "p1"}, "poem is not a kind of part"),
        ({"kind": "fact", "key": "f1", "color": "red"}, "f1: a fact has no color"),
        ({"kind": "fact", "key": "f1", "sources": "S1"}, "f1: sources must be a list"),
        ({"kind": "fact", "key": "f1", "text": 3}, "f1: text must be text"),
    ],
    ids=["kind", "name", "not a list", "not text"],
)
def test_a_part_that_we_do_not_know_is_refused(part: dict, message: str) -> None:
    with pytest.raises(BadPart, match=message):
        complete(part)


def test_a_term_with_two_meanings_is_told() -> None:
    terms = (Term(term="Band", meaning="A strap."), Term(term="Strap", forms=("band",), meaning="A band."))

    assert Content(modules=(), sources={}, glossary=terms).problems() == ["band is given 2 times"]


@pytest.mark.parametrize(
    "text",
    [
        'key = "S1"',
        '[[source]]\nkey = "S1"',
        "[[source",
        '[[source]]\nkey="S1"\nkind="blog"\ncitation=""\nread_as=""',
    ],
    ids=["no list", "no kind", "not toml", "unknown kind"],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(text)

    with pytest.raises(BrokenContent, match=r"^sources\.toml: "):
        load_sources(path)


def test_a_source_given_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text('[[source]]\nkey="S1"\nkind="literature"\ncitation="A"\nread_as="abstract"\n' * 2)

    with pytest.raises(BrokenContent, match="S1 is given 2 times"):
        load_sources(path)


def test_a_module_with_an_unknown_part_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m01.toml"
    path.write_text('color = "red"\nsection = []\ncheck = []\n')

    with pytest.raises(BrokenContent, match=r"^m01\.toml: "):
        load_module(path)


def test_sources_are_told_apart_by_kind() -> None:
    kinds = [source.kind for source in CONTENT.sources.values()]

    assert {kind: kinds.count(kind) for kind in kinds} == {
        "literature": 90,
        "background": 15,
        "clinic_opinion": 5,
    }
    assert [key for key, source in CONTENT.sources.items() if source.is_opinion] == [
        f"seed{number}" for number in range(5)
    ]


def test_source_addresses_are_web_addresses_and_never_document_mirrors() -> None:
    addresses = [url for source in CONTENT.sources.values() for url in source.urls]

    assert [url for url in addresses if not re.fullmatch(r"https?://[\w.-]+/\S*", url)] == []
    assert [url for url in addresses if re.search(r"scribd|studylib|documentine|moam\.info", url)] == []


def words_for_patients(module: Module) -> list[str]:
    sections = [text for section in module.sections for text in words_of(section)]
    answers = [option.explanation for check in module.checks for option in check.options]
    return [*sections, *[check.question for check in module.checks], *answers]


@each_module
def test_a_sixth_grader_can_read_every_module(module: Module) -> None:
    assert reading(words_for_patients(module)).harder <= 6.0
    assert reading(section["text"] for section in module.sections[-2:]).mean <= 6.0


@each_module
def test_a_sentence_is_short_and_a_long_word_explained(module: Module) -> None:
    words = "\n".join(words_for_patients(module))

    assert long_sentences(words) == []
    assert jargon(words, explained=FORMS) == []


def test_no_term_is_so_short_that_it_is_found_in_other_words() -> None:
    assert [form for form in FORMS if len(form) < 3] == []


@pytest.mark.parametrize("term", CONTENT.glossary, ids=lambda term: term.term)
def test_a_term_is_explained_in_words_a_sixth_grader_knows(term: Term) -> None:
    assert reading([term.meaning]).mean <= 6.0
