"""What is known of one plan on one day, as plain frozen values: everything a proposal rests on, and what is stored with it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from programs.rules.dose import Dose
from progress.rules.progression.lights import Profile
from progress.rules.progression.runs import RUN_CODE, Stage

STEPPED = (Profile.STRENGTH, Profile.IMPACT)
NEVER_STEPPED = ("gait", "nerve", "mobility", "warm-up")  # clinical.md: range only, or one cue at a time


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A harder or easier exercise that is published, with how it usually starts."""

    code: str
    name: str
    version: str
    profile: str
    usual: Dose
    ladder: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Prescribed:
    """One exercise of the current phase, as it stands."""

    item: str
    code: str
    name: str
    family: str
    profile: str
    dose: Dose
    usual: Dose
    ladder: tuple[str, ...] = ()
    easier: tuple[Edge, ...] = ()
    harder: tuple[Edge, ...] = ()

    @property
    def is_run(self) -> bool:
        return self.code == RUN_CODE

    @property
    def has_steps(self) -> bool:
        return self.profile in STEPPED and self.family not in NEVER_STEPPED


@dataclass(frozen=True, kw_only=True)
class Done:
    """What was said of one exercise of a session, beside what was asked then. None means not said."""

    code: str
    item: str
    profile: str
    sets_done: int | None
    amount_done: int | None
    sets_asked: int
    sets_asked_high: int
    amount_asked_high: int
    pain: int | None = None
    eased: bool = False  # an easier exercise was done in its place

    @property
    def is_whole(self) -> bool | None:
        """All sets at the top of the range, of the exercise that was asked."""
        if self.eased:
            return False
        if self.sets_done is None or self.amount_done is None:
            return None
        return self.sets_done >= self.sets_asked_high and self.amount_done >= self.amount_asked_high

    @property
    def share(self) -> float | None:
        return None if self.sets_done is None else min(1.0, self.sets_done / self.sets_asked)


@dataclass(frozen=True, kw_only=True)
class Logged:
    """One session that counts. `stopped` and `pre` are None where the log does not hold them."""

    id: str
    on: date
    outcome: str  # done or partly
    during: int | None = None
    after: int | None = None
    pre: int | None = None
    stopped: bool | None = None
    effort: int | None = None
    is_late: bool = False
    short: bool = False  # the short version of a bad day
    done: tuple[Done, ...] = ()

    @property
    def shows_the_load(self) -> bool:
        """Whether a good answer to it speaks for more: a short version, or only easier ones, does not."""
        return not self.short and not (self.done and all(e.eased or e.sets_done == 0 for e in self.done))

    @property
    def profile(self) -> Profile:
        """One exercise with impact makes the stricter table count."""
        has_impact = any(entry.profile == Profile.IMPACT and entry.sets_done != 0 for entry in self.done)
        return Profile.IMPACT if has_impact else Profile.STRENGTH

    @property
    def has_run(self) -> bool:
        return any(entry.code == RUN_CODE and entry.sets_done != 0 and not entry.eased for entry in self.done)

    @property
    def has_exercises(self) -> bool:
        return not self.done or any(
            (entry.code != RUN_CODE or entry.eased) and entry.sets_done != 0 for entry in self.done
        )


@dataclass(frozen=True, kw_only=True)
class Morning:
    """What counts of one day's check. `places` is None when no place was said."""

    on: date
    pain: int | None = None
    warning: bool | None = None
    places: tuple[str, ...] | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Flagged:
    """A screen with an answer that worries, not cleared by a clinician."""

    on: date
    level: str  # E, U or W: red_flags.Level
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PhaseStep:
    """A phase of the plan: planned days None when nobody said how long."""

    position: int
    name: str
    planned_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class TestResult:
    """A named test, done at the clinic: what each side managed, and the worst pain."""

    test: str
    left: float | None = None
    right: float | None = None
    pain: int | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One plan on one local day. Lists are oldest first. None means unknown.

    warnings are the moments of every "yes" to something new, also of answers corrected later, since a clinician
    last cleared them · flags are screens that no clinician has cleared · planned are the days that asked for something ·
    the three `since` days are from when on the doses, the run stage and the phase are as they stand.
    """

    today: date
    plan: str
    plan_version: int
    started_on: date
    phase_position: int
    phases: tuple[PhaseStep, ...]
    phase_since: date
    doses_since: date
    run_since: date
    last_dose_step_on: date | None = None
    last_run_step_on: date | None = None
    step_backs_on: tuple[date, ...] = ()
    phase_max_days: int | None = None
    program: str = ""
    exercises: tuple[Prescribed, ...] = ()
    stages: tuple[Stage, ...] = ()
    planned: tuple[date, ...] = ()
    sessions: tuple[Logged, ...] = ()
    mornings: tuple[Morning, ...] = ()
    warnings: tuple[datetime, ...] = ()
    flags: tuple[Flagged, ...] = ()
    screened_clear_on: date | None = None  # the newest screen, if all of it was answered with "no"
    reviewed_at: datetime | None = None
    night_pain_nights_7d: int | None = None  # the daily check does not ask yet
    psfs_start: float | None = None  # the mean of the activities that were rated at the start and now
    psfs_now: float | None = None
    groc: int | None = None
    tests: tuple[TestResult, ...] = field(default=())
