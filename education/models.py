"""Modules as editors write them, frozen versions as patients read them, and what patients did with theirs."""

from typing import Self

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

from clinic.models import Patient
from clinic.models.patients import new_key
from education import rules
from education.blocks import MODULE_BLOCKS, CheckBlock, frozen_stream


class Source(models.Model):
    """A citation: literature (S…), background knowledge (B…) or a clinic's article (seed…)."""

    key = models.CharField(primary_key=True, max_length=20)
    citation = models.TextField()
    read_as = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=300, blank=True)
    is_opinion = models.BooleanField(default=False)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.key}: {self.citation}"

    @property
    def frozen(self) -> dict[str, object]:
        """The citation as a module version keeps it."""
        return {name: getattr(self, name) for name in ("key", "citation", "read_as", "url", "is_opinion")}


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


class Module(Edited):
    """A module as its editors see it. Patients never read this row: publishing freezes a ModuleVersion."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    slug = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=120)
    goal = models.CharField(_("learning objective"), max_length=300)
    minutes = models.PositiveSmallIntegerField(_("minutes to read"))
    sections = StreamField(MODULE_BLOCKS, verbose_name=_("sections"))
    checks = StreamField([("check", CheckBlock())], blank=True, verbose_name=_("knowledge check"))
    note = models.TextField(_("evidence note for clinicians"), blank=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("goal"),
        MultiFieldPanel(
            [FieldPanel("code"), FieldPanel("slug"), FieldPanel("minutes")], heading=_("Details")
        ),
        FieldPanel("sections"),
        FieldPanel("checks"),
        FieldPanel("note"),
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
    def frozen_sections(self) -> list[dict]:
        """The sections as a version keeps them."""
        return frozen_stream(self.sections, kind="kind")

    @property
    def frozen_checks(self) -> list[dict]:
        return frozen_stream(self.checks)

    @property
    def cited(self) -> dict[str, dict]:
        """The known sources that the facts name, by key."""
        keys = {key for section in self.frozen_sections for key in section.get("sources", ())}
        return {source.key: source.frozen for source in Source.objects.filter(pk__in=keys)}

    def get_preview_template(self, request: object, mode_name: str) -> str:
        return "education/module_preview.html"

    def get_preview_context(self, request: object, mode_name: str) -> dict[str, object]:
        lesson = rules.lesson(sections=self.frozen_sections, checks=self.frozen_checks, sources=self.cited)
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
    sources = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["module", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["module", "number"], name="one_module_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


STATE_WORDS = {
    rules.State.WAITING: _("New"),
    rules.State.OPENED: _("Started"),
    rules.State.READ: _("Read"),
    rules.State.UNDERSTOOD: _("Understood"),
}


class ReadingQuerySet(models.QuerySet):
    def current(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def unread(self) -> Self:
        return self.current().filter(read_at__isnull=True)


class ReadingAssignment(models.Model):
    """One module version given to one patient. Opened, read and understood only move forward."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="reading", db_index=False)
    module = models.ForeignKey(Module, models.PROTECT, related_name="+")
    version = models.ForeignKey(ModuleVersion, models.PROTECT, related_name="assignments")
    position = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(_("why for you"), max_length=300, blank=True)
    assigned_at = models.DateTimeField(default=timezone.now)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sections_seen = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    understood_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["position", "assigned_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "module"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_open_assignment_per_module",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="reading_withdrawn_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(opened_at__isnull=False), name="read_means_opened"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} {self.version_id}"

    @property
    def state(self) -> rules.State:
        return rules.state_of(
            opened=self.opened_at is not None,
            read=self.read_at is not None,
            understood=self.understood_at is not None,
        )

    @property
    def state_words(self) -> str:
        return STATE_WORDS[self.state]


class CheckAttempt(models.Model):
    """One answer to one check question. Appended; retries are further rows."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    assignment = models.ForeignKey(ReadingAssignment, models.PROTECT, related_name="attempts")
    check_key = models.CharField(max_length=40)
    option = models.PositiveSmallIntegerField()
    is_right = models.BooleanField()
    misconception = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["answered_at"]

    def __str__(self) -> str:
        return f"{self.check_key} {'right' if self.is_right else 'not yet'}"
