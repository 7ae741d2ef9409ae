"""Exercises and program templates as editors write them, and the frozen versions that plans point at."""

from django import forms
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from clinic.models.patients import new_key
from education.models import Edited, Medium
from education.models.reviews import reviewed_constraints, reviewed_fields
from programs.blocks import PhaseBlock, frozen_phase
from programs.figures import delivered
from programs.models.dose import DoseFields
from programs.models.owned import Owned

EXERCISE_WORDS = (
    "family", "profile", "purpose", "muscles", "kit", "start", "ladder", "caution", "staff_note", "evidence",
    "dose_text", "is_easiest", "is_hardest",
)  # fmt: skip
TEMPLATE_WORDS = ("phase_max_days", "frequency", "days_per_week", "who", "basis")


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class LibraryRow(Owned, Edited, ClusterableModel):
    """What exercises and programs share beyond what everything edited does."""

    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta(Owned.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def edited_in(self) -> int | None:
        return self.clinic_id


def lineage(version: str) -> tuple[models.ForeignKey, models.ForeignKey, models.ForeignKey]:
    """Columns of an own version: its original, which version was copied, and up to which one somebody looked."""
    options = {"null": True, "blank": True, "editable": False}
    return (
        models.ForeignKey("self", models.PROTECT, related_name="own_versions", **options),
        models.ForeignKey(version, models.PROTECT, related_name="+", **options),
        models.ForeignKey(version, models.PROTECT, related_name="+", **options),
    )


class FrozenVersion(models.Model):
    """A published library row as it was: numbered from 1, never changed. `content` is what the row's `frozen` gave."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    content = models.JSONField()
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at, reviewed_by = reviewed_fields()

    class Meta:
        abstract = True
        constraints = reviewed_constraints("%(class)s")

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class Exercise(LibraryRow, DoseFields):
    """An exercise as its editors see it. Lists are one entry per line."""

    class Profile(models.TextChoices):
        WARMUP = "warmup", _("Warm-up")
        STRENGTH = "strength", _("Strength")
        IMPACT = "impact", _("Impact")

    parent, parent_version, seen_version = lineage("programs.ExerciseVersion")
    family = models.CharField(_("family"), max_length=40)
    profile = models.CharField(_("profile"), max_length=10, choices=Profile.choices, default=Profile.STRENGTH)
    purpose = models.CharField(_("purpose"), max_length=200)
    muscles = models.CharField(_("muscles"), max_length=200)
    kit = models.CharField(_("kit"), max_length=200, blank=True)
    start = models.TextField(_("start position"))
    steps = models.TextField(_("steps"), help_text=_("One step per line."))
    faults = models.TextField(_("common faults"), help_text=_("One fault per line."), blank=True)
    ladder = models.TextField(_("how it gets harder"), blank=True)
    caution = models.TextField(
        _("caution"),
        blank=True,
        help_text=_("Patients read this: what to watch for, and what to do instead."),
    )
    staff_note = models.TextField(
        _("note for clinicians"),
        blank=True,
        help_text=_("Who this is not for, in clinical words. Patients never see it."),
    )
    evidence = models.TextField(_("evidence"), blank=True)
    sources = models.CharField(
        _("source keys"), max_length=200, blank=True, help_text=_("For example: S14 S15")
    )
    dose_text = models.CharField(_("dose in words"), max_length=300, blank=True)
    easier = ParentalManyToManyField(
        "self",
        symmetrical=False,
        related_name="listed_as_easier_by",
        blank=True,
        verbose_name=_("easier versions"),
    )
    harder = ParentalManyToManyField(
        "self",
        symmetrical=False,
        related_name="listed_as_harder_by",
        blank=True,
        verbose_name=_("harder versions"),
    )
    is_easiest = models.BooleanField(
        _("the easiest of its line"), default=False, help_text=_("There is no easier one to go back to.")
    )
    is_hardest = models.BooleanField(
        _("the hardest of its line"), default=False, help_text=_("There is no harder one to go on to.")
    )

    medium = models.ForeignKey(
        Medium,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo or video"),
        help_text=_("Shown in place of the drawing."),
    )
    pose = models.JSONField(
        _("drawing"),
        default=dict,
        blank=True,
        help_text=_("A later picture says only what differs from the one before."),
    )

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [
                FieldPanel("code"),
                FieldPanel("family"),
                FieldPanel("profile"),
                FieldPanel("purpose"),
                FieldPanel("muscles"),
                FieldPanel("kit"),
            ],
            heading=_("Details"),
        ),
        MultiFieldPanel([FieldPanel("medium"), FieldPanel("pose")], heading=_("Picture")),
        MultiFieldPanel(
            [FieldPanel("start"), FieldPanel("steps"), FieldPanel("faults"), FieldPanel("caution")],
            heading=_("How to do it"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("sets_low"),
                        FieldPanel("sets_high"),
                        FieldPanel("amount_low"),
                        FieldPanel("amount_high"),
                        FieldPanel("unit"),
                    ]
                ),
                FieldRowPanel(
                    [
                        FieldPanel("side"),
                        FieldPanel("tempo"),
                        FieldPanel("rest_seconds_low"),
                        FieldPanel("rest_seconds_high"),
                    ]
                ),
                FieldRowPanel(
                    [
                        FieldPanel("days_per_week_low"),
                        FieldPanel("days_per_week_high"),
                        FieldPanel("times_per_day"),
                    ]
                ),
                FieldRowPanel([FieldPanel("effort_low"), FieldPanel("effort_high"), FieldPanel("pain_cap")]),
                FieldRowPanel([FieldPanel("load_kg"), FieldPanel("load_note"), FieldPanel("note")]),
                FieldPanel("dose_text"),
            ],
            heading=_("Usual dose"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("ladder"),
                FieldPanel("easier", widget=forms.CheckboxSelectMultiple),
                FieldPanel("is_easiest"),
                FieldPanel("harder", widget=forms.CheckboxSelectMultiple),
                FieldPanel("is_hardest"),
            ],
            heading=_("Easier and harder"),
        ),
        MultiFieldPanel(
            [FieldPanel("staff_note"), FieldPanel("evidence"), FieldPanel("sources")],
            heading=_("For clinicians"),
        ),
    ]

    class Meta(LibraryRow.Meta):
        ordering = ["family", "name"]

    @property
    def frozen(self) -> dict[str, object]:
        """The exercise as a version keeps it."""
        return {
            **{name: getattr(self, name) for name in EXERCISE_WORDS},
            "steps": lines(self.steps),
            "faults": lines(self.faults),
            "sources": self.sources.split(),
            "dose": self.dose.as_mapping(),
            "easier": sorted(other.code for other in self.easier.all()),
            "harder": sorted(other.code for other in self.harder.all()),
            "pose": self.pose or delivered(self.code),
            "medium": self.medium.frozen if self.medium else None,
        }

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "programs/exercise_preview.html"

    def get_preview_context(self, request: object, mode_name: str) -> dict[str, object]:
        return {
            **super().get_preview_context(request, mode_name),
            "exercise": self,
            "content": self.frozen,
        }


class ExerciseVersion(FrozenVersion):
    """A published exercise, frozen. Plans and logs point here."""

    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="versions")

    class Meta:
        ordering = ["exercise", "-number"]
        constraints = [
            *FrozenVersion.Meta.constraints,
            models.UniqueConstraint(fields=["exercise", "number"], name="one_exercise_version_per_number"),
        ]

    @property
    def row(self) -> Exercise:
        return self.exercise


class ProgramTemplate(LibraryRow):
    """A program template as its editors see it: phases of dosed exercises with entry and exit criteria."""

    parent, parent_version, seen_version = lineage("programs.TemplateVersion")
    weeks_low = models.PositiveSmallIntegerField(_("weeks"))
    weeks_high = models.PositiveSmallIntegerField(_("weeks, at most"))
    phase_max_days = models.PositiveSmallIntegerField(_("days before a review is due"))
    frequency = models.CharField(_("how often, in words"), max_length=200)
    days_per_week = models.PositiveSmallIntegerField(_("strength days a week"), default=3)
    who = models.CharField(_("for whom"), max_length=300)
    entry = models.TextField(_("entry criteria"), help_text=_("One per line."), blank=True)
    exit = models.TextField(_("exit criteria"), help_text=_("One per line."), blank=True)
    basis = models.TextField(
        _("how well it is supported"), help_text=_("Shown to staff where they choose a program."), blank=True
    )
    sources = models.CharField(
        _("source keys"), max_length=200, blank=True, help_text=_("For example: S14 S15")
    )
    modules = models.CharField(
        _("modules it goes with"), max_length=200, blank=True, help_text=_("Codes, for example: M01 M02")
    )
    phases = StreamField([("phase", PhaseBlock())], verbose_name=_("phases"))

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [
                FieldPanel("code"),
                FieldPanel("who"),
                FieldRowPanel(
                    [FieldPanel("weeks_low"), FieldPanel("weeks_high"), FieldPanel("phase_max_days")]
                ),
                FieldRowPanel([FieldPanel("days_per_week"), FieldPanel("frequency")]),
            ],
            heading=_("Details"),
        ),
        FieldPanel("entry"),
        FieldPanel("phases"),
        FieldPanel("exit"),
        FieldPanel("modules"),
        MultiFieldPanel([FieldPanel("basis"), FieldPanel("sources")], heading=_("Evidence")),
    ]

    class Meta(LibraryRow.Meta):
        ordering = ["code"]

    @property
    def frozen(self) -> dict[str, object]:
        """The template as a version keeps it, with every dose complete."""
        return {
            "weeks": [self.weeks_low, self.weeks_high],
            **{name: getattr(self, name) for name in TEMPLATE_WORDS},
            "entry": lines(self.entry),
            "exit": lines(self.exit),
            "sources": self.sources.split(),
            "modules": self.modules.split(),
            "phases": [frozen_phase(block.value) for block in self.phases],
        }

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "programs/template_preview.html"

    def get_preview_context(self, request: object, mode_name: str) -> dict[str, object]:
        content, names = self.frozen, dict(Exercise.objects.shared().values_list("code", "name"))
        for phase in content["phases"]:
            for item in phase["items"]:
                item["name"] = names[item["exercise"]]
        return {**super().get_preview_context(request, mode_name), "program": self, "content": content}


class TemplateVersion(FrozenVersion):
    """A published template, frozen. `content` names exercise codes; the plan resolves them to versions when it starts."""

    template = models.ForeignKey(ProgramTemplate, models.PROTECT, related_name="versions")

    class Meta:
        ordering = ["template", "-number"]
        constraints = [
            *FrozenVersion.Meta.constraints,
            models.UniqueConstraint(fields=["template", "number"], name="one_template_version_per_number"),
        ]

    @property
    def row(self) -> ProgramTemplate:
        return self.template
