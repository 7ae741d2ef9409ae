"""What the pages about reading ask for: current versions, a patient's list, one lesson."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from clinic.models import OutgoingMail, Patient, User
from education import rules
from education.models import (
    BeliefRating,
    CheckAttempt,
    ClinicStance,
    GlossaryTerm,
    Medium,
    ModuleVersion,
    OwnWords,
    PassageQuestion,
    ReadingAssignment,
    Source,
)
from education.models.reviews import may_review
from education.rules import asks, gate
from education.rules.claims import POLICY
from education.rules.parts import Part, put_away
from education.rules.stances import defaults

HEAVY = ("sections", "checks", "sources", "glossary", "note")


def current_versions() -> QuerySet[ModuleVersion]:
    """The newest version of each module that is public now, by code."""
    newest = (
        ModuleVersion.objects.filter(module__live=True).order_by("module_id", "-number").distinct("module_id")
    )
    return (
        ModuleVersion.objects.filter(pk__in=newest.values("pk"))
        .select_related("module")
        .order_by("module__code")
    )


def offered_versions(*, on: date) -> QuerySet[ModuleVersion]:
    """Current versions that may be given to somebody now: not those whose claims nobody has looked at for too long."""
    in_time = Q(review_by__isnull=True) | Q(review_by__gte=POLICY.last_offered(on))
    return current_versions().filter(in_time)


def stances_of(clinic_id: int) -> dict[str, str]:
    """What the clinic says on each topic; the default where it has chosen nothing. One query."""
    newest = (
        ClinicStance.objects.filter(clinic_id=clinic_id).order_by("topic", "-chosen_at").distinct("topic")
    )
    chosen = {row.topic: row.choice for row in newest}
    return {topic: chosen.get(topic, default) for topic, default in defaults().items()}


def stance_history(clinic_id: int) -> list[ClinicStance]:
    """Who chose what when, newest first."""
    return list(ClinicStance.objects.filter(clinic_id=clinic_id).select_related("chosen_by")[:50])


def version(version_id: UUID) -> ModuleVersion | None:
    return ModuleVersion.objects.select_related("module", "reviewed_by").filter(pk=version_id).first()


def readings(patient: Patient) -> QuerySet[ReadingAssignment]:
    """The patient's open assignments, each with the whole of its version."""
    return ReadingAssignment.objects.current().filter(patient=patient).select_related("version")


def reading_list(patient: Patient) -> list[ReadingAssignment]:
    """The patient's open assignments in order, without the long texts but with how many parts and checks."""
    rows = readings(patient).defer(*(f"version__{name}" for name in HEAVY))
    return list(
        rows.annotate(sections_total=_length("sections"), checks_total=_length("checks"), rated=_ratings())
    )


def asked_again(
    rows: Iterable[ReadingAssignment], *, zone: str, today: date
) -> tuple[ReadingAssignment, ...]:
    """Those of a reading list in which a statement is to be rated once more, two weeks on."""
    return tuple(
        row
        for row in rows
        if any(one.due is asks.Moment.LATER for one in beliefs_of(row, zone=zone, today=today))
    )


def _ratings() -> ArraySubquery:
    return _rows(BeliefRating, "rated_at", key="ask_key", moment="moment", value="value", at="rated_at")


def _length(name: str) -> Func:
    return Func(F(f"version__{name}"), function="jsonb_array_length", output_field=IntegerField())


def with_told(readings: QuerySet[ReadingAssignment]) -> QuerySet[ReadingAssignment]:
    """Each with its reader's answers, ratings, own words and questions, oldest first, in the same query."""
    return readings.annotate(
        tried=_rows(
            CheckAttempt,
            "answered_at",
            key="check_key",
            option="option",
            is_right="is_right",
            misconception="misconception",
        ),
        rated=_ratings(),
        told=_rows(OwnWords, "told_at", key="ask_key", prompt="prompt", text="text", at="told_at"),
        asked=_rows(
            PassageQuestion, "asked_at", key="section_key", passage="passage", text="text", at="asked_at"
        ),
    )


def _rows(model: type[Model], order: str, **columns: str) -> ArraySubquery:
    rows = model.objects.filter(assignment=OuterRef("pk")).order_by(order)
    return ArraySubquery(rows.values(json=JSONObject(**columns)))


def lessons(patient: Patient) -> QuerySet[ReadingAssignment]:
    """The patient's open assignments with all that `lesson_for` needs."""
    return with_told(readings(patient).select_related("version__reviewed_by"))


