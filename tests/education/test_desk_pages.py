"""Pages of our own at the desk: the gate beside the form, who reads what, what to look at again, the glossary."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clinic.models import AuditEvent
from education.blocks import MODULE_BLOCKS, written_stream
from education.models import GlossaryTerm, Remark
from education.queries import current_versions
from tests.education import desk
from tests.factories import give_reading, make_clinic, make_member, make_patient
from tests.machinery.signed_in import client_with, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(db):
    return make_clinic()


@pytest.fixture
def at_desk(clinic):
    return desk.signed_in(desk.make_editor(clinic))


@pytest.fixture
def module(db):
    return desk.make_module()


def test_the_gate_judges_the_form_as_it_stands_and_saves_nothing(at_desk, module):
    form = desk.module_form(module, facts=[{**desk.FACT, "text": "You failed.", "grade": ""}])

    page = at_desk.post(reverse("gate", args=[module.pk]), form).content.decode()

    assert [words for words in ("2 things stand", "puts the reader in the wrong", "how well it is supported") if words not in page] == []  # fmt: skip
    assert module.revisions.count() == 1


def test_the_gate_waits_for_a_form_that_can_be_read(at_desk, module):
    answer = at_desk.post(reverse("gate", args=[module.pk]), desk.module_form(module, minutes="many"))

    assert answer.status_code == 422


def test_the_gate_waits_for_a_form_that_is_whole(at_desk, module):
    assert at_desk.post(reverse("gate", args=[module.pk])).status_code == 422


def test_the_form_has_the_gate_beside_it(at_desk, module):
    page = at_desk.get(desk.edit_address(module)).content.decode()

    assert f'data-url="{reverse("gate", args=[module.pk])}"' in page


def test_readers_are_counted_by_version_in_the_editors_clinic_only(at_desk, module, clinic):
    version, now = current_versions()[0], timezone.now()
    give_reading(make_patient(clinic), version, opened_at=now, read_at=now)
    give_reading(make_patient(clinic), version)
    give_reading(make_patient(make_clinic()), version, opened_at=now)

    page = at_desk.get(reverse("readers", args=[module.pk]))

    assert [(row.given, row.opened, row.read, row.understood) for row in page.context["rows"]] == [
        (2, 1, 1, 0)
    ]


def test_what_must_be_looked_at_again_is_on_the_first_page_and_found_in_the_list(at_desk, module):
    old = timezone.localdate() - timedelta(days=2)
    desk.make_module(code="T2", slug="t2", title="Fresh")
    stale = desk.make_module(code="T3", slug="t3", title="Stale", review_by=old)
    address = reverse(stale.snippet_viewset.get_url_name("list"))

    found = at_desk.get(address, {"look_again": "overdue"}).context["object_list"]

    assert "Look again" in at_desk.get("/cms/").content.decode()
    assert [row.title for row in found] == ["Stale"]


def test_a_term_of_the_glossary_is_changed_at_the_desk(at_desk):
    term = GlossaryTerm.objects.create(term="tendon", meaning="A cord.")
    form = {"term": "tendon", "forms": "tendons", "meaning": "A strong cord."}

    at_desk.post(reverse(term.snippet_viewset.get_url_name("edit"), args=[term.pk]), form)

    assert GlossaryTerm.objects.get().meaning == "A strong cord."


def say(client, module, **said: str):
    return client.post(reverse("remarks", args=[module.pk]), {"back": "review", "what": "say", **said})


def test_a_remark_is_said_answered_once_and_settled(at_desk, clinic, module):
    say(at_desk, module, key="f1", text="Is this so?")
    remark = Remark.objects.get()
    other = desk.signed_in(desk.make_editor(clinic))
    for words in ("It is.", "It is not."):
        say(other, module, what="answer", remark=str(remark.pk), text=words)

    pages = [
        at_desk.get(address).content.decode()
        for address in (desk.edit_address(module), desk.review_address(module))
    ]
    assert [("Is this so?" in page, "It is." in page) for page in pages] == [(True, True)] * 2
    for client in (at_desk, other):
        say(client, module, what="settle", remark=str(remark.pk))
    assert "Is this so?" not in at_desk.get(desk.review_address(module)).content.decode()
    assert AuditEvent.objects.filter(verb__startswith="remark.").count() == 3


@pytest.mark.parametrize("said", [{"text": ""}, {"what": "answer", "text": "Yes."}, {"what": "settle"}])
def test_an_empty_remark_or_one_about_nothing_is_not_kept(at_desk, module, said):
    say(at_desk, module, **{"text": "", **said})

    assert Remark.objects.count() == 0


def test_a_remark_of_another_module_is_not_there(at_desk, module):
    other = desk.make_module(code="T2", slug="t2")
    say(at_desk, other, text="Hello.")

    answer = say(at_desk, module, what="settle", remark=str(Remark.objects.get().pk))

    assert (answer.status_code, Remark.objects.get().resolved_at) == (404, None)


def test_patients_never_see_a_remark(at_desk, module, clinic):
    say(at_desk, module, key="f1", text="Secret doubts.")
    reading = give_reading(make_patient(clinic), current_versions()[0])

    page = client_with(session_of(reading.patient.user)).get(reverse("module", args=[reading.pk]))

    assert ("The band is a strap." in page.content.decode(), "Secret doubts." in page.content.decode()) == (
        True,
        False,
    )


@pytest.mark.parametrize("name", ["gate", "readers", "remarks"])
def test_pages_of_our_own_are_for_editors(module, clinic, name):
    client = desk.signed_in(make_member(clinic, "practitioner"))
    ask = client.get if name == "readers" else client.post

    assert ask(reverse(name, args=[module.pk])).status_code == 404


def test_a_draft_is_previewed_in_the_voice_of_either_clinic(at_desk, module):
    voices = [{"choice": "pressing", "text": "It presses."}, {"choice": "both", "text": "It may be either."}]
    stance = {
        "kind": "stance",
        "key": "s1",
        "topic": "cause",
        "text": "",
        "voices": voices,
        "seeds": [],
        **desk.CLAIM,
    }
    module.sections = written_stream(MODULE_BLOCKS, [stance])
    revision = module.save_revision()
    address = reverse(module.snippet_viewset.get_url_name("revisions_view"), args=[module.pk, revision.pk])

    pages = [at_desk.get(address, {"mode": mode}).content.decode() for mode in ("", "cause:both")]

    first = [min(("It presses.", "It may be either."), key=page.index) for page in pages]
    assert first == ["It presses.", "It may be either."]  # the other one is only told as another view
