"""Every main form met with an old token, too much text, or characters nobody types: a clear word, nothing lost, no crash."""

from dataclasses import dataclass, field

import pytest
from django.middleware.csrf import _get_new_csrf_string
from pytest import FixtureRequest

from tests.journeys.world import World
from tests.machinery.visitor import Visitor, typed

STRENGTH = "\N{FLEXED BICEPS}"


@dataclass(frozen=True)
class Form:
    """Where it is, its button, the field to type into, and what else makes it complete."""

    actor: str
    path: str
    button: str
    name: str
    rest: dict[str, object] = field(default_factory=dict)
    takes_emoji: bool = True
    says_when_saved: str = ""


FORMS = {
    "plan": Form("practitioner", "/patients/{patient}/plan/", "Save this change", "note", says_when_saved="The plan is saved."),
    "session": Form(
        "patient", "/log/session/", "Save", "note", {"outcome": "done", "pain_after": "2"}, says_when_saved="2 of 10"
    ),
    "check": Form("patient", "/log/check/", "Save", "warning_note", {"morning_pain": "3"}, says_when_saved="Saved. Thank you."),
    "invite": Form(
        "practitioner", "/caseload/invite/", "Send the invitation", "name",
        {"email": "new@example.org", "birth_date": "1990-01-31"}, says_when_saved="is on its way",
    ),
    "settings": Form("patient", "/settings/", "Save", "time_zone", takes_emoji=False, says_when_saved="Saved."),
}  # fmt: skip


@pytest.fixture(params=FORMS, ids=list(FORMS))
def form(request: FixtureRequest) -> Form:
    return FORMS[request.param]


@pytest.fixture
def visitor(world: World, form: Form) -> Visitor:
    """The form, opened by who uses it."""
    return Visitor(world.sessions[form.actor]).open(form.path.format(patient=world.p1.patient.pk))


def send(visitor: Visitor, form: Form, words: str) -> Visitor:
    return visitor.press(form.button, **{**form.rest, form.name: words})


def kept(visitor: Visitor, form: Form) -> str:
    """What the field still holds."""
    return str(typed(visitor.form_with(form.button)[0])[form.name])


def complained(visitor: Visitor, form: Form) -> str:
    """The words that the page ties to the field as its error."""
    control = visitor.page.select_one(f"[name={form.name}][aria-invalid=true]")
    described = str(control.get("aria-describedby", "")) if control else ""
    return " ".join(found.get_text() for ref in described.split() if (found := visitor.page.find(id=ref)))


def test_an_old_token_loses_nothing(visitor: Visitor, form: Form) -> None:
    words = "Europe/Lisbon" if form.name == "time_zone" else "Felt fine on the stairs"
    visitor.client.cookies["csrf"] = _get_new_csrf_string()

    send(visitor, form, words)
    assert (visitor.status, words in visitor.text) == (403, True)
    visitor.press("Send again")

    assert (visitor.status, form.says_when_saved in visitor.text) == (200, True), visitor.text


def test_far_too_much_is_refused_in_words(visitor: Visitor, form: Form) -> None:
    send(visitor, form, "x" * 2_000_000)

    assert (visitor.status, visitor.heading) == (413, "That was too much at once")


def test_too_long_a_text_is_given_back(visitor: Visitor, form: Form) -> None:
    words = ("Long story. " * 834)[:10_000].strip()

    send(visitor, form, words)

    assert visitor.status in (200, 422)
    assert kept(visitor, form) == words
    assert complained(visitor, form) != ""


def test_a_null_byte_is_refused_and_the_rest_kept(visitor: Visitor, form: Form) -> None:
    send(visitor, form, "before\x00after")

    assert visitor.status in (200, 422)
    assert kept(visitor, form).startswith("before")
    assert complained(visitor, form) != ""


def test_emoji_are_words_too(visitor: Visitor, form: Form) -> None:
    send(visitor, form, f"Strong {STRENGTH}")

    assert (form.says_when_saved in visitor.text) is form.takes_emoji, visitor.text
    if not form.takes_emoji:
        assert (kept(visitor, form), complained(visitor, form) != "") == (f"Strong {STRENGTH}", True)
