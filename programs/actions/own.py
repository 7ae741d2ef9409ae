"""A clinic's own version of a shared exercise or program: made once, kept beside its original, never taken elsewhere."""

from typing import TypeVar

from django.db import models, transaction

from clinic import audit
from clinic.models import Clinic, User
from programs.models import Exercise, ProgramTemplate
from programs.models.dose import DoseFields

Row = TypeVar("Row", Exercise, ProgramTemplate)
# What belongs to the row and its history, not to what it says.
NOT_COPIED = (
    "id", "live", "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision", "go_live_at",
    "expire_at", "expired", "locked", "locked_at", "locked_by", "latest_revision", "loaded_hash",
)  # fmt: skip
FIELDS_OF = {
    "dose": tuple(field.name for field in DoseFields._meta.get_fields()),
    "weeks": ("weeks_low", "weeks_high"),
}


class NotAnOriginal(ValueError):
    """Only a published row of the shared library can be copied."""


class OriginalMovedOn(RuntimeError):
    """The original was published again while somebody was looking."""


class BeingEdited(RuntimeError):
    """Somebody else holds the row: locked, or in review."""


class UnknownPart(ValueError):
    """An exercise or program has no such part."""


@transaction.atomic
def make_own_version(*, original: Row, clinic: Clinic, by: User) -> Row:
    """The clinic's own draft of a shared row; of two editors at once, the second gets the first's."""
    original = _held(original)
    newest = original.versions.order_by("-number").first()
    if original.clinic_id or not original.live or newest is None:
        raise NotAnOriginal(f"{original.code} is not a public row of the shared library")
    there = type(original).objects.filter(clinic=clinic, parent=original).first()
    if there:
        return there
    said = {name: value for name, value in original.serializable_data().items() if name not in NOT_COPIED}
    row = type(original).from_serializable_data({**said, "pk": None, "live": False})
    row.clinic, row.parent, row.parent_version, row.seen_version = clinic, original, newest, newest
    row.save()
    row.save_revision(user=by)
    audit.record(
        by=by, verb="own_version.made", subject=row, code=row.code, clinic=clinic.pk, number=newest.number
    )
    return row


@transaction.atomic
def look_at_original(*, row: Row, number: int, by: User) -> Row:
    """Note that somebody has seen the original up to this version. It only moves forward."""
    row = _held(row)
    version = row.parent.versions.filter(number=number).first()
    if version is None:
        raise UnknownPart(f"{row.code} has no version {number}")
    if number > row.seen_version.number:
        type(row).objects.filter(pk=row.pk).update(seen_version=version)
        row.seen_version = version
        audit.record(by=by, verb="own_version.compared", subject=row, code=row.code, number=number)
    return row


@transaction.atomic
def take_from_original(*, row: Row, part: str, number: int, by: User) -> Row:
    """Copy one part as the original's version `number`, its newest, says it into a new draft of the own row."""
    original = _held(row.parent)
    row = _held(row)
    newest = original.versions.order_by("-number").first()
    if newest.number != number:
        raise OriginalMovedOn
    if part not in {"name", *newest.content}:
        raise UnknownPart(part)
    lock = row.get_lock()
    if lock and lock.for_user(by):
        raise BeingEdited
    draft = row.get_latest_revision_as_object()
    for name in FIELDS_OF.get(part, (part,)):
        _copy(name, original, draft)
    draft.save_revision(user=by)
    audit.record(by=by, verb="own_version.part_taken", subject=row, code=row.code, part=part, number=number)
    return row


def _held(row: Row) -> Row:
    """The row, held until the end of the transaction."""
    return type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)


def _copy(name: str, original: Row, draft: Row) -> None:
    is_list = isinstance(type(original)._meta.get_field(name), models.ManyToManyField)
    setattr(draft, name, list(getattr(original, name).all()) if is_list else getattr(original, name))
