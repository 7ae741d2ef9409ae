"""What a patient does with a module: reads, answers, tells, asks. States only move forward."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone

from clinic.audit import record
from clinic.models import Patient, User
from education import rules
from education.models import (
    BeliefRating,
    CheckAttempt,
    ModuleVersion,
    OwnWords,
    PassageQuestion,
    ReadingAssignment,
)
from education.queries import beliefs_of, stances_of, with_told
from education.rules import asks


def assign_module(
    *, patient: Patient, version: ModuleVersion, by: User, why: str = "", position: int = 0
) -> ReadingAssignment:
    """Give this version to the patient. Who has the module already keeps the version they were given."""
    open_rows = ReadingAssignment.objects.current().filter(patient=patient, module_id=version.module_id)
    there = open_rows.first()
    if there:
        return there
    try:
        with transaction.atomic():
            row = ReadingAssignment.objects.create(
                patient=patient,
                module_id=version.module_id,
                version=version,
                assigned_by=by,
                why=why,
                position=position,
                stances=stances_of(patient.clinic_id),
            )
            record(by=by, verb="module.assigned", patient=patient, subject=row, version=str(version.pk))
    except IntegrityError:  # somebody else gave it between our look and our write
        return open_rows.get()
    return row


@transaction.atomic
def withdraw_module(*, assignment: ReadingAssignment, by: User) -> ReadingAssignment:
    """Take a module back. What the patient read and answered stays."""
    won = ReadingAssignment.objects.current().filter(pk=assignment.pk)
    if won.update(withdrawn_at=timezone.now(), withdrawn_by=by):
        record(by=by, verb="module.withdrawn", patient=assignment.patient, subject=assignment)
    assignment.refresh_from_db()
    return assignment


@transaction.atomic
def open_module(*, assignment: ReadingAssignment, by: User, now: datetime) -> ReadingAssignment:
    assignment = _locked(assignment)
    _advance(assignment, by=by, now=now)
    return assignment


@transaction.atomic
def see_section(*, assignment: ReadingAssignment, number: int, by: User, now: datetime) -> ReadingAssignment:
    """Note that the patient passed section `number` (from 1). Passing the last one means read."""
    assignment = _locked(assignment)
    total = len(assignment.version.sections)
    assignment.sections_seen = rules.seen_after(seen=assignment.sections_seen, number=number, total=total)
    assignment.save(update_fields=["sections_seen"])
    _advance(assignment, by=by, now=now)
    return assignment


@transaction.atomic
def answer_check(
    *, assignment: ReadingAssignment, check_key: str, option: int, by: User, now: datetime
) -> rules.Verdict:
    """Append one answer and say what it shows. Raises rules.UnknownCheck or rules.UnknownOption."""
    assignment = _locked(assignment)
    verdict = rules.score(rules.find_check(assignment.version.checks, check_key), option)
    attempt = CheckAttempt.objects.create(
        assignment=assignment,
        check_key=check_key,
        option=option,
        is_right=verdict.is_right,
        misconception=verdict.misconception,
        answered_at=now,
    )
    record(by=by, verb="check.answered", patient=assignment.patient, subject=attempt, right=verdict.is_right)
    _advance(assignment, by=by, now=now)
    return verdict


@transaction.atomic
def note_place(
    *, assignment: ReadingAssignment, part: int, paragraph: int, by: User, now: datetime
) -> ReadingAssignment:
    """Keep where the reader got to. Of two devices the one that is further wins; a place that is not there is left out."""
    assignment = _locked(assignment)
    place = (part, paragraph)
    if (assignment.place_part, assignment.place_paragraph) < place <= (len(assignment.version.sections), 99):
        assignment.place_part, assignment.place_paragraph = place
        assignment.save(update_fields=["place_part", "place_paragraph"])
    _advance(assignment, by=by, now=now)
    return assignment


@transaction.atomic
def rate_beliefs(
    *,
    assignment: ReadingAssignment,
    moment: asks.Moment,
    values: Mapping[str, int | None],
    by: User,
    now: datetime,
) -> list[BeliefRating]:
    """Append an answer, or that there was none, for each statement that is asked at this moment; once each."""
    assignment = _locked(assignment)
    rows = [
        BeliefRating(
            assignment=assignment,
            ask_key=belief.key,
            moment=moment,
            value=values.get(belief.key),
            rated_at=now,
        )
        for belief in _beliefs(assignment, now)
        if belief.due is moment
    ]
    BeliefRating.objects.bulk_create(rows)
    if rows:
        answered = sum(row.value is not None for row in rows)
        record(
            by=by,
            verb="belief.rated",
            patient=assignment.patient,
            subject=assignment,
            moment=str(moment),
            answered=answered,
        )
        _advance(assignment, by=by, now=now)
    return rows


def _beliefs(assignment: ReadingAssignment, now: datetime) -> tuple[asks.Belief, ...]:
    told = with_told(ReadingAssignment.objects.select_related("version")).get(pk=assignment.pk)
    zone = assignment.patient.time_zone
    return beliefs_of(told, zone=zone, today=now.astimezone(ZoneInfo(zone)).date())


@transaction.atomic
def tell_in_own_words(
    *, assignment: ReadingAssignment, key: str, text: str, by: User, now: datetime
) -> OwnWords:
    """Append an answer in the reader's own words; the same words again are the same row. Raises asks.UnknownAsk."""
    assignment = _locked(assignment)
    ask = asks.find_ask(assignment.version.asks, key, kind="teach_back")
    newest = assignment.own_words.filter(ask_key=key).last()
    if newest and newest.text == text:
        return newest
    row = OwnWords.objects.create(
        assignment=assignment, ask_key=key, prompt=ask["prompt"], text=text, told_at=now
    )
    record(by=by, verb="own_words.told", patient=assignment.patient, subject=row)
    return row


