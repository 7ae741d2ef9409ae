"""A module on paper: every kind of part, one voice, questions to tick, and what it stands on."""

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import Patient, User
from education.actions import choose_stances
from education.models import ModuleVersion
from education.rules.parts import SECTIONS
from education.rules.stances import defaults
from programs.figures import delivered, picture
from tests.clinic.people import signed_in
from tests.factories import CHECK, give_reading, make_clinic, make_member, make_module_version
from tests.machinery.paper import Paper

pytestmark = pytest.mark.django_db
CLAIM = {"sources": ["S1"], "grade": "mixed", "confidence": "low", "review_by": "2027-05-01"}
PARTS = {
    "text": {"title": "Plain title", "text": "Plain words.\n\nMore words."},
    "fact": {"title": "", "text": "A known fact.", **CLAIM},
    "key_point": {"text": "Keep this."},
    "today": {"text": "Stand on one leg."},
    "sorter": {"prompt": "Sort them.", "statements": [{"text": "It is a rope", "is_fact": False, "because": "it is a strap"}], **CLAIM},
    "myth_fact": {"myth": "It is a muscle", "fact": "It is not.", **CLAIM},
    "picture": {"medium": "0" * 64, "alt": "A hip seen from behind", "caption": "The hip"},
    "anatomy": {"view": "layers", "focus": "medius", "caption": "Layer by layer"},
    "exercise": {"exercise": "CLAM", "text": "This trains it.", "name": "Clamshell", "svg": picture(delivered("CLAM")), "alt": "x"},
    "tool_card": {"tool": "Foam roller", "does": ["Presses"], "helps": ["Before a run"], "distracts": ["Daily hours"], **CLAIM},
    "stance": {
        "topic": "rolling", "text": "On rolling:",
        "voices": [{"choice": "off", "text": "We leave it out."}, {"choice": "brief", "text": "A short roll is fine."}], **CLAIM,
    },
}  # fmt: skip
SAID = (
    "Plain title Plain words. More words.", "A known fact.", "Mixed: studies are few, small, or do not agree.", "The key point Keep this.",
    "Do this today Stand on one leg.", "It is a rope Myth it is a strap", "“It is a muscle” In fact: It is not.", "Picture: A hip seen from behind",
    "Layer by layer", "Clamshell", "This trains it.", "Foam roller", "What it does When it helps When it distracts", "We leave it out.",
    "1. Which sentence is true?", "It is a firm strap Yes: strong tissue.", "strap: A long flat piece.", "Where this comes from", "Who 2020", "May 2027",
)  # fmt: skip
KEPT: list[bytes] = []


def make_version(*kinds: str) -> ModuleVersion:
    return make_module_version(
        title="Meet your band", sections=[{"kind": kind, "key": kind, "seeds": [], **PARTS.get(kind, {"text": "Words of old."})} for kind in kinds],
        sources={"S1": {"key": "S1", "citation": "Who 2020", "read_as": "", "url": "", "is_opinion": False}},
        glossary=[{"term": "strap", "forms": [], "meaning": "A long flat piece."}], checks=[CHECK],
    )  # fmt: skip


@pytest.fixture
def whole(phone: Client, patient: Patient) -> Paper:
    """A module with every kind of part: made once, because it is the same in every test."""
    if not KEPT:
        given = give_reading(patient, make_version(*PARTS), why="Because of your left knee")
        KEPT.append(phone.get(f"/modules/{given.pk}/handout.pdf").content)
    return Paper(KEPT[0])


def test_every_kind_of_part_is_known_here() -> None:
    assert set(PARTS) == set(SECTIONS)


def test_every_kind_of_part_can_be_read(whole: Paper) -> None:
    assert [words for words in SAID if words not in whole.text] == []


def test_it_speaks_with_one_voice_and_about_nobody(whole: Paper) -> None:
    assert [
        words
        for words in ("A short roll is fine.", "left knee", "Sam Okafor", "licensed clinician")
        if words in whole.text
    ] == []


def test_drawings_are_told_in_words(whole: Paper) -> None:
    code, hip, clamshell = whole.alternatives

    assert code.startswith("QR code to log a session at")
    assert hip.startswith("The outer hip and thigh from the side")
    assert clamshell.startswith("Start: lying on the side")


def test_a_kind_that_is_no_more_is_printed_by_its_words(phone: Client, patient: Patient) -> None:
    given = give_reading(patient, make_version("of_long_ago"))

    assert "Words of old." in Paper(phone.get(f"/modules/{given.pk}/handout.pdf").content).text


def test_what_was_opened_keeps_its_voice_and_staff_hear_the_clinics(
    phone: Client, desk: Client, patient: Patient, clinician: User
) -> None:
    given = give_reading(patient, make_version("stance"), stances=defaults(), opened_at=timezone.now())
    choose_stances(clinic=patient.clinic, chosen=defaults() | {"rolling": "brief"}, by=clinician)

    opened = Paper(phone.get(f"/modules/{given.pk}/handout.pdf").content).text
    looked_at = Paper(desk.get(f"/library/modules/{given.version_id}/handout.pdf").content).text

    assert ("We leave it out." in opened, "A short roll is fine." in opened) == (True, False)
    assert ("We leave it out." in looked_at, "A short roll is fine." in looked_at) == (False, True)


def test_nobody_prints_what_was_given_to_somebody_else(phone: Client, patient: Patient) -> None:
    stranger = signed_in(make_member(make_clinic()))
    given = give_reading(patient, make_version("text"))
    address = f"/modules/{given.pk}/handout.pdf"
    given.withdrawn_at, given.withdrawn_by = given.assigned_at, given.assigned_by
    given.save()

    assert [client.get(address).status_code for client in (phone, stranger)] == [404, 404]
