"""A dose as columns: the stored twin of `programs.rules.dose.Dose`."""

from dataclasses import fields

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.validators import plain_line
from programs.rules.dose import Dose, Side, Unit


def number(label: object, low: int, high: int, **options: object) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, validators=[MinValueValidator(low), MaxValueValidator(high)], **options
    )


class DoseFields(models.Model):
    """Sets, amount, rest, side, days, effort and load. Empty means "not said", never zero."""

    sets_low = number(_("sets"), 1, 10, default=1)
    sets_high = number(_("sets, at most"), 1, 10, default=1)
    amount_low = number(_("amount per set"), 1, 600, default=1)
    amount_high = number(_("amount per set, at most"), 1, 600, default=1)
    unit = models.CharField(
        _("counted in"), max_length=10, choices=[(u.value, _(u.value)) for u in Unit], default=Unit.REPS.value
    )
    side = models.CharField(
        _("side"),
        max_length=10,
        choices=[(s.value, _(s.value.replace("_", " "))) for s in Side],
        default=Side.BOTH.value,
    )
    tempo = models.CharField(_("tempo"), max_length=12, null=True, blank=True, validators=[plain_line])
    rest_seconds_low = number(_("rest in seconds"), 0, 600, null=True, blank=True)
    rest_seconds_high = number(_("rest in seconds, at most"), 0, 600, null=True, blank=True)
    days_per_week_low = number(_("days a week"), 1, 7, null=True, blank=True)
    days_per_week_high = number(_("days a week, at most"), 1, 7, null=True, blank=True)
    times_per_day = number(_("times a day"), 1, 6, default=1)
    effort_low = number(_("effort (RPE 0–10)"), 0, 10, null=True, blank=True)
    effort_high = number(_("effort (RPE 0–10), at most"), 0, 10, null=True, blank=True)
    load_kg = models.DecimalField(
        _("load in kg"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(300)],
    )
    load_note = models.CharField(_("load in words"), max_length=120, blank=True, validators=[plain_line])
    pain_cap = number(_("pain at most (0–10)"), 0, 10, null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True, validators=[plain_line])

    class Meta:
        abstract = True

    @property
    def dose(self) -> Dose:
        values = {field.name: getattr(self, field.name) for field in fields(Dose)}
        values["load_kg"] = None if self.load_kg is None else float(self.load_kg)
        return Dose.from_mapping(values)

    def clean(self) -> None:
        super().clean()
        problems = self.dose.problems()
        if problems:
            raise ValidationError([ValidationError(problem) for problem in problems])
