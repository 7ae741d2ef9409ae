"""Words for the choices of a plan, translated."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programs.rules.dose import Side, Unit
from programs.rules.sessions import EFFORTS

WEEKDAYS = [
    (1, _("Mon")),
    (2, _("Tue")),
    (3, _("Wed")),
    (4, _("Thu")),
    (5, _("Fri")),
    (6, _("Sat")),
    (7, _("Sun")),
]
AS_PLAN = "plan"
PLAN_SIDES = [(Side.EACH, _("Each side")), (Side.LEFT, _("Left")), (Side.RIGHT, _("Right"))]
SIDES = [
    (AS_PLAN, _("As the plan")),
    *PLAN_SIDES,
    (Side.BOTH, _("Both together")),
    (Side.EACH_WAY, _("Each way")),
]
UNITS = [
    (Unit.REPS, pgettext_lazy("unit", "reps")),
    (Unit.SECONDS, pgettext_lazy("unit", "seconds")),
    (Unit.BREATHS, pgettext_lazy("unit", "breaths")),
    (Unit.METERS, pgettext_lazy("unit", "meters")),
    (Unit.STEPS, pgettext_lazy("unit", "steps")),
    (Unit.MINUTES, pgettext_lazy("unit", "minutes")),
    (Unit.TURNS, pgettext_lazy("unit", "turns")),
]
EFFORT_WORDS = list(
    zip(
        EFFORTS,
        (_("Too easy"), _("Easy"), _("Just right"), _("Hard, but fine"), _("Too hard")),
        strict=True,
    )
)
UNIT_WORDS = {
    Unit.REPS: _("Times in each set"),
    Unit.SECONDS: _("Seconds in each set"),
    Unit.BREATHS: _("Breaths in each set"),
    Unit.METERS: _("Meters in each set"),
    Unit.STEPS: _("Steps in each set"),
    Unit.MINUTES: _("Minutes in each set"),
    Unit.TURNS: _("Turns in each set"),
}
