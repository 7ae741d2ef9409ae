"""An assessment in words and pictures for its page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from programs import queries
from programs.rules import assessment as rules

if TYPE_CHECKING:
    from programs.forms import VerdictForm
    from programs.models import Assessment

REGIONS = {
    "foot": _("Foot and ankle"), "knee": _("Knee"), "hip": _("Hip"), "pelvis": _("Pelvis"), "trunk": _("Trunk"),
}  # fmt: skip
DOMAINS = {
    "mobility": _("Mobility"), "strength": _("Strength"), "posture": _("Posture"), "movement": _("Movement"),
}  # fmt: skip
PLACES = {"left": _("Left"), "right": _("Right"), "whole": ""}
SIDES = {"left": _("Left"), "right": _("Right"), "both": _("Both sides"), "": ""}
STATES = {
    "marked": (_("found"), "warn"), "clear": (_("none"), "ok"),
    "unknown": (_("unknown"), "unknown"),
}  # fmt: skip
CONFIDENCE = {
    "clear": (_("Clear findings"), "warn"), "some": (_("Some findings"), "info"), "hint": (_("A hint"), "neutral"),
    "none": (_("Nothing found so far"), "neutral"),
}  # fmt: skip
MOVED = {"better": (_("better"), "ok"), "worse": (_("worse"), "warn"), "same": (_("same"), "neutral")}
SPAN = 84  # of the radar, from its middle to the end of an axis, in its own units
AXES = ((0, -1), (1, 0), (0, 1), (-1, 0))  # mobility up, strength right, posture down, movement left


def finding_cards(
    found: Sequence[rules.Finding], form: "VerdictForm", row: "Assessment"
) -> list[dict[str, Any]]:
    who = {
        verdict.contributor: verdict for verdict in row.verdicts.all()
    }  # oldest first: the last one stands
    return [
        {
            "finding": finding, "field": form[finding.key], "verdict": who.get(finding.key),
            "confidence": CONFIDENCE[finding.confidence], "side": SIDES[finding.side],
        }
        for finding in found
    ]  # fmt: skip


def comparison(row: "Assessment", known: queries.Known) -> list[dict[str, Any]]:
    """Everything that was examined, by part, beside its first value where there is one."""
    before = queries.baseline(known.before(row))
    made = [
        {"title": part.title, "note": part.note, "lines": list(_lines(part, row.answers, before))}
        for part in rules.parts()
    ]
    return [part for part in made if part["lines"]]


def _lines(part: rules.Part, now: rules.Answers, before: rules.Answers) -> Iterator[dict[str, Any]]:
    for item in part.items:
        for place in item.places:
            value = rules.value_of(now, item.key, place)
            if value is not None:
                change = rules.change(item, before=before, now=now, place=place)
                first = rules.value_of(before, item.key, place)
                yield {
                    "label": item.label, "side": PLACES[place], "clinic_view": item.clinic_view,
                    "now": rules.in_words(item, value), "before": "" if first is None else rules.in_words(item, first),
                    "difference": _signed(change.difference) if change and change.difference else "",
                    "moved": MOVED.get(change.moved) if change else None,
                    "symmetry": rules.symmetry(item, now),
                }  # fmt: skip


def _signed(difference: int) -> str:
    return f"+{difference}" if difference > 0 else f"−{-difference}"


def overview(row: "Assessment", known: queries.Known) -> dict[str, Any]:
    """The summary beside the findings: four domains, the chain, what is missing, three muscles, activities."""
    before = queries.baseline(known.before(row))
    scores, first = rules.domain_scores(row.answers), rules.domain_scores(before)
    return {
        "domains": [{"title": DOMAINS[key], "now": scores[key], "before": first[key]} for key in rules.DOMAINS],
        "radar": {"now": radar(scores), "before": radar(first)},
        "chain": _chain(row.answers), "has_before": bool(before),
        "gaps": [{"title": REGIONS[gap.region], "gap": gap} for gap in rules.incomplete(row.answers, full=row.mode == "full")],
        "muscles": [muscle for muscle in rules.muscle_panel(row.answers) if _is_known(muscle)],
        "psfs": {"now": rules.psfs(row.answers), "before": rules.psfs(before)},
        "unknown": [one.title for one in rules.unexamined(row.answers)],
    }  # fmt: skip


def _is_known(muscle: object) -> bool:
    values = [*muscle.tightness.values(), *muscle.strength.values()]
    return any(value != "not examined" for value in values)


def _chain(answers: rules.Answers) -> list[dict[str, Any]]:
    states = {(link.region, link.place): STATES[link.state] for link in rules.chain(answers)}
    return [
        {"title": title, "sides": [(PLACES[place], states[key, place]) for place in ("left", "right")]}
        for key, title in REGIONS.items()
    ]


def radar(scores: Mapping[str, int | None]) -> str:
    """The corners of a shape for four known domains, as SVG takes them; "" when one is not known."""
    known = [scores[key] for key in rules.DOMAINS]
    if None in known:
        return ""
    pairs = zip(AXES, known, strict=True)
    return " ".join(f"{x * SPAN * value / 100:g},{y * SPAN * value / 100:g}" for (x, y), value in pairs)
