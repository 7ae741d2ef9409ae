"""Put a dose and its days in translated words. Numbers come from `programs.rules.dose`."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programs.forms.words import EFFORT_WORDS
from programs.rules.dose import Dose, Side, Unit, minutes_for, short

register = template.Library()

SIDES = {
    Side.BOTH: "",
    Side.EACH: gettext_lazy("each side"),
    Side.EACH_WAY: gettext_lazy("each way"),
    Side.ONE: gettext_lazy("one side"),
    Side.LEFT: gettext_lazy("left side"),
    Side.RIGHT: gettext_lazy("right side"),
}
# What stands in the boxes to tick on paper, one for each side or way.
BOXES = {
    Side.BOTH: ("",),
    Side.EACH: (gettext_lazy("L"), gettext_lazy("R")),
    Side.EACH_WAY: ("←", "→"),
    Side.ONE: ("",),
    Side.LEFT: (gettext_lazy("L"),),
    Side.RIGHT: (gettext_lazy("R"),),
}
MOST_BOXES = 6  # on one day
# How hard it feels, 0 to 10, in the usual words of the CR10 scale made plainer.
EFFORTS = [
    (2, gettext_lazy("easy")),
    (4, gettext_lazy("fairly easy")),
    (6, gettext_lazy("a bit hard")),
    (8, gettext_lazy("hard")),
    (10, gettext_lazy("as hard as you can")),
]
DAYS = [
    gettext_lazy("Monday"), gettext_lazy("Tuesday"), gettext_lazy("Wednesday"), gettext_lazy("Thursday"),
    gettext_lazy("Friday"), gettext_lazy("Saturday"), gettext_lazy("Sunday"),
]  # fmt: skip


@register.filter
def dose_line(dose: Dose) -> str:
    """For patients: "3 sets of 10, each side · rest 60 seconds · effort 6 of 10 (a bit hard)"."""
    parts = [work(dose), load(dose), rest(dose), effort(dose), how_often(dose), tempo(dose)]
    return " · ".join(part for part in parts if part)


@register.filter
def dose_short(dose: Dose | dict) -> str:
    """For tables: "3 × 12-15, each side"."""
    dose = dose if isinstance(dose, Dose) else Dose.from_mapping(dose)
    side = str(SIDES[dose.side])
    return f"{short(dose)}, {side}" if side else short(dose)


@register.filter
def boxes(dose: Dose) -> list[str]:
    """What to tick on paper on one day: a box for each side, as often as it is done."""
    return [str(letter) for letter in BOXES[dose.side] * dose.times_per_day][:MOST_BOXES]


@register.filter
def dose_of(content: dict) -> Dose:
    """The dose in a frozen version's content."""
    return Dose.from_mapping(content["dose"])


@register.filter
def dose_minutes(dose: Dose) -> int:
    """Whole minutes, rounded up."""
    return int(-(-minutes_for(dose) // 1))


@register.filter
def total_minutes(items: Iterable) -> int:
    """Whole minutes of several plan items on one day, rounded up."""
    return int(-(-sum(minutes_for(item.dose) for item in items) // 1))


@register.filter
def effort_words(value: int) -> str:
    """The step of the scale that was chosen; empty for a number between the steps."""
    return str(dict(EFFORT_WORDS).get(value, ""))


@register.filter
def weekday_names(weekdays: Iterable[int]) -> str:
    return ", ".join(str(DAYS[day - 1]) for day in sorted(weekdays))


@register.filter
def amount_unit(dose: Dose) -> str:
    """The unit after a number that is typed: "reps", "seconds"."""
    return unit_words(dose.unit, 2)


def work(dose: Dose) -> str:
    sets = span(dose.sets_low, dose.sets_high)
    sets_of = ngettext("%(sets)s set of", "%(sets)s sets of", dose.sets_high) % {"sets": sets}
    amount = f"{span(dose.amount_low, dose.amount_high)} {unit_words(dose.unit, dose.amount_high)}"
    side = str(SIDES[dose.side])
    return f"{sets_of} {amount}" + (f", {side}" if side else "")


def unit_words(unit: Unit, count: int) -> str:
    words = {
        Unit.REPS: ngettext("time", "times", count),
        Unit.SECONDS: ngettext("second", "seconds", count),
        Unit.BREATHS: ngettext("breath", "breaths", count),
        Unit.METERS: ngettext("meter", "meters", count),
        Unit.STEPS: ngettext("step", "steps", count),
        Unit.MINUTES: ngettext("minute", "minutes", count),
        Unit.TURNS: ngettext("turn", "turns", count),
    }
    return words[unit]


@register.filter("load_words")
def load(dose: Dose) -> str:
    kilograms = _("%(load)s kg") % {"load": f"{dose.load_kg:g}"} if dose.load_kg else ""
    return ", ".join(part for part in (dose.load_note, kilograms) if part)


def rest(dose: Dose) -> str:
    if dose.rest_seconds_high is None:
        return ""
    return _("rest %(seconds)s seconds") % {"seconds": span(dose.rest_seconds_low, dose.rest_seconds_high)}


def effort(dose: Dose) -> str:
    if dose.effort_high is None:
        return ""
    words = next(words for most, words in EFFORTS if dose.effort_high <= most)
    return _("effort %(effort)s of 10 (%(words)s)") % {
        "effort": span(dose.effort_low, dose.effort_high), "words": words,
    }  # fmt: skip


def how_often(dose: Dose) -> str:
    return _("%(times)s times a day") % {"times": dose.times_per_day} if dose.times_per_day > 1 else ""


def tempo(dose: Dose) -> str:
    if dose.tempo is None:
        return ""
    parts = dose.tempo.split("-")
    if len(parts) != 3:
        return _("slowly") if dose.tempo == "slow" else _("quickly")
    names = ("lower", "pause", "lift")
    return _("%(lower)s seconds down, %(pause)s still, %(lift)s up") % dict(zip(names, parts, strict=True))


def span(low: int | None, high: int | None) -> str:
    return str(high) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
