"""A module's page: every kind of part, words explained where they first stand, nothing of an editor's taken for markup."""

import re

import pytest
from django.urls import reverse

from tests.education.whole import GLOSSARY, SECTIONS, make_whole
from tests.factories import give_reading

pytestmark = pytest.mark.django_db


def page_of(phone, version) -> str:
    reading = give_reading(phone.patient, version)
    return phone.get(reverse("module", args=[reading.pk]), {"all": "1"}).content.decode()


@pytest.fixture
def phone(phone, patient):
    phone.patient = patient
    return phone


def test_every_kind_of_part_shows_its_words(phone):
    page = page_of(phone, make_whole())

    words = [
        "A strap, not a muscle", "A firm band is normal.", "do the pulling", "“Rolling makes the band longer.”",
        "Count in weeks.", "“It must be stretched.”", "Foam roller", "May ease soreness for a while.", "Clamshell",
        "Soft tissue under the band is pressed.", "Stand on one leg",
    ]  # fmt: skip
    assert [said for said in words if said not in page] == []


def test_a_term_can_be_tapped_where_it_first_stands_and_is_in_the_list(phone):
    page = page_of(phone, make_whole())

    assert re.findall(r'popovertarget="term-(\d)"[^>]*>([^<]*)<', page) == [
        ("1", "IT band"),
        ("2", "gluteus medius"),
    ]
    assert re.findall(r"<dt>([^<]*)</dt><dd>", page.partition("Words on this page")[2]) == [
        term["term"] for term in GLOSSARY
    ]


def test_a_blank_line_starts_a_paragraph_with_an_address(phone):
    page = page_of(phone, make_whole())
    assert re.findall(r'id="(part-1-\d+)"', page) == ["part-1-1", "part-1-2"]


@pytest.mark.parametrize("kind", sorted({part["kind"] for part in SECTIONS} - {"exercise"}))
def test_what_an_editor_writes_is_never_markup(phone, kind):
    def spiked(value):
        if isinstance(value, dict):
            return {name: spiked(inner) if name not in KEPT else inner for name, inner in value.items()}
        if isinstance(value, list):
            return [spiked(inner) for inner in value]
        return f"{value}<i>band</i>" if isinstance(value, str) else value

    sections = [spiked(part) for part in SECTIONS if part["kind"] == kind]
    page = page_of(phone, make_whole(sections=sections, checks=[], glossary=spiked(GLOSSARY)))

    assert ("<i>" in page, "&lt;i&gt;" in page) == (False, True)


KEPT = {"kind", "key", "sources", "grade", "confidence", "review_by", "topic", "choice", "term", "forms"}
