"""What the assessments of one patient say for and against what may be put into their plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clinic.models import Patient
from education.queries import stances_of
from programs.models import Assessment, ExerciseVersion
from programs.queries.assessments import Known, known_of
from programs.rules import assessment as rules


@dataclass(frozen=True, kw_only=True)
class Advice:
    """A proposal with all it stands on. `home` is the kit at home, None when nobody asked; `goals` in their words."""

    newest: Assessment
    confirmed: tuple[rules.Finding, ...]
    proposal: rules.Proposal
    safety: rules.Safety
    home: frozenset[str] | None
    goals: tuple[str, ...]
    kit: Mapping[str, str]
    look_again: bool

    @property
    def is_open(self) -> bool:
        """Findings are there, and the clinician has confirmed none of them yet."""
        return not self.confirmed and any(finding.points for finding in rules.findings(self.newest.answers))

    def because(self, code: str) -> rules.Because:
        return rules.because(code, self.confirmed)

    def guards(self, code: str) -> tuple[rules.Guard, ...]:
        return rules.guards(code, self.safety)

    def lacking(self, code: str) -> tuple[str, ...]:
        return rules.lacking(code, self.kit.get(code, ""), self.home)

    def lay_out(self, codes: Sequence[str], *, is_first: bool) -> rules.Laid:
        return rules.lay_out(
            codes, proposal=self.proposal, confirmed=self.confirmed, safety=self.safety, kit=self.kit,
            home=self.home, is_first=is_first,
        )  # fmt: skip


def advice_for(patient: Patient, *, exercises: Mapping[UUID, ExerciseVersion], on: date) -> Advice | None:
    """None before the first assessment. One query then, three after it."""
    known = known_of(patient)
    if known.newest is None:
        return None
    answers, confirmed = known.answers, confirmed_findings(known)
    safety = rules.safety(answers, known.answered_on)
    kit = rules.value_of(answers, "kit")
    return Advice(
        newest=known.newest, confirmed=confirmed, safety=safety, look_again=safety.look_again(on=on),
        proposal=rules.recommend(confirmed, answers=answers, safety=safety, stances=stances_of(patient.clinic_id)),
        home=None if kit is None else frozenset(kit), goals=tuple(goal["words"] for goal in rules.goals(answers)),
        kit={exercise.code: exercise.content["kit"] for exercise in exercises.values()},
    )  # fmt: skip


def confirmed_findings(known: Known) -> tuple[rules.Finding, ...]:
    """Each confirmed contributor with the evidence of the assessment it was confirmed in, most to go on first."""
    about = {key: row for key, (answer, row) in known.verdicts.items() if answer == "confirmed"}
    found = [
        finding for key, row in about.items() for finding in rules.findings(row.answers) if finding.key == key
    ]
    return tuple(sorted(found, key=lambda finding: (-finding.points, rules.ORDER[finding.key])))


def refused_now(patient: Patient) -> rules.Safety:
    """What stands against exercises for this patient, from the newest answer of each question."""
    known = known_of(patient)
    return rules.safety(known.answers, known.answered_on)
