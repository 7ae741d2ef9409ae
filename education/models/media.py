"""Photos and videos that editors uploaded."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Medium(models.Model):
    """A photo or video. Its key is the SHA-256 of its bytes, which never change; the words about it may be corrected."""

    class Kind(models.TextChoices):
        IMAGE = "image", _("Picture")
        VIDEO = "video", _("Video")

    key = models.CharField(primary_key=True, max_length=64, editable=False)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices, editable=False)
    ext = models.CharField(max_length=4, editable=False)
    width = models.PositiveSmallIntegerField(editable=False)
    height = models.PositiveSmallIntegerField(editable=False)
    bytes = models.PositiveIntegerField(editable=False)
    alt = models.CharField(
        _("what it shows"),
        max_length=300,
        help_text=_("For people who can't see it. Say what matters: position, side, direction."),
    )
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    credit = models.CharField(_("made by"), max_length=120, blank=True)
    licence = models.CharField(
        _("license"), max_length=120, blank=True, help_text=_("For example: our own, or CC BY 4.0")
    )
    captions = models.TextField(
        _("captions"), blank=True, help_text=_("WebVTT. Every video needs them, also one without speech.")
    )
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-uploaded_at", "key"]
        verbose_name = _("photo or video")
        verbose_name_plural = _("photos and videos")
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="medium_says_what_it_shows"),
            models.CheckConstraint(
                condition=Q(kind="image", captions="") | Q(kind="video") & ~Q(captions=""),
                name="video_has_captions",
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    @property
    def path(self) -> str:
        """Where its bytes lie in the storage."""
        return f"{self.key[:2]}/{self.key}.{self.ext}"

    @property
    def url(self) -> str:
        return reverse("medium", args=[self.key, self.ext])

    @property
    def is_stored(self) -> bool:
        return default_storage.exists(self.path)

    @property
    def frozen(self) -> dict[str, object]:
        """As versions of exercises and modules keep it."""
        return {
            "medium": self.key,
            "ext": self.ext,
            "width": self.width,
            "height": self.height,
            "alt": self.alt,
            "caption": self.caption,
            "credit": ", ".join(filter(None, (self.credit, self.licence))),
        }
