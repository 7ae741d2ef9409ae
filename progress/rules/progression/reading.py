"""From evidence to the inputs of one decision: for the strength exercises, and for the runs beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from progress.rules.progression.decide import LOOKED_AT, Inputs
from progress.rules.progression.evidence import Done, Evidence, Logged, Morning, Prescribed
from progress.rules.progression.lights import Light, Reading, SessionPain, reading, reference_for
from progress.rules.progression.measures import adherence, improved, weekly_mean, weekly_trend
from progress.rules.progression.policy import Policy
from progress.rules.red_flags import Level

WEEK, FORTNIGHT, MONTH = timedelta(days=7), timedelta(days=14), timedelta(days=28)
CANNOT_WAIT = (Level.EMERGENCY, Level.SAME_DAY)
NERVE_PLACES, GROIN_PLACES = {"skin"}, {"groin"}


class Track(StrEnum):
    """What moves on its own: the exercises, or the walk-run table."""

    STRENGTH = "strength"
    RUN = "run"


@dataclass(frozen=True)
class Seen:
    """A session with its light."""

    session: Logged
    reading: Reading


def tracks_of(evidence: Evidence) -> tuple[Track, ...]:
    """The walk-run table is a track of its own where the plan has one."""
    has_run = any(exercise.is_run for exercise in evidence.exercises)
    has_others = any(not exercise.is_run for exercise in evidence.exercises)
    return tuple(track for track, is_there in ((Track.RUN, has_run), (Track.STRENGTH, has_others)) if is_there)  # fmt: skip


def seen_sessions(evidence: Evidence, policy: Policy) -> tuple[Seen, ...]:
    mornings = {morning.on: morning.pain for morning in evidence.mornings if morning.pain is not None}
    return tuple(Seen(session, _reading(session, mornings, policy)) for session in evidence.sessions)


def of_track(seen: Iterable[Seen], track: Track) -> tuple[Seen, ...]:
    if track is Track.RUN:
        return tuple(one for one in seen if one.session.has_run)
    return tuple(one for one in seen if one.session.has_exercises)


def inputs_of(evidence: Evidence, track: Track, policy: Policy) -> Inputs:
    """Everything clinical.md 4.2 asks for, of one track."""
    everything = seen_sessions(evidence, policy)
    seen = of_track(everything, track)
    telling = [one for one in seen if _tells(one)]
    loaded = [one for one in seen if one.session.shows_the_load]
    is_run, today = track is Track.RUN, evidence.today
    since = evidence.run_since if is_run else evidence.doses_since
    return Inputs(
        lights=tuple(one.reading.light for one in telling[-LOOKED_AT:]),
        unsaid=frozenset(name for one in telling[-LOOKED_AT:] for name in one.reading.unsaid),
        adherence=_adherence(evidence, first=max(today - FORTNIGHT + timedelta(days=1), evidence.phase_since)),
        low_adherence_14d=_is_low(evidence, policy),
        rpe_last2=tuple(one.session.effort for one in loaded[-2:]),
        rpe_target_hi=policy.run_effort_target if is_run else policy.strength_effort_target,
        at_top_of_dose=_at_top(seen, evidence, track),
        sessions_at_level=sum(one.session.on >= since for one in loaded),
        days_at_level=(today - since).days,
        min_sessions=policy.run_sessions if is_run else policy.strength_sessions,
        min_days=policy.run_days if is_run else policy.strength_days,
        weekly_trend=weekly_trend(_week(evidence, today), _week(evidence, today - WEEK)),
        gap_days=(today - max((one.session.on for one in seen), default=evidence.started_on)).days,
        days_since_start=(today - evidence.started_on).days,
        # A template's longest time is for all its phases.
        days_in_phase=(today - evidence.started_on).days,
        phase_max_days=evidence.phase_max_days,
        red_14d=sum(
            one.reading.light is Light.RED and one.session.on > today - FORTNIGHT for one in everything
        ),
        stepbacks_28d=sum(on > today - MONTH for on in evidence.step_backs_on),
        days_since_step_back=min(((today - on).days for on in evidence.step_backs_on), default=None),
        days_since_review=None if evidence.reviewed_at is None else (today - evidence.reviewed_at.date()).days,
        max_pain_7d=_worst(evidence),
        improved_mcid=_improved(evidence, policy),
        red_flag=_red_flag(evidence, policy),
        sign_to_look_at=_sign_to_look_at(evidence),
        new_nerve=_place(evidence, NERVE_PLACES, policy),
        groin_pain=_place(evidence, GROIN_PLACES, policy),
        night_pain_nights_7d=evidence.night_pain_nights_7d,
    )  # fmt: skip


def _tells(one: Seen) -> bool:
    """A session at the planned load tells by its light; a lighter one only when even that was too much."""
    return one.session.shows_the_load or one.reading.light not in (Light.GREEN, Light.UNKNOWN)


def last_entry(evidence: Evidence, exercise: Prescribed) -> Done | None:
    """What was said of an exercise when it was last done as it is dosed now."""
    since = evidence.run_since if exercise.is_run else evidence.doses_since
    entries = (
        entry
        for session in reversed(evidence.sessions)
        if session.on >= since and not session.short
        for entry in session.done
        if entry.code == exercise.code
    )
    return next(entries, None)


def morning_mean(evidence: Evidence, last: date) -> float | None:
    return weekly_mean(_week(evidence, last))


def first_mean(evidence: Evidence) -> float | None:
    """The mean of the plan's first week."""
    return weekly_mean(_week(evidence, evidence.started_on + timedelta(days=6)))


