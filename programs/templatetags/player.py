"""Put the player's steps in words: what stands on the screen, and what is said aloud."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.rules.dose import Dose, Unit
from programs.rules.player import Kind, Step, Way, steps_of
from programs.templatetags.doses import unit_words

register = template.Library()

WAYS = {
    Way.BOTH: "",
    Way.LEFT: gettext_lazy("left side"),
    Way.RIGHT: gettext_lazy("right side"),
    Way.ONE: gettext_lazy("one way"),
    Way.OTHER: gettext_lazy("the other way"),
}
TITLES = {
    Kind.READY: gettext_lazy("Get ready"),
    Kind.TIMED: gettext_lazy("Go"),
    Kind.REST: gettext_lazy("Rest"),
}


@register.filter
def player_steps(dose: Dose) -> list[dict[str, object]]:
    """What `programs/player_way.html` takes of each step."""
    return [_in_words(step, dose) for step in steps_of(dose)]


@register.filter
def cue(content: dict) -> str:
    """The one thing to watch for: the fault that is named first, else the first step."""
    if content["faults"]:
        return _("Watch out for: %(fault)s") % {"fault": content["faults"][0]}
    return content["steps"][0] if content["steps"] else ""


def _in_words(step: Step, dose: Dose) -> dict[str, object]:
    amount = f"{step.amount} {unit_words(Unit(dose.unit), step.amount)}"
    title = str(TITLES.get(step.kind, amount))
    return {"step": step, "title": title, "line": _place(step, dose), "say": _spoken(step, amount)}


def _place(step: Step, dose: Dose) -> str:
    if step.kind is Kind.REST:
        return _("%(left)s to go") % {"left": _sets(dose.sets_low - step.set_number)}
    place = _("Set %(number)s of %(sets)s") % {"number": step.set_number, "sets": dose.sets_low}
    return " · ".join(part for part in (place, str(WAYS[step.way])) if part)


def _sets(number: int) -> str:
    return _("1 set") if number == 1 else _("%(number)s sets") % {"number": number}


def _spoken(step: Step, amount: str) -> str:
    """The side first: it is what people listen for."""
    if step.kind is Kind.REST:
        return _("Rest for %(seconds)s seconds.") % {"seconds": step.seconds}
    way = str(WAYS[step.way])
    words = _("Get ready.") if step.kind is Kind.READY else f"{amount}."
    return f"{way[:1].upper()}{way[1:]}. {words}" if way else words
