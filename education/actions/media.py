"""Keeping what editors upload, under the digest of its bytes."""

import hashlib
from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from clinic.audit import record
from clinic.models import User
from education.models import Medium
from education.rules.media import Kept

WORDS = ("alt", "caption", "credit", "licence", "captions")


@transaction.atomic
def keep_medium(*, upload: Kept, words: Mapping[str, str], by: User | None) -> Medium:
    """Store the bytes once, with their words. The file comes first: a file without a row harms nobody."""
    medium = Medium(
        key=hashlib.sha256(upload.data).hexdigest(),
        kind=upload.kind.value,
        ext=upload.ext,
        width=upload.width,
        height=upload.height,
        bytes=len(upload.data),
        uploaded_by=by,
        **{name: words.get(name, "") for name in WORDS},
    )
    if not medium.is_stored:
        default_storage.save(medium.path, ContentFile(upload.data))
    medium.full_clean(exclude=["uploaded_by"])
    medium.save(force_insert=True)
    record(by=by, verb="medium.uploaded", subject=medium, kind=medium.kind, bytes=medium.bytes)
    return medium
