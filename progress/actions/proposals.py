"""Make proposals from what was logged, and let a clinician decide. Nothing but `sign_off` carries one out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from clinic import audit
from clinic.models import Clinic, User
from programs.actions import revise_plan
from programs.models import Plan, PlanPhase, PlanVersion
from programs.queries import phases_with_items
from programs.rules.plans import ItemDraft, PhaseDraft
from progress.models import PlanWatch, Proposal
from progress.queries.progression import Case, cases_for, stale_plans
from progress.rules.progression import Evidence, Move, Outcome, Proposed, propose
from progress.rules.progression.codec import from_json, to_json
from progress.rules.progression.policy import from_mapping

BATCH = 100
ASKED_AGAIN_AFTER = timedelta(days=7)
Closing = Proposal.Closing


class AlreadyDecided(Exception):
    """Somebody else decided first. `proposal` says who and what."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(f"proposal {proposal.pk} is {proposal.closing}")
        self.proposal = proposal


class ReasonNeeded(ValueError):
    """Refusing, and going on after an urgent answer, need a reason."""


class NothingToCarryOut(ValueError):
    """The moves do not fit the plan: an exercise or phase they name is not in it."""


def reconsider(*, plans: QuerySet[Plan] | None = None, now: datetime) -> int:
    """Look again at the open plans that are due for it, of these or of all; answers how many.

    No `by`: the rules speak here, and change nothing but what is proposed.
    """
    due = stale_plans(now)
    if plans is not None:
        due = due.filter(pk__in=plans.values("pk"))
    by_clinic: dict[Any, list[Any]] = {}
    for clinic_id, plan_id in due.order_by("patient__clinic", "pk").values_list("patient__clinic", "pk"):
        by_clinic.setdefault(clinic_id, []).append(plan_id)
    clinics = Clinic.objects.in_bulk(by_clinic)
    for clinic_id, ids in by_clinic.items():
        for start in range(0, len(ids), BATCH):
            batch = Plan.objects.filter(pk__in=ids[start : start + BATCH])
            for case in cases_for(batch, clinic=clinics[clinic_id], now=now):
                _consider(case, now)
    return sum(map(len, by_clinic.values()))


def decided_again(*, proposal: Proposal) -> Proposed:
    """Decide once more from what was stored alone."""
    return propose(from_json(Evidence, proposal.evidence), from_mapping(proposal.policy))


@dataclass(frozen=True)
class Replayed:
    """How many were decided again, and which came out otherwise."""

    seen: int
    differing: tuple[UUID, ...]


def replay(*, limit: int) -> Replayed:
    """Decide the newest proposals again; writes nothing."""
    rows = list(Proposal.objects.order_by("-made_at")[:limit])
    return Replayed(
        len(rows), tuple(row.pk for row in rows if to_json(decided_again(proposal=row)) != row.answer)
    )


@transaction.atomic
def _consider(case: Case, now: datetime) -> None:
    """One at a time per plan. The watch keeps the version that was read, so that a write in between is seen next time."""
    if not Plan.objects.select_for_update(no_key=True).filter(pk=case.plan.pk, ended_at=None).exists():
        return
    made = propose(case.evidence, case.policy)
    waiting = case.plan.proposals.filter(closed_at=None).first()
    if not _says_the_same(waiting, made, case) and not _was_just_answered(case, made, now):
        _take_the_place_of(waiting, made, case, now)
    PlanWatch.objects.update_or_create(
        plan=case.plan, defaults={"facts_version": case.facts_version, "as_of": case.evidence.today}
    )


def _says_the_same(known: Proposal | None, made: Proposed, case: Case) -> bool:
    return (
        known is not None
        and known.plan_version_id == case.version.pk
        and known.policy_version == case.policy.version
        and (known.outcome, known.reasons) == (made.outcome, list(made.reasons))
        and known.answer["moves"] == to_json(made.moves)
    )


def _was_just_answered(case: Case, made: Proposed, now: datetime) -> bool:
    """A clinician who has just decided on the very same is not asked again for a week. Urgent ones always ask."""
    if made.outcome is Outcome.URGENT or not made.asks:
        return False
    last = case.plan.proposals.filter(decided_at__gt=now - ASKED_AGAIN_AFTER).order_by("-decided_at").first()
    return last is not None and (last.outcome, last.reasons) == (made.outcome, list(made.reasons))


