"""Editors draft, preview and publish; nobody else enters; nothing confusing gets out."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from clinic.models import AuditEvent, Membership
from education.actions import assign_module
from education.models import ModuleVersion
from education.queries import current_versions
from education.tasks import publish_scheduled
from tests.education import desk
from tests.factories import make_clinic, make_member, make_patient, make_user
from tests.machinery.signed_in import client_with, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    return desk.make_editor()


@pytest.fixture
def at_desk(editor) -> Client:
    return desk.signed_in(editor)


@pytest.fixture
def module(db):
    return desk.make_module()


def publish(client: Client, module, **changed: object):
    return desk.publish(client, module, desk.module_form(module, **changed))


def words(module) -> list[str]:
    return list(
        ModuleVersion.objects.filter(module=module).order_by("number").values_list("title", flat=True)
    )


@pytest.mark.parametrize("role", ["practitioner", "clinic_admin"])
def test_other_staff_do_not_get_in(role):
    client = desk.signed_in(make_member(make_clinic(), role))
    assert [client.get(path).status_code for path in ("/cms/", "/cms/snippets/education/module/")] == [
        404,
        404,
    ]


def test_a_patient_does_not_get_in(patient):
    assert client_with(session_of(patient.user)).get("/cms/").status_code == 404


def test_someone_signed_out_is_asked_to_sign_in(db):
    assert Client().get("/cms/")["Location"].startswith(reverse("account_login"))


def test_an_editor_who_left_does_not_get_in(editor, at_desk):
    Membership.objects.filter(user=editor).update(ended_at=timezone.now(), ended_by=make_user())
    assert at_desk.get("/cms/").status_code == 404


def test_an_editor_without_the_group_is_not_sent_in_circles(db):
    assert desk.signed_in(make_member(make_clinic(), "editor")).get("/cms/").status_code == 404


GLOSSARY = {f"{verb}_glossaryterm" for verb in ("add", "change", "view")}


def test_editors_may_edit_content_and_its_words_and_nothing_else(editor):
    kinds = ("module", "exercise", "programtemplate")
    wanted = {f"{verb}_{kind}" for verb in ("add", "change", "lock", "unlock", "view") for kind in kinds}
    wanted |= {"add_medium", "change_medium", "view_medium"}  # they go public with what shows them
    may = Permission.objects.filter(group__user=editor).values_list("codename", flat=True)
    assert sorted(may) == sorted({*wanted, *GLOSSARY, "access_admin"})


def test_the_menu_has_only_what_we_use(at_desk):
    page = at_desk.get("/cms/").content.decode()
    shown = [name for name in ("Modules", "Exercises", "Programs", "Library") if name in page]
    hidden = [name for name in ("Documents", "Images", "Redirects", "Search all pages") if name in page]
    assert (shown, hidden) == (["Modules", "Exercises", "Programs", "Library"], [])


def test_publishing_freezes_the_next_version(at_desk, editor, module):
    answer = publish(at_desk, module, title="New words")

    assert answer.status_code == 302
    assert words(module) == ["Old words", "New words"]
    assert AuditEvent.objects.filter(verb="module.published", actor=editor).count() == 1


def test_a_patient_keeps_the_version_they_were_given(at_desk, module, clinic, clinician, patient, phone):
    before = assign_module(patient=patient, version=current_versions()[0], by=clinician)

    publish(at_desk, module, title="New words")
    other = make_patient(clinic, in_care_of=clinician)
    after = assign_module(patient=other, version=current_versions()[0], by=clinician)

    old = phone.get(reverse("module", args=[before.pk])).content.decode()
    new = client_with(session_of(other.user)).get(reverse("module", args=[after.pk])).content.decode()
    assert ("Old words" in old, "New words" in old) == (True, False)
    assert ("Old words" in new, "New words" in new) == (False, True)


def test_a_draft_changes_nothing_for_patients(at_desk, module):
    at_desk.post(desk.edit_address(module), desk.module_form(module, title="Half an idea"))

    assert words(module) == ["Old words"]
    assert module.revisions.order_by("-pk").first().as_object().title == "Half an idea"


def test_a_draft_may_be_unfinished(at_desk, module):
    both_right = {**desk.CHECK, "options": [{**answer, "right": True} for answer in desk.ANSWERS]}
    answer = at_desk.post(desk.edit_address(module), desk.module_form(module, checks=[both_right]))
    assert answer.status_code == 302


RIGHT, WRONG = desk.ANSWERS


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"minutes": "31"}, "Minutes must be from 1 to 30."),
        ({"facts": []}, "This field is required."),
        ({"facts": [desk.FACT, desk.FACT]}, "The key “f1” is used more than once. Each key must be unique."),
        (
            {"facts": [{**desk.FACT, "key": "f 1"}], "checks": []},
            "A key may only have letters a–z, digits, - and _.",
        ),
        ({"facts": [{**desk.FACT, "sources": ["S999"]}]}, "“S999” is not a source we know."),
        ({"checks": [{**desk.CHECK, "options": [WRONG, WRONG]}]}, "Mark exactly one answer as right."),
        ({"checks": [{**desk.CHECK, "options": [RIGHT, RIGHT]}]}, "Mark exactly one answer as right."),
        (
            {"checks": [{**desk.CHECK, "options": [RIGHT, {**WRONG, "passage": "f9"}]}]},
            "No section has the key “f9”.",
        ),
    ],
    ids=["minutes", "empty", "same key", "key", "source", "none right", "two right", "passage"],
)
def test_what_would_confuse_a_reader_is_not_published(at_desk, module, changed, message):
    answer = publish(at_desk, module, **changed)

    found = [
        words for errors in answer.context["form"].errors.values() for words in desk.said(errors.as_data())
    ]
    assert set(found) == {message}
    assert words(module) == ["Old words"]


def test_the_message_stands_at_the_answer_that_it_is_about(at_desk, module):
    checks = [{**desk.CHECK, "options": [RIGHT, {**WRONG, "passage": "f9"}]}]

    form = publish(at_desk, module, checks=checks).context["form"]

    error = form.errors["checks"].as_data()[0].block_errors[0].block_errors["options"].block_errors[1]
    assert error.block_errors["passage"].messages == ["No section has the key “f9”."]


def test_a_planned_publication_waits_for_its_time(at_desk, module):
    tomorrow = timezone.now() + timedelta(days=1)
    publish(at_desk, module, title="Tomorrow's words", go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"))
    publish_scheduled()
    assert words(module) == ["Old words"]

    planned = Revision.objects.filter(approved_go_live_at__isnull=False)
    row = planned.get()
    row.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    row.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    row.save()
    publish_scheduled()
    assert words(module) == ["Old words", "Tomorrow's words"]


def test_a_module_taken_off_is_no_longer_offered_and_still_read(at_desk, module, phone, patient, clinician):
    reading = assign_module(patient=patient, version=current_versions()[0], by=clinician)

    module.refresh_from_db()
    module.unpublish()

    assert list(current_versions()) == []
    assert "Old words" in phone.get(reverse("module", args=[reading.pk])).content.decode()


def test_the_preview_is_the_patients_page_with_the_draft_in_it(at_desk, module):
    preview = reverse(module.snippet_viewset.get_url_name("preview_on_edit"), args=[module.pk])
    at_desk.post(preview, desk.module_form(module, title="Half an idea"))

    page = at_desk.get(preview, {"in_preview_panel": "true"}).content.decode()

    assert ("Half an idea" in page, "Where this comes from" in page, "Somebody 2020" in page) == (
        True,
        True,
        True,
    )


def directives(answer) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


def test_only_the_desk_may_style_itself_and_no_page_may_run_inline_script(at_desk, phone):
    on_desk, elsewhere = directives(at_desk.get("/cms/")), directives(phone.get("/modules/"))

    assert (on_desk["script-src"], elsewhere["script-src"]) == ("'self'", "'self'")
    assert (on_desk["style-src"], elsewhere["style-src"]) == ("'self' 'unsafe-inline'", "'self'")
    assert (on_desk["frame-src"], elsewhere.get("frame-src")) == ("'self'", None)


def test_staff_see_what_a_patient_sees_and_the_note(module, clinic, clinician):
    module.note = "Say mainly."
    module.save_revision().publish()

    page = client_with(session_of(clinician)).get(reverse("library_module", args=[current_versions()[0].pk]))

    shown = page.content.decode()
    assert [text in shown for text in ("Say mainly.", "The band is a strap.", "licensed clinician")] == [
        True
    ] * 3


PARAGRAPH = (
    "Longitudinal investigations of rehabilitation demonstrate considerable heterogeneity of functional outcomes, so "
    "practitioners individualize their recommendations according to multidimensional assessments."
)


def test_a_hard_paragraph_is_refused_at_its_block(at_desk, module):
    form = publish(at_desk, module, facts=[{**desk.FACT, "text": PARAGRAPH}]).context["form"]

    error = form.errors["sections"].as_data()[0].block_errors[0].block_errors["text"]
    assert "school grade" in error.messages[0]
    assert ("patients need 6 or less" in str(form.non_field_errors()), words(module)) == (True, ["Old words"])


def test_a_reason_lets_it_through_and_is_kept(at_desk, module):
    publish(at_desk, module, facts=[{**desk.FACT, "text": PARAGRAPH}], reading_reason="The law's words.")

    version = module.versions.first()
    assert (version.number, version.reading_reason) == (2, "The law's words.")
    assert {one["code"] for one in version.overridden} == {"hard_module", "hard_passage"}
    assert AuditEvent.objects.get(verb="module.published", detail__number=2).detail["overridden"] == 2


def test_a_reason_does_not_let_an_unsourced_claim_through(at_desk, module):
    facts = [{**desk.FACT, "text": PARAGRAPH, "sources": []}]

    form = publish(at_desk, module, facts=facts, reading_reason="The law's words.").context["form"]

    assert desk.said(form.errors["sections"].as_data()) == ["Say on which source this stands."]


def test_a_reason_where_none_is_needed_is_not_kept(at_desk, module):
    publish(at_desk, module, title="New words", reading_reason="Just in case.")

    assert (module.versions.first().title, module.versions.first().reading_reason) == ("New words", "")
