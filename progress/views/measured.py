"""Words for measures: scores, changes, what was not answered, and what is known of each measure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from progress.forms.measures import MANAGED
from progress.rules.measures import MEASURES, Key, Line, Measure, PlanDone, Point, Verdict
from progress.rules.measures.catalogue import Threshold

if TYPE_CHECKING:
    from progress.models import MeasureSheet

VERDICTS = {
    Verdict.BETTER: (gettext_lazy("better, likely real"), "ok"),
    Verdict.WORSE: (gettext_lazy("worse, likely real"), "warn"),
    Verdict.CHANCE: (gettext_lazy("within what can be chance"), "neutral"),
    Verdict.UNKNOWN: (gettext_lazy("not enough answers"), "unknown"),
    Verdict.NO_LIMIT: (gettext_lazy("no limit is known"), "neutral"),
}
STEPS = tuple(PlanDone)
# What a patient calls them.
PLAIN = {
    Key.GROC: gettext_lazy("Since your plan started"),
    Key.SANE: gettext_lazy("Your leg that day"),
    Key.PLAN_DONE: gettext_lazy("How much of your plan"),
}
NO_POINTS = (Key.GROC, Key.PLAN_DONE)  # one is itself a change, the other's steps are no points


@dataclass(frozen=True)
class ToldLine:
    """One row of the table of measures, ready to print."""

    name: str
    scale: str
    first: str
    first_on: date | None
    last: str
    last_on: date | None
    points: str
    verdict: str
    kind: str
    missing: str


@dataclass(frozen=True)
class Answered:
    """One sheet in words."""

    row: "MeasureSheet"
    said: tuple[tuple[str, str], ...]
    state: str  # corrected, second, correction, or nothing


def told_lines(lines: Iterable[Line]) -> list[ToldLine]:
    return [_told(line) for line in lines]


def _told(line: Line) -> ToldLine:
    words, kind = VERDICTS[line.change.verdict]
    measure = line.measure
    return ToldLine(
        name=_(measure.name), scale=_scale(measure),
        first=_value(measure, line.first), first_on=line.first and line.first.on,
        last=_value(measure, line.last), last_on=line.last and line.last.on,
        points="" if line.change.points is None or measure.key in NO_POINTS else signed(line.change.points),
        verdict=str(words), kind=kind, missing=_missing(line),
    )  # fmt: skip


def _scale(measure: Measure) -> str:
    if measure.key is Key.PLAN_DONE:
        return ""
    better = _("higher is better") if measure.higher_is_better else _("lower is better")
    return _("%(low)s to %(high)s, %(better)s") % {
        "low": str(measure.low).replace("-", "−"), "high": f"{measure.high:+d}" if measure.low < 0 else measure.high,
        "better": better,
    }  # fmt: skip


def _missing(line: Line) -> str:
    if not line.asked:
        return _("not asked yet")
    return _("%(missing)s of %(asked)s") % {"missing": line.missing, "asked": line.asked}


def _value(measure: Measure, point: Point | None) -> str:
    if point is None:
        return ""
    if measure.key is Key.PLAN_DONE:
        return str(MANAGED[STEPS[int(point.value)]])
    return signed(point.value) if measure.low < 0 else f"{point.value:g}"


def signed(points: float) -> str:
    return f"{points:+g}".replace("-", "−") if points else "0"


def answered(row: "MeasureSheet", *, plain: bool = False) -> Answered:
    """Plain: in the patient's words. Needs the row's ratings and corrections read before."""
    said = [
        (rating.activity.words, _("%(score)s of 10") % {"score": rating.score})
        for rating in row.ratings.all()
    ]
    if row.groc is not None:
        said.append((_name(Key.GROC, plain), signed(row.groc)))
    if row.sane is not None:
        said.append((_name(Key.SANE, plain), _("%(score)s of 100") % {"score": row.sane}))
    if row.plan_done or row.reasons:
        parts = (row.get_plan_done_display(), row.reasons_words)
        said.append((_name(Key.PLAN_DONE, plain), ", ".join(filter(None, parts))))
    return Answered(row, tuple(said), _state(row))


def _name(key: Key, plain: bool) -> str:
    return str(PLAIN[key]) if plain else _(MEASURES[key].name)


def _state(row: "MeasureSheet") -> str:
    if row.conflicts_with_id:
        return _("other answers, same page")
    if row.corrections.all():
        return _("corrected since")
    return _("correction") if row.corrects_id else ""


def known_answers(row: "MeasureSheet") -> dict[str, object]:
    """What a form that corrects a sheet is filled in with."""
    ratings = {rating.activity_id: rating.score for rating in row.ratings.all()}
    return {
        "corrects": row.client_id, "groc": row.groc, "sane": row.sane, "plan_done": row.plan_done,
        "reasons": row.reasons, **{f"psfs_{key}": score for key, score in ratings.items()},
    }  # fmt: skip


def about() -> list[dict[str, Any]]:
    """Each measure with its question, licence, credit, sources and the changes that matter, for staff."""
    return [
        {
            "name": _(measure.name), "asks": _(measure.asks), "licence": _(measure.licence), "credit": measure.credit,
            "sources": ", ".join(measure.sources), "mdc": _threshold(measure.mdc) if measure.mdc else "",
            "mcid": [_threshold(limit) for limit in measure.mcid], "real_from": measure.real_from,
        }
        for measure in MEASURES.values()
    ]  # fmt: skip


def _threshold(limit: Threshold) -> str:
    source = f" ({', '.join(limit.sources)})" if limit.sources else ""
    return f"{limit.points:g}: {_(limit.means)}{source}"
