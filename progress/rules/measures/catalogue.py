"""The measures as data: range, licence, credit, sources, and which change matters. Words are English; views translate them.

A measure whose licence we do not hold is named for staff with the reason, and neither printed nor scored.
"""

from dataclasses import dataclass
from enum import StrEnum

ACTIVITIES_NEEDED = 3  # PSFS asks for three to five; fewer give no mean (S61)
ACTIVITIES_MOST = 5


class Key(StrEnum):
    NPRS = "nprs"
    PSFS = "psfs"
    GROC = "groc"
    SANE = "sane"
    PLAN_DONE = "plan_done"


class PlanDone(StrEnum):
    """How much of the plan was managed in the last 7 days."""

    NONE = "none"
    SOME = "some"
    HALF = "half"
    MOST = "most"
    ALL = "all"


class Reason(StrEnum):
    """What got in the way of the plan."""

    TIME = "time"
    PAIN = "pain"
    FORGOT = "forgot"
    UNSURE = "unsure"
    EQUIPMENT = "equipment"
    UNWELL = "unwell"
    NO_HELP = "no_help"


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A change in points, what it stands for, and where that is from."""

    points: float
    means: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure. `mdc` is the change that chance alone rarely makes, `mcid` those that people notice.

    real_from is the change from which we say "likely real"; None: no limit is known, so a change is put into no words.
    every_days None: asked at the start and at each change of phase · first_after_days counts from the start.
    """

    key: Key
    name: str
    asks: str
    low: int
    high: int
    higher_is_better: bool = True
    licence: str
    credit: str = ""
    sources: tuple[str, ...] = ()
    mdc: Threshold | None = None
    mcid: tuple[Threshold, ...] = ()
    real_from: float | None = None
    every_days: int | None = None
    first_after_days: int = 0


@dataclass(frozen=True, kw_only=True)
class NotEmbedded:
    name: str
    about: str
    reason: str
    sources: tuple[str, ...]


MEASURES = {
    measure.key: measure
    for measure in (
        Measure(
            key=Key.NPRS, name="Morning pain (NPRS)", asks="Worst pain in the first 30 minutes after getting up",
            low=0, high=10, higher_is_better=False, every_days=1,
            licence="Generic scale, public domain", sources=("S56", "S57", "S58", "S59"),
            mdc=Threshold(points=1.77, means="MDC", sources=("S58",)),
            mcid=(
                Threshold(points=1, means="noticed, or 15 %", sources=("S56",)),
                Threshold(points=2, means="much better, or 33 %", sources=("S56",)),
                Threshold(points=1.16, means="knee pain", sources=("S59",)),
            ),
            real_from=2,
        ),
        Measure(
            key=Key.PSFS, name="Own activities (PSFS)", asks="How well each own activity can be done, the mean of all",
            low=0, high=10, every_days=14,
            licence="Listed as free; a clinic form says “reproduced with permission of the authors”",
            credit="Stratford 1995", sources=("S60", "S61", "S62"),
            mdc=Threshold(points=2, means="MDC90 of the mean; 3 for a single activity", sources=("S61",)),
            mcid=(
                Threshold(points=1.3, means="small", sources=("S62",)),
                Threshold(points=2.3, means="medium", sources=("S62",)),
                Threshold(points=2.7, means="large", sources=("S62",)),
            ),
            real_from=2,
        ),
        Measure(
            key=Key.GROC, name="Overall change (GROC)", asks="How the leg has changed since the plan started",
            low=-5, high=5, every_days=14, first_after_days=14,
            licence="Scale format, free to word; leans toward how today feels", sources=("S65",),
            mcid=(
                Threshold(points=2, means="the usual cut on 11 points", sources=()),
                Threshold(points=2.5, means="reported on 11 points", sources=("S65",)),
            ),
            real_from=2,
        ),
        Measure(
            key=Key.SANE, name="Leg today (SANE)", asks="The leg today, if 100 is normal", low=0, high=100,
            licence="Single question in papers, free", sources=("S66",),
            mcid=(
                Threshold(points=7, means="lower limb, at 6 months", sources=("S66",)),
                Threshold(points=19, means="lower limb, at 12 months", sources=("S66",)),
            ),
            real_from=19,
        ),
        Measure(
            key=Key.PLAN_DONE, name="Plan managed (own question)",
            asks="How much of the plan was managed in the last 7 days",
            low=0, high=4, every_days=7, first_after_days=7,
            licence="Our own question. It is not a validated scale, and no change that matters is known.",
        ),
    )
}  # fmt: skip
NOT_EMBEDDED = (
    NotEmbedded(
        name="LEFS", about="Lower Extremity Functional Scale, 20 items",
        reason="Free to use, but its wording is copyrighted: only after written permission.", sources=("S63", "S64"),
    ),
    NotEmbedded(
        name="UWRI", about="University of Wisconsin Running Injury and Recovery Index, 9 items",
        reason="The best fit for runners, but no licence was found: the University of Wisconsin is to be asked first.",
        sources=("S69",),
    ),
    NotEmbedded(
        name="KOOS (also HOOS, FAOS)", about="Knee Injury and Osteoarthritis Outcome Score, 42 items",
        reason="Always needs permission since October 2023; health-care organizations pay.", sources=("S67",),
    ),
    NotEmbedded(
        name="EARS", about="Exercise Adherence Rating Scale, 6 items",
        reason="The scale’s licence was not found: King’s College London is to be asked. Logged sessions and one own "
        "question stand in.", sources=("S68",),
    ),
)  # fmt: skip
