"""Modules as editors write them, and the frozen versions that patients read."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from clinic.models.patients import new_key
from education import embeds, rules
from education.blocks import ASK_BLOCKS, CHECK_BLOCKS, MODULE_BLOCKS, frozen_stream
from education.models.reviews import reviewed_constraints, reviewed_fields
from education.models.sources import GlossaryTerm, Source
from education.rules import asks, glossary
from education.rules.parts import words_of, words_of_check
from education.rules.stances import TOPICS


class Edited(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    models.Model,
):
    """What everything that editors write shares: drafts, review, locking, history and preview."""

    # What the content command last wrote.
    loaded_hash = models.CharField(max_length=64, blank=True, editable=False)
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )
    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    class Meta:
        abstract = True

    @property
    def revisions(self) -> models.QuerySet:
        return self._revisions

    @property
    def edited_in(self) -> int | None:
        """The key of the one clinic whose editors look after it; None for all editors."""
        return None


class Module(Edited):
    """A module as its editors see it. Patients never read this row: publishing freezes a ModuleVersion."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    slug = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=120)
    goal = models.CharField(_("learning objective"), max_length=300)
    minutes = models.PositiveSmallIntegerField(_("minutes to read"))
    sections = StreamField(MODULE_BLOCKS, verbose_name=_("sections"))
    checks = StreamField(CHECK_BLOCKS, blank=True, verbose_name=_("knowledge check"))
    asks = StreamField(ASK_BLOCKS, blank=True, verbose_name=_("what we ask the reader"))
    note = models.TextField(_("evidence note for clinicians"), blank=True)
    reading_reason = models.TextField(
        _("why it may read harder than grade 6"),
        blank=True,
        help_text=_("Only if it can't be said more simply. Whoever reviews it sees this, and it is kept."),
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("goal"),
        MultiFieldPanel(
            [FieldPanel("code"), FieldPanel("slug"), FieldPanel("minutes")], heading=_("Details")
        ),
        FieldPanel("sections"),
        FieldPanel("checks"),
        FieldPanel("asks"),
        FieldPanel("note"),
        FieldPanel("reading_reason"),
    ]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=30), name="module_minutes_in_range"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def written_sections(self) -> list[dict]:
        """The sections as the editor wrote them."""
        return frozen_stream(self.sections, kind="kind")

    @property
    def frozen_sections(self) -> list[dict]:
        """The sections as a version keeps them, with what other rooms lend."""
        return embeds.filled(self.written_sections)

    @property
    def frozen_checks(self) -> list[dict]:
        return frozen_stream(self.checks)

    @property
    def frozen_asks(self) -> list[dict]:
        return frozen_stream(self.asks, kind="kind")

    @property
    def cited(self) -> dict[str, dict]:
        """The known sources that the parts name, by key."""
        keys = {key for section in self.written_sections for key in section.get("sources", ())}
        return {source.key: source.frozen for source in Source.objects.filter(pk__in=keys)}

    @property
    def explained(self) -> list[dict]:
        """The terms of the glossary that its words use."""
        parts = [words_of(part) for part in (*self.written_sections, *self.frozen_asks)]
        checks = [words_of_check(check) for check in self.frozen_checks]
        texts = [text for words in (*parts, *checks) for text in words]
        return glossary.used((term.frozen for term in GlossaryTerm.objects.all()), texts)

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "education/module_preview.html"

    @property
    def preview_modes(self) -> list[tuple[str, object]]:
        """As a patient reads it: in the voice that clinics have from the start, or in each other that its parts know."""
        spoken = {block.value["topic"] for block in self.sections if block.block_type == "stance"}
        return [("", _("As a patient reads it"))] + [
            (f"{topic.key}:{choice.key}", f"{topic.title}: {choice.says}")
            for topic in TOPICS.values()
            if topic.key in spoken
            for choice in topic.choices
        ]

    def get_preview_context(self, request: object, mode_name: str) -> dict[str, object]:
        topic, _colon, choice = mode_name.partition(":")
        lesson = rules.lesson(
            stances={topic: choice} if choice else None,
            sections=self.frozen_sections,
            checks=self.frozen_checks,
            sources=self.cited,
            glossary=self.explained,
            **asks.untouched(self.frozen_asks),
        )
        return {**super().get_preview_context(request, mode_name), "module": self, "lesson": lesson}


class ModuleVersion(models.Model):
    """A published module, frozen. `sections` and `checks` are plain structures: pages need no editor."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    module = models.ForeignKey(Module, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    goal = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField()
    sections = models.JSONField()
    checks = models.JSONField()
    asks = models.JSONField(default=list)
    sources = models.JSONField(default=dict)
    glossary = models.JSONField(default=list)
    note = models.TextField(blank=True)
    # Where it reads harder than it should, and why it was published all the same.
    reading_reason = models.TextField(blank=True)
    overridden = models.JSONField(default=list)
    # The earliest review-by date of its claims.
    review_by = models.DateField(null=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at, reviewed_by = reviewed_fields()

    class Meta:
        ordering = ["module", "-number"]
        constraints = [
            *reviewed_constraints("module_version"),
            models.UniqueConstraint(fields=["module", "number"], name="one_module_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"
