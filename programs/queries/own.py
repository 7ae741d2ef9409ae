"""A clinic's own versions of shared library rows, and what their originals did since."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clinic.models import Clinic, Membership, User
from programs.models import Exercise, ExerciseVersion, ProgramTemplate, TemplateVersion
from programs.rules import own

Row = Exercise | ProgramTemplate
Version = ExerciseVersion | TemplateVersion
KINDS: Mapping[str, type[Row]] = {"exercises": Exercise, "programs": ProgramTemplate}
LABELS = {"dose": _("Usual dose"), "weeks": _("Weeks"), "name": _("Name")}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part that differs, as a page shows it."""

    name: str
    label: str
    original: list[tuple[str, str]]  # marked pieces, then to now
    ours: str
    has_moved: bool
    is_ours: bool


@dataclass(frozen=True, kw_only=True)
class Drift:
    """An own row beside its original: what the original said when somebody last looked, and what it says now."""

    row: Row
    then: Version
    now: Version
    parts: list[Part]

    @property
    def has_moved(self) -> bool:
        return self.now.number > self.then.number


def kind_of(row: Row) -> str:
    return next(kind for kind, model in KINDS.items() if isinstance(row, model))


def is_editor_of(clinic: Clinic, user: User) -> bool:
    return Membership.objects.current().filter(user=user, clinic=clinic, role=Membership.Role.EDITOR).exists()


def original(kind: str, version_id: UUID) -> Row | None:
    """The public shared row that this is a version of."""
    model = KINDS.get(kind)
    return model.objects.shared().filter(live=True, versions=version_id).first() if model else None


def own_row(kind: str, key: int, clinic: Clinic) -> Row | None:
    model = KINDS.get(kind)
    rows = model.objects.filter(clinic=clinic, pk=key) if model else ()
    return rows.select_related("parent", "seen_version", "latest_revision").first() if model else None


def own_beside(version: Version, clinic: Clinic) -> Row | None:
    """The clinic's own row that this is a version of, or that stands in for it; with how far its original went."""
    own_rows = type(version.row).objects.filter(clinic=clinic).with_drift()
    return own_rows.filter(Q(pk=version.row.pk) | Q(parent=version.row.pk)).first()


def drifted(clinic: Clinic | None = None, *, editor: User | None = None) -> list[Row]:
    """Own rows whose original changed since: of one clinic, or of those that a person edits; two queries."""
    rows = [model.objects.drifted() for model in KINDS.values()]
    if editor:
        return list(chain.from_iterable(found.open_to(editor) for found in rows))
    return list(chain.from_iterable(found.filter(clinic=clinic) for found in rows))


def drift(row: Row) -> Drift:
    """What differs between the row's newest draft and its original, part by part."""
    now, draft = row.parent.versions.order_by("-number").first(), row.get_latest_revision_as_object()
    found = own.differences(
        then={"name": row.seen_version.name, **row.seen_version.content},
        now={"name": now.name, **now.content},
        ours={"name": draft.name, **draft.frozen},
    )
    return Drift(row=row, then=row.seen_version, now=now, parts=[_part(row, one) for one in found])


def _part(row: Row, one: own.Difference) -> Part:
    known = {field.name: field for field in row._meta.get_fields()}
    label = LABELS.get(one.part) or (known[one.part].verbose_name if one.part in known else one.part)
    return Part(
        name=one.part,
        label=capfirst(label),
        original=own.marked(one.then, one.now),
        ours=one.ours,
        has_moved=one.has_moved,
        is_ours=one.is_ours,
    )