def _reading(session: Logged, mornings: dict[date, int], policy: Policy) -> Reading:
    before = [mornings[on] for on in _days_up_to(session.on - timedelta(days=1)) if on in mornings]
    pain = SessionPain(
        profile=session.profile,
        during=session.during,
        after=session.after,
        next_morning=mornings.get(session.on + timedelta(days=1)),
        reference=reference_for(
            same_morning=mornings.get(session.on), mornings_before=before, pre=session.pre
        ),
        pre=session.pre,
        stopped=session.stopped,
    )
    found = reading(pain, policy)
    if session.is_late and found.light is not Light.RED:  # memory of pain fades (S76)
        return Reading(Light.UNKNOWN, (*found.unsaid, "late"))
    return found


def _days_up_to(last: date) -> list[date]:
    return [last - timedelta(days=n) for n in range(7)]


def _week(evidence: Evidence, last: date) -> list[int | None]:
    pain = {morning.on: morning.pain for morning in evidence.mornings}
    return [pain.get(on) for on in _days_up_to(last)]


def _share(session: Logged) -> float:
    """How much of what was asked was done. A part of it, of which nobody said how much, counts half.

    A short version that was done is a day kept (PROG-9): it keeps adherence, and is no evidence for more.
    """
    if session.short and session.outcome == "done":
        return 1.0
    said = [entry.share for entry in session.done if entry.share is not None]
    if said:
        return sum(said) / len(session.done)
    return 1.0 if session.outcome == "done" else 0.5


def _adherence(evidence: Evidence, *, first: date) -> float | None:
    """Days without a word count as not known to be done; today counts once something was said of it."""
    within = [session for session in evidence.sessions if first <= session.on <= evidence.today]
    said = {session.on for session in within}
    due = [
        on for on in evidence.planned if first <= on <= evidence.today and (on < evidence.today or on in said)
    ]
    best = {on: max(_share(session) for session in within if session.on == on) for on in said}
    return adherence(best.values(), len(due))


def _is_low(evidence: Evidence, policy: Policy) -> bool:
    """Needs a full fortnight of the plan."""
    first = evidence.today - FORTNIGHT
    whole = _adherence(evidence, first=first + timedelta(days=1))
    return evidence.started_on <= first and whole is not None and whole < policy.review_adherence_percent


def _at_top(seen: Sequence[Seen], evidence: Evidence, track: Track) -> bool | None:
    """Whether any exercise is ready for more: its last session was whole. A run is its own dose."""
    if not seen:
        return None
    last = seen[-1].session
    if last.short:
        return False
    if track is Track.RUN:
        return last.outcome == "done"
    stepped = [e for e in evidence.exercises if e.has_steps and not e.is_run]
    entries = [last_entry(evidence, exercise) for exercise in stepped]
    found = [None if entry is None else entry.is_whole for entry in entries]
    if True in found:
        return True
    return None if None in found or not found else False


def _worst(evidence: Evidence) -> int | None:
    first = evidence.today - WEEK
    mornings = [m.pain for m in evidence.mornings if m.on > first]
    sessions = [pain for s in evidence.sessions if s.on > first for pain in (s.during, s.after)]
    return max((pain for pain in (*mornings, *sessions) if pain is not None), default=None)


def _improved(evidence: Evidence, policy: Policy) -> bool | None:
    return improved(
        pain_start=first_mean(evidence),
        pain_now=morning_mean(evidence, evidence.today),
        psfs_start=evidence.psfs_start,
        psfs_now=evidence.psfs_now,
        groc=evidence.groc,
        policy=policy,
    )


def _red_flag(evidence: Evidence, policy: Policy) -> bool | None:
    """A "yes" stands until a clinician clears it; a "no" holds for a week (clinical.md 6.1 asks weekly)."""
    if evidence.warnings or any(flag.level in CANNOT_WAIT for flag in evidence.flags):
        return True
    answered = [morning.on for morning in evidence.mornings if morning.warning is False]
    answered += [evidence.screened_clear_on] if evidence.screened_clear_on else []
    fresh = evidence.today - timedelta(days=policy.warning_answer_days)
    return False if answered and max(answered) > fresh else None


def _sign_to_look_at(evidence: Evidence) -> bool:
    """An answer that a clinician is to see within two working days, and has not cleared."""
    return any(flag.level not in CANNOT_WAIT for flag in evidence.flags)


def _is_new(morning: Morning, evidence: Evidence) -> bool:
    """Said under this plan, and no clinician has looked since."""
    if evidence.reviewed_at is None or morning.received_at is None:
        return morning.on >= evidence.started_on
    return morning.received_at > evidence.reviewed_at


def _place(evidence: Evidence, places: set[str], policy: Policy) -> bool | None:
    """Whether it hurts there and no clinician has looked since; None when no place was said for too long."""
    if any(
        places & set(morning.places or ()) and _is_new(morning, evidence) for morning in evidence.mornings
    ):
        return True
    first = evidence.today - timedelta(days=policy.place_answer_days)
    recent = [morning for morning in evidence.mornings if morning.on > first]
    is_known = any(morning.places is not None or morning.pain == 0 for morning in recent)
    return False if is_known else None