@transaction.atomic
def ask_about(
    *, assignment: ReadingAssignment, key: str, text: str, by: User, now: datetime
) -> PassageQuestion:
    """Append a question about one part, with the passage; sent twice, it is asked once. Raises asks.UnknownAsk."""
    assignment = _locked(assignment)
    passage = asks.passage(assignment.version.sections, key, stances=assignment.stances or {})
    there = assignment.questions.filter(section_key=key, text=text).first()
    if there:
        return there
    row = PassageQuestion.objects.create(
        patient=assignment.patient,
        assignment=assignment,
        version=assignment.version,
        section_key=key,
        passage=passage,
        text=text,
        asked_at=now,
    )
    record(by=by, verb="question.asked", patient=assignment.patient, subject=row)
    return row


def _locked(assignment: ReadingAssignment) -> ReadingAssignment:
    """The row, held until the end: of two answers at once, the second must see the first."""
    rows = ReadingAssignment.objects.select_related("version", "patient")
    return rows.select_for_update(of=("self",)).get(pk=assignment.pk)


def _advance(assignment: ReadingAssignment, *, by: User, now: datetime) -> None:
    """Set the times of every state that is now reached, and audit each once."""
    version = assignment.version
    reached = []
    if assignment.opened_at is None:
        assignment.opened_at = now
        reached.append("opened")
    if assignment.read_at is None and assignment.sections_seen >= len(version.sections):
        assignment.read_at = now
        reached.append("read")
    if assignment.understood_at is None and assignment.read_at is not None:
        right = assignment.attempts.filter(is_right=True).values_list("check_key", flat=True)
        if rules.is_understood(read=True, checks=version.checks, right=right):
            assignment.understood_at = now
            reached.append("understood")
    if reached:
        assignment.save(update_fields=[f"{state}_at" for state in reached])
    for state in reached:
        record(by=by, verb=f"module.{state}", patient=assignment.patient, subject=assignment)
