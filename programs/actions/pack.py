"""Bringing in a content pack: all of it or nothing, never over an editor's work unless told to, and as drafts unless told to.

What arrives was not reviewed here. So an editor's import writes drafts, which then go the way of every draft; only whoever
runs the server may publish at once, as with the delivered content.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import AuditEvent, User
from education.actions import NotFit as ModuleNotFit
from education.actions.loading import Stored
from education.actions.media import WORDS, keep_medium
from education.models import Medium
from education.rules import media
from programs.actions.library import NotFit
from programs.actions.packing import DRAFTED, PLAIN, Plain
from programs.models import Exercise
from programs.rules.pack import BadPack, unpacked

VERB = "pack.imported"
UNSHAPED = (KeyError, TypeError, ValueError, AttributeError, LookupError, ValidationError)


class Outcome(models.TextChoices):
    """What becomes of one row of a pack."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    EDITED_HERE = "edited here", _("edited here, left as it is")
    BEING_EDITED = "being edited", _("being edited, left as it is")


KINDS = {
    "media": _("Photo or video"),
    "sources": _("Source"), "glossary": _("Term"), "walk_run": _("Run stage"), "exercises": _("Exercise"),
    "modules": _("Module"), "templates": _("Program"),
}  # fmt: skip


MOVED = frozenset({Outcome.NEW, Outcome.CHANGED})


class PackRefused(ValueError):
    """The pack can't come in; the message says why. Nothing of it did."""


@dataclass(frozen=True)
class Brought:
    """One row of a pack and what becomes of it."""

    kind: str
    code: str
    outcome: Outcome

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True, kw_only=True)
class Way:
    """How to bring in: as whom, at once public or as drafts, and over what was edited here or not."""

    by: User | None
    publish: bool
    overwrite: bool


class _OnlyLooking(Exception):
    """Takes everything back after a dry run."""


def import_pack(
    *, data: bytes, by: User | None, publish: bool = False, overwrite: bool = False, dry_run: bool = False
) -> list[Brought]:
    """Bring in a pack and say what became of each row. Raises PackRefused; then, and after a dry run, nothing changed."""
    brought: list[Brought] = []
    try:
        members = unpacked(data)
        with transaction.atomic():
            brought += _brought(members, Way(by=by, publish=publish, overwrite=overwrite))
            if dry_run:
                raise _OnlyLooking
    except _OnlyLooking:
        return brought
    except (BadPack, NotFit, ModuleNotFit) as error:
        raise PackRefused(str(error)) from error
    except IntegrityError as error:
        raise PackRefused("two of its rows can't be there at once") from error
    return brought


def _brought(members: Mapping[str, Any], way: Way) -> Iterator[Brought]:
    for name, parts in members.items():
        if name.startswith("media/"):
            with _shaped(name):
                yield _bring_medium(name.removeprefix("media/").removesuffix(".json"), parts, way)
    for plain in PLAIN:
        for fields in _listed(members.get(plain.member, []), plain.member):
            yield _bring_plain(plain, fields, way)
    remembered = dict(
        AuditEvent.objects.filter(verb=VERB).order_by("at").values_list("subject", "detail__hash")
    )
    for kind, stored in DRAFTED.items():
        found = {name: parts for name, parts in members.items() if name.startswith(f"{kind}/")}
        rows = {row.code: row for row in _rows(stored)}
        for name, parts in found.items():
            _check_code(name, parts)
        if stored.model is Exercise:
            rows |= _bare_exercises(found, rows)
        for name, parts in found.items():
            yield _bring(kind, stored, rows.get(parts["code"]), name, parts, way, remembered)


