"""What a content pack holds, and making one: the published shared library as plain fields, without keys of this database."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Model

from clinic import audit
from clinic.models import User
from education.actions.loading import MODULE, Stored
from education.actions.media import WORDS
from education.models import GlossaryTerm, Medium, Source
from programs.actions.loading import EXERCISE, TEMPLATE
from programs.models import WalkRunStage
from programs.rules.pack import packed

# Exercises before the modules and templates that name them.
DRAFTED: Mapping[str, Stored] = {"exercises": EXERCISE, "modules": MODULE, "templates": TEMPLATE}
NOT_CONTENT = {"id", "loaded_hash"}


@dataclass(frozen=True)
class Plain:
    """One kind of row without drafts: all of its columns, found again by one of them."""

    kind: str
    model: type[Model]
    key: str

    @property
    def member(self) -> str:
        return f"{self.kind}.json"

    @staticmethod
    def read(row: Model) -> dict[str, Any]:
        fields = [field for field in row._meta.concrete_fields if field.name not in NOT_CONTENT]
        return {field.name: _said(field.value_from_object(row)) for field in fields}


PLAIN = (
    Plain("sources", Source, "key"),
    Plain("glossary", GlossaryTerm, "term"),
    Plain("walk_run", WalkRunStage, "stage"),
)


def export_pack(*, by: User | None) -> bytes:
    """The pack of everything that is public and shared here; the same content always gives the same bytes."""
    members: dict[str, Any] = {}
    for kind, stored in DRAFTED.items():
        rows = _public(stored)
        members |= {f"{kind}/{row.code}.json": stored.read(row) for row in rows}
    exercises = {parts["code"] for name, parts in members.items() if name.startswith("exercises/")}
    for name, parts in members.items():
        if name.startswith("exercises/"):
            members[name] = {
                **parts,
                **{way: sorted({*parts[way]} & exercises) for way in ("easier", "harder")},
            }
    members |= {f"media/{medium.pk}.json": _medium_as_member(medium) for medium in _shown(members)}
    for plain in PLAIN:
        rows = plain.model.objects.order_by(plain.key)
        members[plain.member] = sorted(
            (plain.read(row) for row in rows), key=lambda fields: fields[plain.key]
        )
    data = packed(members)
    audit.record(by=by, verb="pack.exported", members=len(members))
    return data


def _medium_as_member(medium: Medium) -> dict[str, Any]:
    """Its words, and its bytes as text."""
    with default_storage.open(medium.path) as file:
        data = base64.b64encode(file.read()).decode()
    return {**{name: getattr(medium, name) for name in (*WORDS, "ext")}, "data": data}


def _shown(members: Mapping[str, Any]) -> Any:
    """The photos and videos that these exercises and modules show."""
    keys = {parts.get("medium") for name, parts in members.items() if name.startswith("exercises/")}
    for name, parts in members.items():
        if name.startswith("modules/"):
            keys |= {section.get("medium") for section in parts["sections"] if section["kind"] == "picture"}
    return Medium.objects.filter(pk__in=keys - {None}).order_by("pk")


def _public(stored: Stored) -> Any:
    rows = stored.model.objects
    return (rows.shared() if hasattr(rows, "shared") else rows.all()).filter(live=True).order_by("code")


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
