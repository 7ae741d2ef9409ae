"""What the pages about reading ask for: current versions, a patient's list, one lesson."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, Func, IntegerField, Q, QuerySet
from django.utils import timezone

from clinic.models import Patient
from education import rules
from education.models import ClinicStance, GlossaryTerm, ModuleVersion, ReadingAssignment, Source
from education.rules import gate
from education.rules.claims import POLICY
from education.rules.parts import Part
from education.rules.stances import defaults

HEAVY = ("sections", "checks", "sources", "note")


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
    return ModuleVersion.objects.select_related("module").filter(pk=version_id).first()


def readings(patient: Patient) -> QuerySet[ReadingAssignment]:
    """The patient's open assignments, each with the whole of its version."""
    return ReadingAssignment.objects.current().filter(patient=patient).select_related("version")


def reading_list(patient: Patient) -> list[ReadingAssignment]:
    """The patient's open assignments in order, without the long texts but with how many parts and checks."""
    rows = readings(patient).defer(*(f"version__{name}" for name in HEAVY))
    return list(rows.annotate(sections_total=_length("sections"), checks_total=_length("checks")))


def _length(name: str) -> Func:
    return Func(F(f"version__{name}"), function="jsonb_array_length", output_field=IntegerField())


def lesson_for(assignment: ReadingAssignment) -> rules.Lesson:
    """The frozen version with what this patient did with it. One query."""
    attempts = list(
        assignment.attempts.order_by("answered_at").values_list("check_key", "option", "is_right")
    )
    return rules.lesson(
        sections=assignment.version.sections,
        checks=assignment.version.checks,
        sources=assignment.version.sources,
        state=assignment.state,
        seen=assignment.sections_seen,
        answers={key: option for key, option, _ in attempts},
        solved={key for key, _, is_right in attempts if is_right},
        stances=assignment.stances,
        glossary=assignment.version.glossary,
    )


def lesson_of(shown: ModuleVersion, *, stances: Mapping[str, str] | None = None) -> rules.Lesson:
    """The version as nobody has read it yet: what staff look at, in the voice of their clinic."""
    return rules.lesson(
        sections=shown.sections,
        checks=shown.checks,
        sources=shown.sources,
        stances=stances,
        glossary=shown.glossary,
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