def _take_the_place_of(old: Proposal | None, made: Proposed, case: Case, now: datetime) -> None:
    if old:
        Proposal.objects.filter(pk=old.pk).update(closed_at=now, closing=Closing.REPLACED)
    row = Proposal.objects.create(
        plan=case.plan, patient=case.plan.patient, plan_version=case.version, outcome=made.outcome,
        reasons=list(made.reasons), answer=to_json(made), evidence=to_json(case.evidence),
        policy=case.policy.as_mapping(), policy_version=case.policy.version, made_at=now,
    )  # fmt: skip
    audit.record(
        by=None, verb="proposal.made", patient=case.plan.patient, subject=row, outcome=made.outcome.value,
        policy=case.policy.version,
    )  # fmt: skip


def sign_off(
    *,
    proposal: Proposal,
    verdict: str,
    reason: str = "",
    moves: Sequence[Move] = (),
    from_on: date,
    by: User,
    now: datetime,
) -> Proposal:
    """Approve, edit or refuse. `moves` are what is to be done if the verdict is `edited`.

    Of two who decide at once one wins; the other gets AlreadyDecided, with who and what. Also raises what
    `revise_plan` raises.
    """
    if verdict not in (Closing.APPROVED, Closing.EDITED, Closing.REFUSED):
        raise ValueError(f"no such verdict: {verdict}")
    if not reason and (verdict == Closing.REFUSED or proposal.outcome == Outcome.URGENT):
        raise ReasonNeeded
    with transaction.atomic():
        # The plan's lock comes first, as in `revise_plan` and `reconsider`, so that nobody waits in a circle.
        Plan.objects.select_for_update(no_key=True).get(pk=proposal.plan_id)
        row = Proposal.objects.select_related("plan__patient", "plan_version").get(pk=proposal.pk)
        if not row.is_open:
            raise AlreadyDecided(_with_names(row))
        wanted = _moves(row, verdict, moves)
        version = _carry_out(row, wanted, from_on=from_on, by=by) if wanted else None
        Proposal.objects.filter(pk=row.pk).update(
            closed_at=now, closing=verdict, decided_at=now, decided_by=by, reason=reason,
            carried_out=to_json(wanted), new_version=version,
        )  # fmt: skip
        audit.record(
            by=by, verb=f"proposal.{verdict}", patient=row.plan.patient, subject=row, outcome=row.outcome,
            version=version.number if version else None,
        )  # fmt: skip
    row.refresh_from_db()
    return row


def _with_names(row: Proposal) -> Proposal:
    return Proposal.objects.select_related("decided_by").get(pk=row.pk)


def _moves(row: Proposal, verdict: str, edited: Sequence[Move]) -> tuple[Move, ...]:
    if verdict == Closing.REFUSED:
        return ()
    if verdict == Closing.EDITED:
        return tuple(edited)
    return from_json(Proposed, row.answer).moves


def _carry_out(row: Proposal, moves: Sequence[Move], *, from_on: date, by: User) -> PlanVersion:
    version = row.plan_version
    phases = list(phases_with_items(version))
    to_phase = next((move.to_phase for move in moves if move.to_phase is not None), version.phase_position)
    by_item = {move.item: move for move in moves if move.item}
    present = {str(item.pk) for phase in phases for item in phase.items.all()}
    if not by_item.keys() <= present or to_phase not in {phase.position for phase in phases}:
        raise NothingToCarryOut
    return revise_plan(
        plan=row.plan,
        seen_version=version.number,
        phases=[_phase(phase, by_item) for phase in phases],
        phase_position=to_phase,
        from_on=from_on,
        note=version.note,
        by=by,
    )


def _phase(phase: PlanPhase, by_item: dict[str, Move]) -> PhaseDraft:
    items = tuple(_item(item, by_item.get(str(item.pk))) for item in phase.items.all())
    return PhaseDraft(key=phase.key, name=phase.name, advice=phase.advice, items=items)


def _item(item: Any, move: Move | None) -> ItemDraft:
    """The item as it is, or with its new dose. Another exercise keeps the days, the side and the reason."""
    draft = ItemDraft(
        exercise_version_id=item.exercise_version_id, dose=item.dose, weekdays=tuple(item.weekdays), why=item.why,
        goal=item.goal, despite=item.despite,
    )  # fmt: skip
    if move is None or move.after is None:
        return draft
    if not move.to_version:
        return replace(draft, dose=move.after)
    side = item.dose.side if move.after.side == "one" else move.after.side
    return replace(
        draft, exercise_version_id=move.to_version, despite="", dose=replace(move.after, side=side)
    )