def lesson_for(
    assignment: ReadingAssignment, *, zone: str, now: datetime, is_closed: bool = False
) -> rules.Lesson:
    """The frozen version with what this patient did with it so far, as `with_told` found it.

    While their program is closed, reading goes on without what a module asks them to do.
    """
    shown = assignment.version
    return rules.lesson(
        sections=put_away(shown.sections) if is_closed else shown.sections,
        checks=shown.checks,
        sources=shown.sources,
        state=assignment.state,
        seen=assignment.sections_seen,
        answers={row["key"]: row["option"] for row in assignment.tried},
        solved={row["key"] for row in assignment.tried if row["is_right"]},
        stances=assignment.stances,
        glossary=shown.glossary,
        asked=[asks.Asked(key=row["key"], text=row["text"], on=_day(row, zone)) for row in assignment.asked],
        beliefs=beliefs_of(assignment, zone=zone, today=now.astimezone(ZoneInfo(zone)).date()),
        told=told_of(assignment),
    )


def beliefs_of(assignment: ReadingAssignment, *, zone: str, today: date) -> tuple[asks.Belief, ...]:
    """What its reader said of each statement, and when it is asked next; needs `rated`."""
    ratings = [
        asks.Rating(key=row["key"], moment=row["moment"], value=row["value"], on=_day(row, zone))
        for row in assignment.rated
    ]
    return asks.beliefs(
        assignment.version.asks,
        ratings,
        passed=assignment.sections_seen,
        is_read=assignment.read_at is not None,
        today=today,
    )


def told_of(assignment: ReadingAssignment) -> tuple[asks.Told, ...]:
    """What its reader told in own words, the newest of each; needs `with_told`."""
    return asks.told(assignment.version.asks, {row["key"]: row["text"] for row in assignment.told})


def _day(row: Mapping[str, str], zone: str) -> date:
    return datetime.fromisoformat(row["at"]).astimezone(ZoneInfo(zone)).date()


def lesson_of(shown: ModuleVersion, *, stances: Mapping[str, str] | None = None) -> rules.Lesson:
    """The version as nobody has read it yet: what staff look at, in the voice of their clinic."""
    return rules.lesson(
        sections=shown.sections,
        checks=shown.checks,
        sources=shown.sources,
        stances=stances,
        glossary=shown.glossary,
        **asks.untouched(shown.asks),
    )


def gate_look(
    *,
    minutes: int | None,
    sections: Sequence[Part],
    checks: Sequence[Part],
    asks: Sequence[Part],
    reason: str = "",
) -> gate.Look:
    """What the publish gate makes of a module today; two queries."""
    terms = [term.frozen for term in GlossaryTerm.objects.all()]
    return gate.look(
        minutes=minutes,
        sections=sections,
        checks=checks,
        asks=asks,
        known_sources=Source.objects.values_list("pk", flat=True),
        explained=[form for term in terms for form in (term["term"], *term["forms"])],
        on=timezone.localdate(),
        reason=reason,
    )


def review_asked_still_wanted(row: OutgoingMail, now: datetime) -> str:
    """Nothing while the review waits for this person, else why not any more."""
    step = _step(row)
    if step is None or step.status != TaskState.STATUS_IN_PROGRESS:
        return "already decided"
    reader = User.objects.get(pk=row.context["user"])
    return "" if may_review(step.workflow_state.content_object, reader) else "not a reviewer any more"


def review_decided_still_wanted(row: OutgoingMail, now: datetime) -> str:
    return "" if _step(row) else "gone"


def desk_mail(row: OutgoingMail) -> dict[str, object]:
    """A way to the desk, and nothing about what is written there."""
    return {"link": settings.SITE_URL + reverse("wagtailadmin_home")}


def _step(row: OutgoingMail) -> TaskState | None:
    return TaskState.objects.select_related("workflow_state").filter(pk=row.context["step"]).first()


def medium(key: str, ext: str) -> Medium | None:
    """The row behind an address: under the ending of its file, or of the captions of a video."""
    found = Medium.objects.filter(pk=key).first()
    endings = {found.ext, *(["vtt"] if found.captions else [])} if found else set()
    return found if ext in endings else None


def picture_in_module(part: Mapping[str, Any]) -> dict[str, Any]:
    """What a module keeps of the medium that it shows; the module's own words about it win."""
    found = Medium.objects.filter(pk=part["medium"]).first()
    if found is None:
        return {"medium": ""}
    own = {name: part[name] for name in ("alt", "caption") if part[name]}
    return {**found.frozen, **own}
