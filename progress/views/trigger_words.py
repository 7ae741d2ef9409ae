"""What the trigger lab found, in words. A pattern is a clue: never a cause, nothing is forbidden, nothing is promised."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from progress.rules.triggers.judge import Finding
from progress.rules.triggers.spoken import Clear, Progress

FRACTIONS = {Fraction(1, 4): "¼", Fraction(1, 2): "½", Fraction(3, 4): "¾"}


def patient_words(told: Progress | Clear | None, name: str) -> str:
    """The exposure's `name` as it reads inside a sentence, such as "hills". Source: clinical.md 7.4."""
    if isinstance(told, Clear):
        return _clear(told, name)
    if told is None:
        return _("No clear link with %(name)s so far. That does not rule one out.") % {"name": name}
    if told.days < told.of:
        return _("We need a few more days. You have %(days)s of %(of)s.") % {"days": told.days, "of": told.of}
    return _("We need a few more days, some with %(name)s and some without.") % {"name": name}


def overlap_words(name: str, other: str) -> str:
    return _("%(name)s and %(other)s mostly fell on the same days, so we cannot tell them apart.") % {
        "name": name[:1].upper() + name[1:], "other": other
    }  # fmt: skip


def clinician_words(found: Finding, name: str) -> str:
    """All numbers in one line; a dash is a number that could not be had. Source: clinical.md 7.4."""
    if found.difference is None:
        return _("%(name)s: no week with days both with and without it.") % {"name": name}
    said = {
        "name": name,
        "d": _one(found.difference), "low": _one(found.low), "high": _one(found.high),
        "ps": _digits(found.probability_worse, 2), "p": _digits(found.p, 3), "q": _digits(found.q, 3),
        "tests": ngettext("%(n)s exposure", "%(n)s exposures", found.among) % {"n": found.among},
        "exposed": found.exposed, "unexposed": found.unexposed,
        "weeks": ngettext("%(n)s week", "%(n)s weeks", found.weeks) % {"n": found.weeks},
        "shift": _digits(found.shift, 2), "control": _one(found.control),
    }  # fmt: skip
    return (
        _(
            "%(name)s, lag 1 morning: D %(d)s (95 %% CI %(low)s to %(high)s), PS %(ps)s, exact p %(p)s, q %(q)s (%(tests)s), "
            "%(exposed)s/%(unexposed)s days, %(weeks)s, shift p %(shift)s, pre-exposure D %(control)s. "
            "Observational; exposure was not randomised."
        )
        % said
    )


def _clear(told: Clear, name: str) -> str:
    said = {
        "name": name,
        "points": _points(told.points),
        "low": _end(told.low),
        "high": _end(told.high),
        "days": told.days,
        "exposed": told.exposed,
    }
    return (
        _(
            "On mornings after %(name)s, your pain was about %(points)s higher (likely between %(low)s and %(high)s). "
            "This comes from %(days)s days, %(exposed)s with %(name)s. It is a pattern, not proof. "
            "You could try less of it for two weeks and see. Talk with your clinician first."
        )
        % said
    )


def _end(points: Fraction) -> str:
    """One end of the interval; below zero it is said as what it is."""
    if points == 0:
        return _("no change")
    if points < 0:
        return _("%(points)s lower") % {"points": _points(-points)}
    return _points(points)


def _points(points: Fraction) -> str:
    """Quarters of a point, above zero, as people say them."""
    whole, rest = divmod(points, 1)
    if not whole:
        return {
            Fraction(1, 4): _("a quarter of a point"),
            Fraction(1, 2): _("half a point"),
            Fraction(3, 4): _("three quarters of a point"),
        }[rest]
    number = f"{whole}{FRACTIONS.get(rest, '')}"
    return _("1 point") if points == 1 else _("%(number)s points") % {"number": number}


def _one(value: Fraction | None) -> str:
    return _digits(value, 1)


def _digits(value: Fraction | None, digits: int) -> str:
    """The exact number rounded for reading, ties to even as Python does; never a bare minus zero."""
    if value is None:
        return "–"
    least = Fraction(1, 10**digits)
    if digits == 3 and 0 < value < least:
        return _("under %(least)s") % {"least": "0.001"}
    return f"{float(round(value, digits)) + 0.0:.{digits}f}"
