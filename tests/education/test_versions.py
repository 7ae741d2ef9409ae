"""A frozen version stays what it was, in the database itself."""

import pytest
from django.db import DatabaseError, transaction

from education.actions import NotFit, freeze_module
from education.models import CheckAttempt, Module, ModuleVersion
from education.queries import current_versions
from tests.factories import make_module_version

pytestmark = pytest.mark.django_db


def refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def test_a_published_version_cannot_be_changed():
    version = make_module_version()
    assert refused(lambda: ModuleVersion.objects.filter(pk=version.pk).update(title="Other words"))


def test_a_published_version_cannot_be_deleted():
    version = make_module_version()
    assert refused(version.delete)


def test_an_answer_cannot_be_changed(reading):
    attempt = CheckAttempt.objects.create(assignment=reading, check_key="q1", option=0, is_right=False)
    assert refused(lambda: CheckAttempt.objects.filter(pk=attempt.pk).update(is_right=True))


def draft(**fields: object) -> Module:
    sections = [("text", {"key": "t1", "text": "Words."})]
    values = {
        "code": "T1",
        "slug": "t1",
        "title": "T",
        "goal": "Say one thing.",
        "minutes": 3,
        "sections": sections,
    }
    return Module.objects.create(**{**values, **fields})


def test_freezing_the_same_words_again_gives_the_version_that_is_there():
    module = draft()
    assert freeze_module(module=module, by=None) == freeze_module(module=module, by=None)


def test_freezing_new_words_gives_the_next_number():
    module = draft()
    first = freeze_module(module=module, by=None)
    module.title = "New words"

    second = freeze_module(module=module, by=None)

    assert (first.number, first.title, second.number, second.title) == (1, "T", 2, "New words")


def test_what_would_confuse_a_reader_is_not_frozen():
    module = draft(sections=[("text", {"key": "t1", "text": "A."}), ("text", {"key": "t1", "text": "B."})])
    with pytest.raises(NotFit):
        freeze_module(module=module, by=None)


def test_the_choice_is_the_newest_version_of_what_is_public():
    old = make_module_version()
    new = make_module_version(module=old.module, number=2)
    hidden = make_module_version()
    Module.objects.filter(pk=hidden.module_id).update(live=False)

    assert list(current_versions()) == [new]
