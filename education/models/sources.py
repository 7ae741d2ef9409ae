"""What modules lean on: citations, and words that need a plain explanation."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


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


class GlossaryTerm(models.Model):
    """A word that patients may not know, explained in plain ones. A module version keeps those that it uses."""

    term = models.CharField(_("term"), max_length=60, unique=True)
    forms = models.TextField(
        _("other forms"), blank=True, help_text=_("Plurals and other spellings, one per line.")
    )
    meaning = models.CharField(_("what it means, in plain words"), max_length=300)
    # What the content command last wrote.
    loaded_hash = models.CharField(max_length=64, blank=True, editable=False)

    panels = [FieldPanel("term"), FieldPanel("forms"), FieldPanel("meaning")]

    class Meta:
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    @property
    def frozen(self) -> dict[str, object]:
        """The term as the rules and a module version have it."""
        return {
            "term": self.term,
            "forms": self.forms.split("\n") if self.forms else [],
            "meaning": self.meaning,
        }
