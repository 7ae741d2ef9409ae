"""What imports cannot show: pairs, foreign keys, doors, sizes, names, templates. Walks all, so the next one is covered."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

from clinic import audit, mail
from clinic.models import AuditEvent

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["clinic", "education", "programs", "progress", "reminders", "demo"]
OURS = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
SOURCES = [p for room in ROOMS for p in sorted((ROOT / room).rglob("*.py")) if "migrations" not in p.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
WAGTAILS = {
    "locked_at",
    "locked_by",
    "latest_revision",
    "live_revision",
}  # columns of its mixins, on drafts only


def pairs() -> Iterator[tuple[type[models.Model], str]]:
    for model in OURS:
        fields = {f.name: f for f in model._meta.get_fields() if isinstance(f, models.Field)}
        for name, field in fields.items():
            by = name.removesuffix("_at") + "_by"
            if name.endswith("_at") and name not in WAGTAILS and field.null and by in fields:
                yield model, name


@pytest.mark.parametrize(("model", "name"), list(pairs()), ids=lambda v: getattr(v, "__name__", v))
def test_who_and_when_are_tied_by_the_database(model: type[models.Model], name: str) -> None:
    by = name.removesuffix("_at") + "_by"

    tied = [
        c
        for c in model._meta.constraints
        if isinstance(c, models.CheckConstraint) and f"{name}__isnull" in str(c.condition)
    ]

    assert any(f"{by}__isnull" in str(c.condition) for c in tied), (
        f"{model.__name__}.{name} and {by} can drift apart"
    )


def test_there_are_pairs_to_check() -> None:
    assert len(list(pairs())) == 14


def test_no_fact_is_deleted_with_something_else() -> None:
    loose = [
        f"{model.__name__}.{field.name}"
        for model in OURS
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and field.name not in WAGTAILS
        and field.remote_field.on_delete is not models.PROTECT
    ]

    assert loose == []


def routes(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        yield from routes(entry) if isinstance(entry, URLResolver) else [entry]


def our_routes() -> list[URLPattern]:
    """Without what we changed in Wagtail's classes: those stay behind the door of the whole desk, EditorPolicy."""
    ours = (r for r in routes() if r.callback.__module__.split(".")[0] in ROOMS)
    return [r for r in ours if not hasattr(r.callback, "view_class")]


def test_every_view_of_ours_starts_at_a_door() -> None:
    without = [
        f"{r.callback.__module__}.{r.callback.__name__}"
        for r in our_routes()
        if not hasattr(r.callback, "door")
    ]

    assert without == []
    assert len(our_routes()) > 25


DOORS = {
    "own_page",
    "program_page",
    "care_page",
    "administered_page",
    "staff_page",
    "signed_in_page",
    "open_page",
    "demo_page",
}
BEFORE_THE_DOOR = {"csrf_exempt"}  # has to be seen by the middleware


def decorators(node: ast.FunctionDef) -> list[str]:
    called = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
    return [d.id for d in called if isinstance(d, ast.Name) and d.id not in BEFORE_THE_DOOR]


def test_the_door_is_the_first_thing_a_request_meets() -> None:
    """Whoever may not come in learns nothing else, not even how a page is asked."""
    views = [p for p in SOURCES if p.name == "views.py" or p.parent.name == "views"]
    guarded = [
        (f"{path.relative_to(ROOT)}:{node.name}", decorators(node))
        for path in views
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and DOORS & set(decorators(node))
    ]

    assert [name for name, doors in guarded if doors[0] not in DOORS] == []
    assert len(guarded) > 25


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_functions_stay_under_50_lines_and_files_under_350() -> None:
    long_functions = [name for path in SOURCES for name, lines in functions(path) if lines > 50]
    long_files = [str(p.relative_to(ROOT)) for p in SOURCES if len(p.read_text().splitlines()) > 350]

    assert (long_functions, long_files) == ([], [])


def test_views_stay_under_20_lines() -> None:
    views = [p for p in SOURCES if p.name == "views.py" or p.parent.name == "views"]
    long_views = [(name, lines) for path in views for name, lines in functions(path) if lines > 25]

    assert long_views == []


def test_no_junk_drawers() -> None:
    junk = {"utils.py", "helpers.py", "services.py", "managers.py", "signals.py", "common.py", "core.py"}

    assert [p.name for p in SOURCES if p.name in junk] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(p.relative_to(ROOT))
        for p in SOURCES
        if p.read_text().strip() and not ast.get_docstring(ast.parse(p.read_text()))
    ]

    assert silent == []


def actions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in SOURCES:
        if "actions" in (path.stem, path.parent.name):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield f"{path.relative_to(ROOT)}:{node.name}", node


