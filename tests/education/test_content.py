"""The delivered modules and sources are whole, linked and easy to read."""

import dataclasses
import re
from pathlib import Path

import pytest

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
from education.rules.parts import BadPart, complete, words_of
from education.rules.readability import reading

CONTENT = load_content()
MODULES = {module.code: module for module in CONTENT.modules}
each_module = pytest.mark.parametrize("module", CONTENT.modules, ids=MODULES.keys())


def a_module(**changes: object) -> Module:
    return dataclasses.replace(MODULES["M01"], **changes)


def with_section(**changes: object) -> Module:
    first, *rest = MODULES["M01"].sections
    return a_module(sections=({**first, **changes}, *rest))


def with_option(index: int, **changes: object) -> Module:
    check, *rest = MODULES["M01"].checks
    options = list(check.options)
    options[index] = dataclasses.replace(options[index], **changes)
    return a_module(checks=(dataclasses.replace(check, options=tuple(options)), *rest))


def test_fifteen_modules_are_delivered_in_order() -> None:
    assert [module.code for module in CONTENT.modules] == [f"M{number:02}" for number in range(1, 16)]


def test_everything_delivered_fits_together() -> None:
    assert CONTENT.problems() == []


def test_the_delivered_checks_are_all_there() -> None:
    options = [option for module in CONTENT.modules for check in module.checks for option in check.options]

    assert (sum(len(module.checks) for module in CONTENT.modules), len(options)) == (39, 111)


@each_module
def test_a_file_is_named_after_its_module(module: Module) -> None:
    assert load_module(FOLDER / "modules" / f"{module.code.lower()}-{module.slug}.toml") == module


@each_module
def test_a_module_ends_with_a_myth_a_key_point_and_something_for_today(module: Module) -> None:
    assert [section["kind"] for section in module.sections[-3:]] == ["myth_fact", "key_point", "today"]


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
            "M01: f1 is given 2 times",
            id="doubled key",
        ),
        pytest.param(
            with_section(sources=[]),
            "M01: f1: a fact needs sources",
            id="no source",
        ),
        pytest.param(with_section(text=""), "M01: f1: a fact needs text", id="no text"),
        pytest.param(
            with_section(sources=["S999"]),
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
    sections = [" ".join(words_of(section)) for section in module.sections]
    answers = [option.explanation for check in module.checks for option in check.options]
    return [*sections, *[check.question for check in module.checks], *answers]


@each_module
def test_a_sixth_grader_can_read_every_module(module: Module) -> None:
    assert reading(words_for_patients(module)).harder <= 6.0
    assert reading(section["text"] for section in module.sections[-2:]).mean <= 6.0
