"""Two things at once, with real threads and real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from clinic.models import AuditEvent, User
from education.actions import (
    AlreadyDecided,
    answer_check,
    approve,
    ask_for_review,
    assign_module,
    freeze_module,
    see_section,
)
from education.models import Module, ModuleVersion, ReadingAssignment
from tests.education import desk
from tests.factories import give_reading, make_clinic, make_member, make_module_version, make_patient

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs: Callable[[], object]) -> list[object]:
    start = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        try:
            start.wait(timeout=10)
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_the_last_part_and_the_last_answer_at_once_still_mean_understood():
    patient = make_patient(make_clinic())
    by = patient.user
    for _ in range(10):
        reading = give_reading(patient)

        def read(reading: ReadingAssignment = reading) -> object:
            return see_section(assignment=reading, number=2, by=by, now=timezone.now())

        def answer(reading: ReadingAssignment = reading) -> object:
            return answer_check(assignment=reading, check_key="q1", option=1, by=by, now=timezone.now())

        at_once(read, answer)

        assert str(ReadingAssignment.objects.get(pk=reading.pk).state) == "understood"
        assert AuditEvent.objects.filter(verb="module.understood", subject__endswith=reading.pk).count() == 1


def test_ten_clinicians_at_once_give_a_module_once():
    clinic = make_clinic()
    patient, version, clinician = make_patient(clinic), make_module_version(), make_member(clinic)

    given = at_once(*[lambda: assign_module(patient=patient, version=version, by=clinician)] * 10)

    assert {row.pk for row in given} == {ReadingAssignment.objects.get(patient=patient).pk}
    assert AuditEvent.objects.filter(verb="module.assigned").count() == 1


def test_ten_publishers_at_once_make_one_version():
    version = make_module_version()
    module = version.module
    module.sections = [("text", {"key": "t1", "text": "Words."})]
    module.save()

    frozen = at_once(*[lambda: freeze_module(module=module, by=None)] * 10)

    assert {row.pk for row in frozen} == {ModuleVersion.objects.get(module=module, number=2).pk}


def test_two_reviewers_who_approve_at_once_make_one_version():
    module, author = desk.make_module(), desk.make_editor()
    reviewers = [desk.make_editor(), desk.make_editor()]
    module.title = "New words"
    module.save_revision(user=author)
    step = ask_for_review(row=module, by=author)

    def decide(by: User) -> object:
        try:
            return approve(row=Module.objects.get(pk=module.pk), step_id=step.pk, by=by)
        except AlreadyDecided as late:
            return late

    answers = at_once(*[partial(decide, by) for by in reviewers])

    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyDecided", "TaskState"]
    assert ModuleVersion.objects.filter(module=module, title="New words").count() == 1