def _listed(value: Any, member: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise PackRefused(f"{member} is not a list of rows")
    return value


def _rows(stored: Stored) -> Any:
    rows = stored.model.objects
    return rows.shared() if hasattr(rows, "shared") else rows.all()


def _check_code(name: str, parts: Any) -> None:
    if not isinstance(parts, dict) or name.split("/")[1] != f"{parts.get('code')}.json":
        raise PackRefused(f"{name} does not say the code it is named after")


def _bare_exercises(found: Mapping[str, Any], rows: Mapping[str, Exercise]) -> dict[str, Exercise]:
    """New ones first without their links, so that others can link to them."""
    new = {}
    for name, parts in found.items():
        if parts["code"] not in rows:
            with _shaped(name):
                row = Exercise(code=parts["code"], name=parts["name"], live=False)
                row.clean_fields(exclude={f.name for f in Exercise._meta.fields} - {"code", "name"})
                row.save()
            new[row.code] = row
    return new


def _bring_medium(key: str, parts: Mapping[str, Any], way: Way) -> Brought:
    """Bytes that are here already stay, with the words about them here."""
    if set(parts) != {*WORDS, "ext", "data"}:
        raise ValueError("it holds parts that are not known here, or lacks some")
    if Medium.objects.filter(pk=key).exists():
        return Brought("media", key, Outcome.UNCHANGED)
    data = base64.b64decode(parts["data"], validate=True)
    upload = media.as_stored(data)
    if hashlib.sha256(data).hexdigest() != key or upload.ext != parts["ext"]:
        raise ValueError("its bytes are not the ones it is named after")
    keep_medium(upload=upload, words=parts, by=way.by)
    return Brought("media", key, Outcome.NEW)


def _bring_plain(plain: Plain, fields: Mapping[str, Any], way: Way) -> Brought:
    """A source, a term or a stage: no drafts, so what is here already stays unless told otherwise."""
    with _shaped(plain.member):
        key = fields[plain.key]
        row = plain.model.objects.filter(**{plain.key: key}).first()
        if row and plain.read(row) == fields:
            return Brought(plain.kind, str(key), Outcome.UNCHANGED)
        if row and not way.overwrite:
            return Brought(plain.kind, str(key), Outcome.EDITED_HERE)
        outcome = Outcome.CHANGED if row else Outcome.NEW
        row = row or plain.model()
        for name in set(plain.read(row)) | set(fields):
            setattr(row, row._meta.get_field(name).attname, fields[name])
        row.full_clean(validate_unique=False)
        if plain.read(row) != fields:
            raise ValueError("it holds parts that are not known here")
        row.save()
    audit.record(by=way.by, verb=VERB, subject=row, code=str(key))
    return Brought(plain.kind, str(key), outcome)


def _bring(
    kind: str,
    stored: Stored,
    row: Any,
    name: str,
    parts: Mapping[str, Any],
    way: Way,
    remembered: Mapping[str, str],
) -> Brought:
    is_new = row is None or (row.latest_revision_id is None and not row.live)
    row = row or stored.model(code=parts["code"], live=False)
    draft = row if is_new else row.get_latest_revision_as_object()
    with _shaped(name):
        _check_shape(stored, parts)
        wanted = stored.fingerprint(parts)
        here = "" if is_new else stored.fingerprint(stored.read(draft))
    if here == wanted:
        return Brought(kind, row.code, Outcome.UNCHANGED)
    left_alone = None if is_new else _why_not(row, here, remembered, way)
    if left_alone:
        return Brought(kind, row.code, left_alone)
    with _shaped(name):
        _write(stored, draft, parts, way, is_new=is_new)
    audit.record(by=way.by, verb=VERB, subject=draft, code=draft.code, hash=wanted)
    return Brought(kind, draft.code, Outcome.NEW if is_new else Outcome.CHANGED)


def _why_not(row: Any, here: str, remembered: Mapping[str, str], way: Way) -> Outcome | None:
    lock = row.get_lock()
    if lock and (way.by is None or lock.for_user(way.by)):
        return Outcome.BEING_EDITED
    ours = (row.loaded_hash, remembered.get(f"{row._meta.label_lower}:{row.pk}"))
    return None if here in ours or way.overwrite else Outcome.EDITED_HERE


def _check_shape(stored: Stored, parts: Mapping[str, Any]) -> None:
    """What is written must read back the same: then every part has a place here, and none is missing or of another type."""
    draft = stored.model(live=False)
    stored.write(draft, parts)
    if stored.fingerprint(stored.read(draft)) != stored.fingerprint(parts):
        raise ValueError("it holds parts that are not known here, or lacks some")


def _write(stored: Stored, draft: Any, parts: Mapping[str, Any], way: Way, *, is_new: bool) -> None:
    stored.write(draft, parts)
    draft.full_clean()
    if is_new:
        draft.save()
    revision = draft.save_revision(user=way.by, clean=False)
    if way.publish:
        revision.publish(user=way.by)


@contextmanager
def _shaped(name: str) -> Iterator[None]:
    """Turn whatever a malformed member causes into one refusal that names it."""
    try:
        yield
    except (PackRefused, NotFit, ModuleNotFit):
        raise
    except UNSHAPED as error:
        words = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise PackRefused(f"{name}: {words}") from error