# Nobody stands behind these: the clock, the system itself, or a person who is only now becoming somebody.
BY_NOBODY = {
    *("accept_invitation", "account_for", "end_sessions"),
    *("drain", "claim", "post_code", "post_nothing", "post_account_notice", "note_heartbeat"),
    *(
        "ensure_editors_group",
        "ensure_review",
        "publish_due",
        "load_row",
        "load_sources",
        "load_glossary",
        "load_modules",
        "load_exercises",
        "load_templates",
        "load_stages",
    ),
    *("refresh_states", "reconsider", "tell_again", "decided_again", "replay", "plan_reminders"),
    *("make_demo", "make_operator", "make_patients", "carry_on", "carry_on_with", "invite_newcomers"),
}


def test_every_action_is_keyword_only() -> None:
    positional = [name for name, node in actions() if node.args.args]

    assert positional == []


PAGES = [p for p in TEMPLATES if "emails" not in p.parts]  # mail programs need inline styles


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_templates_hold_no_inline_script_style_or_handler(path: Path) -> None:
    text = path.read_text()

    assert (
        re.findall(
            r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style|\sstyle=|\son[a-z]+=", text
        )
        == []
    )


def test_templates_are_short() -> None:
    assert [(p.name, n) for p in TEMPLATES if (n := len(p.read_text().splitlines())) > 150] == []


def test_every_action_says_who_does_it() -> None:
    nobody = {node.name for _name, node in actions() if "by" not in {a.arg for a in node.args.kwonlyargs}}

    assert nobody == BY_NOBODY


@pytest.mark.parametrize("kind", mail.KINDS.values(), ids=lambda kind: kind.name)
def test_every_mail_has_a_subject_a_text_and_a_page(kind: mail.MailKind) -> None:
    parts = [get_template(f"emails/{kind.template}{end}") for end in ("_subject.txt", ".txt", ".html")]

    assert len(parts) == 3


# What happened, who did it, and what was published or planned then.
FACTS = {
    "clinic_accessevent", "clinic_auditevent", "clinic_clinichours", "clinic_consent", "education_beliefrating", "education_checkattempt", "education_clinicstance", "education_moduleversion",
    "education_ownwords", "education_passagequestion",
    "programs_assessment", "programs_exerciseversion", "programs_hourlater", "programs_planitem", "programs_planphase", "programs_planversion", "programs_session",
    "programs_sessionitem", "programs_templateversion", "programs_verdict", "progress_activity", "progress_activityend", "progress_activityrating", "progress_dailycheck", "progress_measuresheet", "progress_policychoice", "progress_screen",
    "progress_screenevent", "progress_seenmark",
}  # fmt: skip
TRIGGERS = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only' AND tgenabled = 'O'"


@pytest.mark.django_db
def test_the_database_guards_every_fact() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS)
        guarded = {table for (table,) in cursor.fetchall()}

    assert guarded == FACTS


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_fact_is_never_changed_or_deleted(change: str) -> None:
    audit.record(by=None, verb="clinic added")
    events = AuditEvent.objects.filter(verb="clinic added")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        events.update(verb="nothing") if change == "update" else events._raw_delete("default")

    assert events.count() == 1


NOT_WORDS = re.compile(
    r"{% comment.*?{% endcomment %}|{#.*?#}|{% blocktrans.*?{% endblocktrans(?:late)? %}|{% block \w*class %}.*?{% endblock %}"
    r"|<script.*?</script>|<style.*?</style>|<!--.*?-->|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
READ_ALOUD = re.compile(r"(?:aria-label|title|alt|placeholder|label)=\"([^\"]*[A-Za-z]{3}[^\"]*)\"")
NAMES = {"Hipwise", "UTC"}


def bare_words(text: str) -> list[str]:
    """Words a reader sees that no translator could change."""
    left = NOT_WORDS.sub(" ", text)
    spoken = READ_ALOUD.findall(left)
    return [
        w
        for w in re.findall(r"[A-Za-z]{3,}", " ".join([re.sub(r"<[^>]*>", " ", left), *spoken]))
        if w not in NAMES
    ]


TRANSLATED = [
    p for p in TEMPLATES if p.name != "500.html" and "layouts" not in p.parts
]  # 500 must need nothing


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_every_word_in_a_template_can_be_translated(path: Path) -> None:
    assert bare_words(path.read_text()) == []


def test_an_untranslated_word_is_noticed() -> None:
    assert bare_words('<p title="Hello there">{% translate "Fine" %} Oops</p>') == ["Oops", "Hello", "there"]
