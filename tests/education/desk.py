"""An editor at the content desk: sign in, fill in a module's form, press a button."""

from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from clinic.models import Clinic, User
from education.actions import ensure_editors_group, ensure_review
from education.blocks import CHECK_BLOCKS, MODULE_BLOCKS, written_stream
from education.models import GlossaryTerm, Medium, Module, Source
from programs.models import Exercise, ProgramTemplate
from tests.factories import make_clinic, make_member
from tests.machinery.signed_in import client_with, session_of

CLAIM = {"sources": ["S1"], "grade": "supported", "confidence": "high", "review_by": "2028-01-31"}
FACT = {"key": "f1", "title": "", "text": "The band is a strap.", "seeds": [], **CLAIM}
POINT = {"key": "k1", "text": "Hips pull.", "seeds": []}
ANSWERS = [
    {"text": "A strap", "right": True, "explanation": "Yes.", "misconception": "", "passage": ""},
    {
        "text": "A muscle",
        "right": False,
        "explanation": "Not so.",
        "misconception": "muscle",
        "passage": "f1",
    },
]
CHECK = {"key": "q1", "question": "What is it?", "options": ANSWERS}


def editors() -> Group:
    kinds = [Module, Exercise, ProgramTemplate]
    ensure_review(models=kinds)
    return ensure_editors_group(models=[*kinds, GlossaryTerm, Medium])


def make_editor(clinic: Clinic | None = None, **fields: object) -> User:
    user = make_member(clinic or make_clinic(), "editor", **fields)
    user.groups.add(editors())
    return user


def signed_in(user: User) -> Client:
    return client_with(session_of(user))


def make_module(**fields: object) -> Module:
    """A published module with one version."""
    source = str(fields.pop("source", "S1"))
    Source.objects.get_or_create(key=source, defaults={"citation": "Somebody 2020"})
    fact = {**FACT, "sources": [source], "review_by": str(fields.pop("review_by", FACT["review_by"]))}
    words = {"code": "T1", "slug": "t1", "title": "Old words", "goal": "Say one thing.", "minutes": 4}
    module = Module(
        **{**words, **fields},
        sections=written_stream(MODULE_BLOCKS, [{"kind": "fact", **fact}, {"kind": "key_point", **POINT}]),
        checks=written_stream(CHECK_BLOCKS, [CHECK]),
        live=False,
    )
    module.save()
    module.save_revision().publish()
    return module


def listed(values: list[object]) -> dict[str, object]:
    """A ListBlock as a browser sends it."""
    form = {
        str(position): {"value": value, "order": str(position), "deleted": "", "type": "item"}
        for position, value in enumerate(values)
    }
    return {"count": str(len(values)), **form}


def _checkbox(option: dict[str, object]) -> dict[str, object]:
    """A box that is not ticked is not sent."""
    return {name: value for name, value in option.items() if not (name == "right" and not value)}


def module_form(module: Module, **changed: object) -> dict[str, str]:
    """The edit form of `make_module`'s module as a browser sends it, with some parts changed."""
    words = {name: getattr(module, name) for name in ("code", "slug", "title", "goal", "minutes", "note")}
    facts = changed.pop("facts", [FACT])
    checks = changed.pop("checks", [CHECK])
    sections = [
        ("fact", {**fact, "sources": listed(fact["sources"]), "seeds": " ".join(fact["seeds"])})
        for fact in facts
    ]
    questions = [
        ("check", {**check, "options": listed([_checkbox(option) for option in check["options"]])})
        for check in checks
    ]
    form = {**words, "go_live_at": "", "expire_at": "", **changed}
    return nested_form_data(
        {**form, "sections": streamfield(sections), "checks": streamfield(questions), "asks": streamfield([])}
    )


def edit_address(row: Module | Exercise | ProgramTemplate) -> str:
    return reverse(row.snippet_viewset.get_url_name("edit"), args=[row.pk])


Row = Module | Exercise | ProgramTemplate
KINDS = {Module: "modules", Exercise: "exercises", ProgramTemplate: "programs"}


def review_address(row: Row) -> str:
    return reverse("review", args=[KINDS[type(row)], row.pk])


def decide(client: Client, row: Row, decision: str = "approve", **said: object) -> HttpResponse:
    """What a reviewer's browser sends about what waits now."""
    step = row.current_workflow_state.current_task_state_id
    return client.post(review_address(row), {"step": step, "decision": decision, "comment": "", **said})


def publish(client: Client, row: Row, form: dict[str, str]) -> HttpResponse:
    """Send to review; what passes the form's rules is approved by another editor. The last answer."""
    answer = client.post(edit_address(row), {**form, "action-submit": "Send to review"})
    if answer.status_code != 302:
        return answer
    clinic = getattr(row, "clinic", None)
    answer = decide(signed_in(make_editor(clinic)), row)
    row.refresh_from_db()
    return answer


def said(errors: object) -> list[str]:
    """Every message inside Wagtail's nested errors."""
    if isinstance(errors, dict):
        errors = errors.values()
    found = []
    for error in errors:
        if hasattr(error, "block_errors"):
            found += said([*error.block_errors.values(), *error.non_block_errors.as_data()])
        else:
            found += error.messages
    return found
