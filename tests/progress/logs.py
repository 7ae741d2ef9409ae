"""Plans and logs as evidence, day by day, and random ones for property tests."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from programs.rules.dose import Dose, Unit
from progress.rules.progression.evidence import Done, Edge, Evidence, Logged, Morning, PhaseStep, Prescribed
from progress.rules.progression.runs import Stage

TODAY = date(2026, 3, 10)
START = TODAY - timedelta(days=20)
STAGES = tuple(
    Stage(key=f"R{n}", repeats=5, walk_minutes=max(0, 5 - n), run_minutes=n, note="") for n in range(1, 6)
)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def dose(sets: int = 3, amount: int = 12, **parts: object) -> Dose:
    return Dose(**{"sets_low": sets, "sets_high": sets, "amount_low": amount, "amount_high": amount,
                   "unit": Unit.REPS, **parts})  # fmt: skip


def prescribed(code: str = "SL_ABD", **parts: object) -> Prescribed:
    """Side-lying hip abduction at 3 × 12, as its ladder has it."""
    known = {
        "item": f"item-{code}", "code": code, "name": code, "family": "hip abduction", "profile": "strength", "dose": dose(),
        "usual": dose(amount=12, amount_low=10), "ladder": ("2 × 8", "3 × 12", "+0.5–1 kg 3 × 8", "+0.5–1 kg 3 × 12"),
    }  # fmt: skip
    return Prescribed(**known | parts)


def run(stage: str = "R2") -> Prescribed:
    return prescribed("WALK_RUN", family="impact", profile="impact", ladder=(),
                      dose=dose(1, 25, unit=Unit.MINUTES, load_note=f"Stage {stage}"))  # fmt: skip


def edge(code: str, profile: str = "strength", ladder: tuple[str, ...] = ()) -> Edge:
    return Edge(code=code, name=code, version=f"v-{code}", profile=profile, usual=dose(3, 8), ladder=ladder)


def did(exercise: Prescribed, **parts: object) -> Done:
    """The whole dose."""
    known = {
        "code": exercise.code, "item": exercise.item, "profile": exercise.profile, "sets_done": exercise.dose.sets_high,
        "amount_done": exercise.dose.amount_high, "sets_asked": exercise.dose.sets_low,
        "sets_asked_high": exercise.dose.sets_high, "amount_asked_high": exercise.dose.amount_high,
    }  # fmt: skip
    return Done(**known | parts)


def session(on: date, *exercises: Prescribed, **parts: object) -> Logged:
    known = {
        "id": str(on),
        "on": on,
        "outcome": "done",
        "during": 2,
        "after": 0,
        "stopped": False,
        "effort": 5,
    }
    done = tuple(did(exercise) for exercise in exercises or [prescribed()])
    return Logged(**known | {"done": done} | parts)


def morning(on: date, pain: int | None = 2, **parts: object) -> Morning:
    at = datetime(on.year, on.month, on.day, 7, tzinfo=UTC)
    return Morning(
        **{"on": on, "pain": pain, "warning": False, "places": ("outer_knee",), "received_at": at} | parts
    )


def good_log(*exercises: Prescribed, **parts: object) -> Evidence:
    """Three weeks of a calm strength plan, all done and all said: it advances."""
    given = exercises or (prescribed(),)
    days = tuple(ago(n) for n in range(19, 0, -1) if n % 2)
    known = {
        "today": TODAY, "plan": "plan", "plan_version": 1, "started_on": START, "phase_position": 1,
        "phases": (PhaseStep(position=1, name="Build"), PhaseStep(position=2, name="Load")), "phase_since": START,
        "doses_since": ago(10), "run_since": ago(10), "exercises": given, "stages": STAGES, "planned": days,
        "sessions": tuple(session(on, *given) for on in days), "mornings": tuple(morning(ago(n)) for n in range(20, -1, -1)),
    }  # fmt: skip
    return Evidence(**known | parts)


def with_session(log: Evidence, place: int, **parts: object) -> Evidence:
    sessions = list(log.sessions)
    sessions[place] = replace(sessions[place], **parts)
    return replace(log, sessions=tuple(sessions))


def with_morning(log: Evidence, on: date, **parts: object) -> Evidence:
    return replace(log, mornings=tuple(replace(m, **parts) if m.on == on else m for m in log.mornings))


pains = st.one_of(st.none(), st.integers(0, 10))
answers = st.sampled_from([None, False])


@st.composite
def random_logs(draw: st.DrawFn) -> Evidence:
    """Any log of a plan of one or two exercises, perhaps with runs, with gaps and silence."""
    exercises = draw(
        st.sampled_from([(prescribed(),), (prescribed(), prescribed("BRIDGE")), (prescribed(), run())])
    )
    days = sorted(draw(st.sets(st.integers(0, 30), max_size=9)), reverse=True)
    sessions = tuple(
        session(ago(n), *exercises, during=draw(pains), after=draw(pains), effort=draw(pains),
                outcome=draw(st.sampled_from(["done", "partly"])), stopped=draw(st.sampled_from([False, False, True, None])))
        for n in days
    )  # fmt: skip
    mornings = tuple(
        morning(ago(n), draw(pains), warning=draw(answers), places=draw(st.sampled_from([None, ("outer_knee",), ("groin",)])))
        for n in sorted(draw(st.sets(st.integers(0, 30), max_size=20)), reverse=True)
    )  # fmt: skip
    since = ago(draw(st.integers(0, 30)))
    return good_log(
        *exercises,
        sessions=sessions,
        mornings=mornings,
        doses_since=since,
        run_since=since,
        started_on=ago(30),
    )


@st.composite
def calm_logs(draw: st.DrawFn) -> Evidence:
    """Good logs and nearly good ones: small pains only, and most things said, so that many of them advance."""
    log = good_log(*draw(st.sampled_from([(prescribed(),), (prescribed(), prescribed("BRIDGE"))])))
    low = st.integers(1, 2)
    sessions = tuple(
        replace(
            one,
            during=draw(st.integers(0, draw(st.sampled_from([3, 3, 3, 5])))),
            after=draw(st.integers(0, 3)),
        )
        for one in log.sessions
    )
    return replace(log, sessions=sessions, mornings=tuple(replace(m, pain=draw(low)) for m in log.mornings))
