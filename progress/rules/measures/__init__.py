"""Outcome measures: what is asked, how it is scored, when it is asked, and what a change is worth. Source: clinical.md 5.4."""

from progress.rules.measures.catalogue import MEASURES, NOT_EMBEDDED, Key, Measure, PlanDone, Reason
from progress.rules.measures.report import Line, Point, report
from progress.rules.measures.schedule import Course, Span, course_of, due, slots, unanswered
from progress.rules.measures.scoring import Change, Verdict, change, psfs_mean, shared
from progress.rules.measures.sheets import SheetDraft, SheetFact, day_of, is_correctable
from progress.rules.measures.since import Measured, measured_since

__all__ = [
    "MEASURES",
    "NOT_EMBEDDED",
    "Change",
    "Course",
    "Key",
    "Line",
    "Measure",
    "Measured",
    "PlanDone",
    "Point",
    "Reason",
    "SheetDraft",
    "SheetFact",
    "Span",
    "Verdict",
    "change",
    "course_of",
    "day_of",
    "due",
    "is_correctable",
    "measured_since",
    "psfs_mean",
    "report",
    "shared",
    "slots",
    "unanswered",
]
