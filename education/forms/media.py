"""The editor's form of a photo or video: the file once, its words as often as needed."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from education.actions.media import WORDS, keep_medium
from education.models import Medium
from education.rules import media

MESSAGES = {
    "big_picture": _("This picture is too big. Please choose one of at most 12 MB."),
    "big_video": _("This video is too big. Please choose one of at most 20 MB: half a minute is plenty."),
    "no_picture": _("This is not a picture or video that we can read. Use JPEG, PNG, WebP, MP4 or WebM."),
    "no_video": _("This video can't be read. Please save it as MP4 or WebM once more."),
}
ACCEPT = "image/jpeg,image/png,image/webp,image/gif,video/mp4,video/webm"


class MediumForm(WagtailAdminModelForm):
    """Bytes never change: another photo is another upload."""

    file = forms.FileField(
        label=_("Photo or video"),
        help_text=_(
            "JPEG, PNG or WebP up to 12 MB, MP4 or WebM up to 20 MB. Where and when it was taken is removed."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )

    class Meta:
        model = Medium
        fields = WORDS

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.order_fields(["file", "alt", "captions"])
        if not self.instance._state.adding:
            del self.fields["file"]

    def clean_file(self) -> media.Kept:
        file = self.cleaned_data["file"]
        if file.size > media.MOST_VIDEO_BYTES:
            raise ValidationError(MESSAGES["big_video"], code="big_video")
        try:
            upload = media.kept(file.read())
        except media.Unusable as error:
            raise ValidationError(MESSAGES[error.code], code=error.code) from error
        known = Medium.objects.filter(pk=hashlib.sha256(upload.data).hexdigest()).first()
        if known:
            raise ValidationError(_("This one is there already: “%(alt)s”."), params={"alt": known.alt})
        return upload

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        upload = cleaned.get("file")
        if upload or self.instance.kind:
            self._check_captions(cleaned, is_video=(upload or self.instance).kind == Medium.Kind.VIDEO)
        return cleaned

    def _check_captions(self, cleaned: dict[str, object], *, is_video: bool) -> None:
        text = str(cleaned.get("captions") or "")
        if is_video and not media.are_captions(text):
            self.add_error(
                "captions", _("A video needs captions as WebVTT, with at least one line and its time.")
            )
        if not is_video and text:
            self.add_error("captions", _("Only a video has captions. Say what the picture shows above."))

    def save(self, commit: bool = True) -> Medium:
        if not self.instance._state.adding:
            return super().save(commit)
        words = {name: self.cleaned_data[name] for name in WORDS}
        self.instance = keep_medium(upload=self.cleaned_data["file"], words=words, by=self.for_user)
        return self.instance
